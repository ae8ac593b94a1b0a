"""How every method behaves, one sentence at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.queue.assignment import Assignment
from salus.allocate.queue.brute import Brute
from salus.allocate.queue.checks import small_queue
from salus.allocate.queue.deferred_acceptance import DeferredAcceptance
from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.greedy import Greedy
from salus.allocate.queue.problem import QueueProblem
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.queue.base import QueueMethod

METHODS = (Distribution(), Greedy(), DeferredAcceptance(), Assignment(), Brute())
every_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
# Three ward patients in one district; H1 is near, H2 far but within the limit.
QUEUE = QueueProblem(
    patients=("b", "a", "c"),
    districts=("D1",),
    facilities=("H1", "H2"),
    services=("ward", "icu"),
    resources=("ward_bed", "icu_bed"),
    district=np.zeros(3, dtype=int),
    service=np.zeros(3, dtype=int),
    severity=np.array([1.0, 1.0, 2.0]),
    waited=np.zeros(3),
    at=np.full(3, -1),
    accepted=np.ones((3, 2), dtype=bool),
    minutes=np.array([[10.0, 40.0]]),
    offered=np.ones((2, 2), dtype=bool),
    free=np.ones((2, 2)),
    ready=np.zeros((2, 2)),
    uses=np.eye(2),
)
PROGRAM = """
from salus.allocate.queue.{module} import {method}
from salus.allocate.queue.checks import small_queue
from salus.core.clock import SystemClock

for seed in range(5):
    answer = {method}().dispatch(small_queue(seed), SystemClock())
    print(answer.place.tolist(), answer.rank.tolist(), answer.cost)
"""


def _places(method: QueueMethod, queue: QueueProblem) -> list[int]:
    return [int(place) for place in method.dispatch(queue, SystemClock()).place]


@every_method
def test_an_empty_queue_is_dispatched_at_once(method: QueueMethod) -> None:
    """Nobody waits, nobody is sent, and the cost is 0."""
    answer = method.dispatch(small_queue(0, patients=0), SystemClock())
    assert answer.place.size == 0
    assert answer.cost == 0


@every_method
def test_the_severe_go_first_when_beds_are_short(method: QueueMethod) -> None:
    """With one bed left, the patient of twice the severity gets it."""
    queue = replace(QUEUE, free=np.array([[1.0, 0], [0, 0]]))
    assert _places(method, queue) == [-1, -1, 0]


@every_method
def test_a_queue_longer_than_all_capacity_fills_it(method: QueueMethod) -> None:
    """Two beds take two of three patients, and nobody is dropped from the answer."""
    places = _places(method, QUEUE)
    assert sorted(places) == [-1, 0, 1]


@every_method
def test_without_a_free_unit_everybody_waits(method: QueueMethod) -> None:
    """No free bed, no place."""
    assert _places(method, replace(QUEUE, free=np.zeros((2, 2)))) == [-1, -1, -1]


@every_method
def test_a_service_that_nobody_offers_waits(method: QueueMethod) -> None:
    """Who needs what no facility offers waits; the others go."""
    offered = np.array([[True, False], [True, False]])
    queue = replace(QUEUE, service=np.array([1, 0, 0]), offered=offered)
    assert _places(method, queue)[0] == -1
    assert sorted(_places(method, queue)[1:]) == [0, 1]


@every_method
def test_who_can_reach_no_place_waits(method: QueueMethod) -> None:
    """Beyond the travel limit, or without a road, there is no place."""
    assert _places(method, replace(QUEUE, minutes=np.array([[61.0, np.inf]]))) == [-1, -1, -1]


@every_method
def test_equals_keep_the_order_of_waiting_and_of_their_keys(method: QueueMethod) -> None:
    """Of equal patients the longer wait goes first, and then the key; brute sees no difference."""
    one_bed = replace(QUEUE, free=np.array([[1.0, 0], [0, 0]]), severity=np.ones(3))
    waiting = replace(one_bed, waited=np.array([0.0, 0.0, 30.0]))
    assert _places(method, waiting) == [-1, -1, 0]
    if method.ranking is not None:
        assert _places(method, one_bed) == [-1, 0, -1]


@every_method
def test_who_is_there_already_stays(method: QueueMethod) -> None:
    """A patient who is at a far place with a free bed takes that one."""
    queue = replace(QUEUE, at=np.array([-1, 1, -1]), severity=np.ones(3))
    assert _places(method, queue)[1] == 1


@every_method
def test_a_bed_that_is_made_ready_late_comes_second(method: QueueMethod) -> None:
    """The nearer bed waits for cleaning, so care begins sooner further away."""
    queue = replace(QUEUE, ready=np.array([[50.0, 0], [0, 0]]))
    assert _places(method, queue)[2] == 1


@pytest.mark.parametrize("method", METHODS[:3], ids=lambda method: method.name)
def test_the_order_of_the_rows_does_not_matter(method: QueueMethod) -> None:
    """Patients given in another order get the same places, as ties go by key.

    Of equal patients, methods of least cost may take either.
    """
    for seed in range(10):
        queue, turned = small_queue(seed), np.arange(8)[::-1]
        names = ("district", "service", "severity", "waited", "at", "accepted")
        other = replace(
            queue,
            patients=queue.patients[::-1],
            **{name: getattr(queue, name)[turned] for name in names},
        )
        assert _places(method, other)[::-1] == _places(method, queue)


@pytest.mark.parametrize("method", [DeferredAcceptance(), Assignment()], ids=lambda one: one.name)
def test_mixed_bundles_are_refused(method: QueueMethod) -> None:
    """Where services share a resource unevenly, slots mean nothing, and that is said."""
    with pytest.raises(ValueError, match="take the same of everything"):
        method.dispatch(small_queue(0, coupled=True), SystemClock())


def test_brute_refuses_long_queues() -> None:
    """Too many ways to choose are refused, with their number."""
    with pytest.raises(ValueError, match="brute tries at most 10 ways"):
        Brute(most=10).dispatch(QUEUE, SystemClock())
    assert not Brute().fits(small_queue(0, patients=5000))


def _answers(method: QueueMethod, hash_seed: str) -> str:
    program = PROGRAM.format(module=method.name, method=type(method).__name__)
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment
    )
    return done.stdout.decode()


@pytest.mark.parametrize("method", METHODS[:4], ids=lambda method: method.name)
def test_dispatches_are_the_same_in_every_process(method: QueueMethod) -> None:
    """Two processes with different hash seeds print the same answers."""
    assert _answers(method, "1") == _answers(method, "2")
