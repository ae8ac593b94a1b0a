"""A3: patients by priority, what is free by availability, matched, with a reason for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.checks import small_queue
from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.explain import explain
from salus.allocate.queue.priority import order
from salus.allocate.queue.verify import verify
from salus.core.clock import SystemClock
from tests.fakes.days import coast_day
from tests.fakes.queues import counts, line

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = SystemClock()


def test_who_stands_first_is_placed_first() -> None:
    """Each patient, in the order of the queue, gets the soonest place that those before leave."""
    queue = small_queue(7)
    dispatch = Distribution().dispatch(queue, CLOCK)
    assert verify(queue, dispatch, Distribution.ranking) == ()
    assert np.array_equal(np.argsort(dispatch.rank), order(queue))
    assert (dispatch.place >= 0).any()
    reasons = explain(queue, dispatch, Distribution(), CLOCK)
    waiting = [reasons[patient] for patient in np.flatnonzero(dispatch.place < 0)]
    assert waiting
    assert all("waits for" in str(reason.sentence) for reason in waiting)


def test_the_day_gathers_needs_and_free_beds_and_matches_them(tmp_path: Path) -> None:
    """Twenty beds are empty, of which twelve are kept: the first eight of nine in line go."""
    day = coast_day(tmp_path / "home", line(9), bed_state=counts({"staffed": 80}))
    assert day.care is not None
    queued = day.care.queued
    placed = queued.proposed.dispatch.place >= 0
    assert placed.sum() == 8
    assert (
        queued.proposed.dispatch.rank[placed].max() < queued.proposed.dispatch.rank[~placed].min()
    )
    assert len(queued.reasons) == 9
