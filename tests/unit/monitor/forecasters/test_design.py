"""What regressions see."""

from __future__ import annotations

import numpy as np
import pytest

from salus.monitor.forecasters.design import Design


def test_each_row_stands_before_its_target() -> None:
    """A row holds the values just before its target, the latest first."""
    rows, targets = Design(3, 0, 1).rows(np.arange(6.0))
    assert rows.tolist() == [[2, 1, 0], [3, 2, 1], [4, 3, 2]]
    assert targets.tolist() == [3, 4, 5]


def test_rolling_goes_on_where_the_rows_end() -> None:
    """A model that finds its target in the past meets the same columns again in the future."""
    values = np.tile([1.0, 5.0, 2.0, 8.0], 5)
    design = Design(4, 1, 4)
    path = design.roll(lambda rows: rows[:, 3], values, 6)
    assert path.tolist() == [1, 5, 2, 8, 1, 5]


def test_the_season_of_the_future_continues_that_of_the_past() -> None:
    """Fourier columns one season apart are the same."""
    design, seen = Design(1, 2, 5), []

    def model(rows: np.ndarray) -> np.ndarray:
        seen.append(rows[0, 1:])
        return rows[:, 0]

    design.roll(model, np.arange(20.0), 5)
    rows, _ = design.rows(np.arange(20.0))
    assert np.array(seen) == pytest.approx(rows[-5:, 1:])


def test_an_explosion_is_held() -> None:
    """A model that doubles without end leaves the range by half of it and no more."""
    path = Design(1, 0, 1).roll(lambda rows: 2 * rows[:, 0], np.array([0.0, 10.0]), 5)
    assert path.tolist() == [15] * 5


@pytest.mark.parametrize(
    ("length", "fitting"),
    [(40, Design(4, 2, 12)), (20, Design(4, 0, 1)), (5, Design(1, 0, 1)), (3, None)],
)
def test_short_histories_carry_less(length: int, fitting: Design | None) -> None:
    """The season goes first, then the lags, then the regression itself."""
    assert Design.fitting(length, lags=4, order=2, season=12) == fitting
