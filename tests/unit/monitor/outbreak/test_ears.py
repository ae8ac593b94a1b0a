"""EARS thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from salus.monitor.outbreak.ears import Ears, threshold


def test_c2_does_not_learn_from_the_outbreak_it_judges() -> None:
    """Two high weeks raise the threshold of C1, not yet that of C2."""
    counts = np.array([3.0, 4, 3, 4, 3, 4, 3, 4, 3, 20, 20, 20])
    assert threshold(counts, Ears.C1)[11] > 20
    assert threshold(counts, Ears.C2)[11] < 6


def test_no_whole_baseline_gives_no_threshold() -> None:
    """The first weeks, and those after a gap, are not judged."""
    counts = np.array([3.0, 4, 3, np.nan, 3, 4, 3, 4, 3, 4, 3, 4])
    found = threshold(counts, Ears.C1)
    assert list(np.flatnonzero(np.isfinite(found))) == [11]
    assert np.isnan(threshold(counts[:5])).all()


def test_bounds_are_named() -> None:
    """An impossible alpha is refused."""
    with pytest.raises(ValueError, match="alpha must be between"):
        threshold(np.zeros(9), alpha=0.9)
