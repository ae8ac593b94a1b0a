"""What patients are told is true, and what is not confirmed is not said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from salus.allocate.queue.checks import small_queue
from salus.allocate.queue.cures import Cure, Cures
from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.explain import Names, explain
from salus.allocate.queue.problem import QueueProblem
from salus.core.clock import SystemClock
from salus.core.messages import say

CLOCK, METHOD = SystemClock(), Distribution()
# Three equal patients near H1 and H2, which have one bed between them.
QUEUE = QueueProblem(
    patients=("p1", "p2", "p3"),
    districts=("D1",),
    facilities=("H1", "H2"),
    services=("ward",),
    resources=("bed",),
    district=np.zeros(3, dtype=int),
    service=np.zeros(3, dtype=int),
    severity=np.ones(3),
    waited=np.array([90.0, 60.0, 30.0]),
    at=np.array([-1, -1, -1]),
    accepted=np.ones((3, 2), dtype=bool),
    minutes=np.array([[10.0, 20.0]]),
    offered=np.ones((2, 1), dtype=bool),
    free=np.array([[0.0], [1.0]]),
    ready=np.zeros((2, 1)),
    uses=np.ones((1, 1)),
)


def _told(queue: QueueProblem, most: int = 20) -> list[str]:
    dispatch = METHOD.dispatch(queue, CLOCK)
    reasons = explain(queue, dispatch, METHOD, CLOCK, most=most)
    return [str(reason.sentence) for reason in reasons]


def test_each_patient_gets_a_reason() -> None:
    """Who goes further is told why, and who waits is told what for, and how many more."""
    assert _told(QUEUE) == [
        "H2 can begin ward in 20 min; H1 could begin sooner, but has too little left of: bed",
        "waits for bed: 1 more at H1 would give this patient a place; number 1 in line for ward",
        "waits for bed: 2 more at H1 would give this patient a place; number 2 in line for ward",
    ]


def test_what_is_not_tried_is_not_said() -> None:
    """Where no cure is looked for, only facts are told."""
    assert _told(QUEUE, most=0)[1] == (
        "no place within reach has room for ward; the soonest, H1, has too little left of: bed; "
        "number 1 in line for ward"
    )


def test_who_is_there_already_is_told_so() -> None:
    """A patient who is at the place with a bed stays."""
    queue = replace(QUEUE, at=np.array([1, -1, -1]))
    assert _told(queue)[0] == "is at H2 already, which has room for ward"


def test_who_can_go_nowhere_is_told_why() -> None:
    """Nobody offers it, nobody is near, or nobody near takes the patient: each is said."""
    none_offers = replace(QUEUE, offered=np.zeros((2, 1), dtype=bool))
    assert _told(none_offers)[0] == "no facility offers ward"
    too_far = replace(QUEUE, minutes=QUEUE.minutes + 60)
    assert _told(too_far)[0] == "no facility that offers ward is within 60 min"
    not_taken = replace(QUEUE, accepted=np.zeros((3, 2), dtype=bool))
    assert _told(not_taken)[0] == (
        "the facilities that offer ward within 60 min do not take this patient"
    )


def test_the_cure_is_the_least() -> None:
    """One unit less, or a place that does not help, is not confirmed."""
    cures = Cures(QUEUE, METHOD.dispatch(QUEUE, CLOCK).place, METHOD, CLOCK)
    assert cures.find(2) == Cure("H1", "bed", 2)
    assert cures.confirms(2, Cure("H1", "bed", 2))
    assert not cures.confirms(2, Cure("H1", "bed", 1))
    assert not cures.confirms(2, Cure("H1", "bed", 3))


def test_two_things_short_at_once_have_no_cure() -> None:
    """A patient who lacks a bed and a nurse is not told that a bed would do."""
    queue = replace(
        QUEUE,
        resources=("bed", "nurse"),
        free=np.zeros((2, 2)),
        ready=np.zeros((2, 2)),
        uses=np.ones((1, 2)),
    )
    cures = Cures(queue, np.full(3, -1), METHOD, CLOCK)
    assert cures.find(0) is None
    assert "too little left of: bed, nurse" in _told(queue)[0]


def test_places_and_things_have_names() -> None:
    """Names for people stand in the sentences instead of keys."""
    names = Names(("North", "South"), (say("ward"),), (say("ward beds"),))
    dispatch = METHOD.dispatch(QUEUE, CLOCK)
    sentences = explain(QUEUE, dispatch, METHOD, CLOCK, names=names)
    assert str(sentences[1].sentence).startswith("waits for ward beds: 1 more at North")


def test_an_empty_queue_has_no_reasons() -> None:
    """Nobody waits, nobody is told anything."""
    assert _told(small_queue(0, patients=0)) == []
