"""The figures of a dispatch are those one counts by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.queue.checks import small_queue
from salus.allocate.queue.dispatch import Dispatch, signed
from salus.allocate.queue.measures import Served, measure


def test_figures_by_hand() -> None:
    """Two of three are placed; means weigh by severity, travel does not."""
    queue = replace(
        small_queue(0, patients=3),
        severity=np.array([3.0, 1.0, 1.0]),
        waited=np.array([30.0, 60.0, 90.0]),
        district=np.array([0, 0, 0]),
        at=np.array([-1, 1, -1]),
        accepted=np.ones((3, 3), dtype=bool),
        offered=np.ones((3, 3), dtype=bool),
        minutes=np.array([[10.0, 20.0, 30.0]] * 2),
        ready=np.zeros((3, 2)),
    )
    found = measure(queue, signed(queue, "by hand", np.array([0, 1, -1]), 0.0))
    assert found.served == (Served(3.0, 1, 1), Served(1.0, 2, 1))
    assert found.severity_waiting == 1.0
    assert found.wait_mean == (3 * 40 + 60) / 4
    assert found.waited_mean == 90.0
    assert (found.travel_mean, found.travel_p95) == (5.0, 10.0)


def test_nobody_has_no_mean() -> None:
    """An empty queue has no severities, and NaN for every mean."""
    queue = small_queue(0, patients=0)
    found = measure(queue, signed(queue, "nobody", np.empty(0, dtype=int), 0.0))
    assert found.served == ()
    assert found.severity_waiting == 0
    assert np.isnan([found.wait_mean, found.waited_mean, found.travel_mean, found.travel_p95]).all()


def test_rows_of_different_length_are_refused() -> None:
    """A dispatch whose columns do not belong together does not exist."""
    row = np.array([0])
    with pytest.raises(ValueError, match="rows must have one length"):
        Dispatch("greedy", row, row, np.array([1.0, 2.0]), np.array([1.0]), 0.0)
