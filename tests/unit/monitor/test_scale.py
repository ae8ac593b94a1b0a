"""The scale of forecasts."""

from __future__ import annotations

import numpy as np
import pytest

from salus.monitor.scale import Scale

NAN = float("nan")


def test_one_negative_value_makes_the_scale_plain() -> None:
    """Balances are not taken as counts."""
    assert Scale.of(np.array([3, NAN, -0.1])) is Scale.PLAIN


def test_gaps_do_not_decide_the_scale() -> None:
    """A history of counts with gaps stays one of counts."""
    assert Scale.of(np.array([NAN, 0, 2])) is Scale.LOG


@pytest.mark.parametrize("scale", list(Scale))
def test_values_come_back(scale: Scale) -> None:
    """Forward and back is the way home, gaps included."""
    values = np.array([0, 1, NAN, 5000.0])
    assert scale.back(scale.forward(values)) == pytest.approx(values, nan_ok=True)


def test_counts_never_come_back_negative() -> None:
    """However far down a path goes, it ends at zero."""
    assert Scale.LOG.back(np.array([-3.0])) == [0]
