"""One corrupted dispatch for each rule: the check catches it and names the rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.queue.checks import small_queue
from salus.allocate.queue.constraints import CONSTRAINTS
from salus.allocate.queue.dispatch import signed
from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.problem import QueueProblem
from salus.allocate.queue.ranking import Ranking
from salus.allocate.queue.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch

# One bed at H1, none at H2, which offers nothing to the ward; H3 is far and has one.
QUEUE = QueueProblem(
    patients=("severe", "light", "last"),
    districts=("D1",),
    facilities=("H1", "H2", "H3"),
    services=("ward", "icu"),
    resources=("bed",),
    district=np.zeros(3, dtype=int),
    service=np.zeros(3, dtype=int),
    severity=np.array([3.0, 1.0, 1.0]),
    waited=np.array([60.0, 60.0, 0.0]),
    at=np.full(3, -1),
    accepted=np.array([[True, True, True], [True, True, True], [False, True, True]]),
    minutes=np.array([[10.0, 20.0, 90.0]]),
    offered=np.array([[True, True], [False, True], [True, True]]),
    free=np.array([[1.0], [1.0], [1.0]]),
    ready=np.zeros((3, 1)),
    uses=np.array([[1.0], [1.0]]),
)


def _sent(*place: int) -> Dispatch:
    return signed(QUEUE, "by hand", np.array(place), 0.0)


RIGHT = _sent(0, -1, -1)
CORRUPTIONS: dict[str, Dispatch] = {
    "offered": _sent(0, 1, -1),
    "accepted": _sent(-1, -1, 0),
    "limit": _sent(0, 2, -1),
    "units": _sent(0, 0, -1),
    "room": _sent(-1, -1, -1),
    "passed_over": _sent(-1, 0, -1),
    "standing": replace(RIGHT, rank=RIGHT.rank[::-1]),
    "minutes": replace(RIGHT, minutes=RIGHT.minutes + 1),
    "cost": replace(RIGHT, cost=RIGHT.cost - 1),
}


def test_every_rule_has_a_corruption() -> None:
    """No rule is left without a dispatch that breaks it."""
    assert set(CORRUPTIONS) == {rule.name for rule in CONSTRAINTS}


def test_the_right_dispatch_breaks_nothing() -> None:
    """What the corruptions start from is right, and what the distribution finds."""
    assert verify(QUEUE, RIGHT, Ranking.PRIORITY) == ()
    found = Distribution().dispatch(QUEUE, SystemClock())
    assert found.place.tolist() == RIGHT.place.tolist()


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corruption_is_caught_and_named(name: str) -> None:
    """The rule that is broken is among those named, by an amount above 0."""
    found = verify(QUEUE, CORRUPTIONS[name], Ranking.PRIORITY)
    assert name in {one.constraint.name for one in found}
    assert all(one.amount > 0 for one in found)


def test_being_passed_over_counts_only_where_promised() -> None:
    """Without a ranking, a light patient may hold the bed of a severe one."""
    assert verify(QUEUE, _sent(-1, 0, -1)) == ()


def test_a_dispatch_of_another_queue_is_refused() -> None:
    """Rows and places that the queue does not have are named at once."""
    foreign = replace(
        RIGHT,
        place=np.array([7]),
        rank=np.array([0]),
        points=np.array([1.0]),
        minutes=np.array([1.0]),
    )
    with pytest.raises(ValueError, match=r"rows must be 3.*place must be from -1 to 2"):
        verify(QUEUE, foreign)


def test_all_who_rank_lower_make_way() -> None:
    """Two light patients who hold one unit each pass over a severe one who needs both."""
    queue = replace(
        small_queue(0, patients=3),
        service=np.array([0, 0, 1]),
        severity=np.array([1.0, 1.0, 3.0]),
        at=np.zeros(3, dtype=int),
        accepted=np.ones((3, 3), dtype=bool),
        offered=np.ones((3, 3), dtype=bool),
        free=np.array([[2.0, 0], [0, 0], [0, 0]]),
        uses=np.array([[1.0, 0], [2.0, 0], [1.0, 0]]),
    )
    light = signed(queue, "by hand", np.array([0, 0, -1]), 0.0)
    found = verify(queue, light, Ranking.PRIORITY)
    assert [one.constraint.name for one in found] == ["passed_over"]
