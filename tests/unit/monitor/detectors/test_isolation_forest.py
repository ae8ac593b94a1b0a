"""The isolation forest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.rng import stream
from salus.monitor.detectors.isolation_forest import ForestParams, IsolationForest

if TYPE_CHECKING:
    import numpy as np

QUICK = IsolationForest(ForestParams(trees=50))


def noise(rows: int) -> np.ndarray:
    """Make rows of four independent columns in four units."""
    return stream(8, "forest").normal(size=(rows, 4)) * [1, 10, 0.1, 100] + [0, 5, 0, 900]


def test_what_is_odd_is_named() -> None:
    """The columns that explain a row are those that were moved."""
    history, live = noise(300), noise(5)
    live[2, 1], live[2, 3] = 200, 9000
    judgement = QUICK.judge(history, live, seed=1)
    assert judgement.flags[2]
    assert judgement.causes[2]
    assert set(judgement.causes[2]) <= {1, 3}


def test_normal_rows_are_flagged_about_as_often_as_stated() -> None:
    """With 5 % stated, 2 to 9 % of new normal rows are flagged."""
    rows = noise(1200)
    params = ForestParams(trees=50, false_alarms=0.05)
    share = IsolationForest(params).judge(rows[:600], rows[600:], seed=2).flags.mean()
    assert 0.02 <= share <= 0.09


def test_bounds_are_named() -> None:
    """Each impossible setting is refused with its bound."""
    with pytest.raises(ValueError, match=r"false_alarms must be between 0\.0001 and 0\.2"):
        ForestParams(false_alarms=0.5)
