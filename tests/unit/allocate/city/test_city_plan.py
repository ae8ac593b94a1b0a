"""A plan refuses rows that do not belong together."""

from __future__ import annotations

import numpy as np
import pytest

from salus.allocate.city.plan import CityPlan

ROW = np.array([0])


def test_rows_must_have_one_length() -> None:
    """A missing entry in one column is refused."""
    with pytest.raises(ValueError, match="rows must have one length"):
        CityPlan("ours", ROW, ROW, ROW[:0], ROW, np.array([1.0]), np.zeros((1, 1, 1)), 1.0)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_figures_must_be_finite(bad: float) -> None:
    """NaN and infinity are no cases, and no bound."""
    with pytest.raises(ValueError, match="must be finite"):
        CityPlan("ours", ROW, ROW, ROW, ROW, np.array([bad]), np.zeros((1, 1, 1)), 1.0)
    with pytest.raises(ValueError, match="must be finite"):
        CityPlan("ours", ROW, ROW, ROW, ROW, np.ones(1), np.zeros((1, 1, 1)), 1.0, bound=bad)
