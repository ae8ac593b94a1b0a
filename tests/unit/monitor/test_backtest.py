"""Forecasts made again from earlier origins."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pytest

from salus.core.messages import Message, say
from salus.monitor.backtest import Backtest, Score, backtest
from salus.monitor.forecast import METHODS
from salus.monitor.forecasters.seasonal_naive import SeasonalNaive
from salus.monitor.scale import Scale
from salus.stats.splits import rolling_origins
from tests.fakes.histories import weekly, winters

if TYPE_CHECKING:
    from salus.monitor.forecasters.base import Forecaster


@dataclass(frozen=True)
class Witness:
    """Keeps what it was shown, and forecasts tens."""

    seen: list[np.ndarray] = field(default_factory=list)
    name: ClassVar[str] = "witness"
    label: ClassVar[Message] = say("witness")

    def forecast(self, values: np.ndarray, horizon: int, season: int) -> np.ndarray:
        """Forecast tens."""
        assert season >= 1
        self.seen.append(values.copy())
        return np.full(horizon, 10.0)


def measured(errors: np.ndarray) -> Backtest:
    """Make a backtest of one method with these errors."""
    origins = np.arange(10, 10 + len(errors))
    dates = weekly(np.zeros(len(errors))).dates
    score = Score("witness", say("witness"), 1, 1, 1, 1)
    return Backtest(origins, dates, 1, Scale.PLAIN, (score,), errors)


def test_a_method_sees_the_past_only() -> None:
    """At each origin exactly the values before it are shown."""
    series, witness = weekly(winters(30, 5)), Witness()
    backtest(series, [witness], 3, np.array([10, 20, 29]))
    assert [len(past) for past in witness.seen] == [10, 20, 29]
    assert all(np.array_equal(past, series.values[: len(past)]) for past in witness.seen)


def test_errors_are_actual_minus_forecast_on_the_scale() -> None:
    """The errors begin at the origin, and are not known beyond the end."""
    test = backtest(weekly([10, 10, 10, 20]), [Witness()], 2, np.array([2, 3]))
    jump = np.log(21 / 11)
    assert test.errors == pytest.approx(np.array([[0, jump], [jump, np.nan]]), nan_ok=True)


def test_scores_are_means_and_medians_over_origins() -> None:
    """MAE 0, 5 and 10 at three origins, each against the moves before it."""
    series = weekly([10, 12, 10, 5, 20])
    score = backtest(series, [Witness()], 1, np.array([2, 3, 4])).best
    assert (score.mae_mean, score.mae_median) == (5, 5)
    assert score.mase_mean == pytest.approx((0 + 5 / 2 + 10 / 3) / 3)
    assert score.mase_median == pytest.approx(5 / 2)


def test_equal_scores_go_to_the_simplest() -> None:
    """Of two methods with equal scores the one listed first is best."""
    series = weekly(np.full(8, 10.0))
    test = backtest(series, [SeasonalNaive(), Witness()], 1, np.array([6, 7]))
    assert test.best.method == "seasonal_naive"
    assert math.isnan(test.best.mase_mean)


def test_the_season_counts_from_two_whole_ones() -> None:
    """The methods are told no season before two have been seen."""
    series = weekly(winters(30, 6), season=6)
    told = [backtest(series, [Witness()], 1, np.array([first])).season for first in (11, 12)]
    assert told == [1, 6]


@pytest.mark.parametrize("method", METHODS)
def test_nothing_after_an_origin_changes_what_came_before(method: Forecaster) -> None:
    """Another future leaves every earlier error as it was, bit for bit."""
    values = winters(60, 6)
    changed = np.concatenate([values[:50], values[50:] * 3 + 1])
    origins = rolling_origins(60, 20)
    one, other = (
        backtest(weekly(history, 6), [method], 4, origins) for history in (values, changed)
    )
    before = origins + 4 <= 50
    assert np.array_equal(one.errors[before], other.errors[before])
    assert not np.array_equal(one.errors, other.errors, equal_nan=True)


def test_coverage_judges_with_errors_that_had_passed() -> None:
    """A band is not allowed to know the errors of origins whose horizon is still open."""
    errors = np.zeros((40, 2))
    errors[20:, :] = 1.0
    # Judged are origins 20 to 39. At 20 and 21 only zeros have passed, so both of them miss; the
    # 95 % band of later ones knows a 1 and holds it.
    assert measured(errors).coverage(95) == pytest.approx(18 / 20)


def test_coverage_needs_enough_origins() -> None:
    """Half of 18 origins are too few to state a share."""
    assert math.isnan(measured(np.zeros((18, 1))).coverage(80))


def test_gaps_are_not_judged() -> None:
    """An actual value that is not known is neither inside nor outside."""
    errors = np.zeros((40, 1))
    errors[30:] = np.nan
    assert measured(errors).coverage(80) == 1


@pytest.mark.parametrize("methods", [0, 1])
def test_an_empty_contest_is_refused(methods: int) -> None:
    """There is at least one method and one origin."""
    origins = np.array([3] * (1 - methods), dtype=np.int64)
    with pytest.raises(ValueError, match="must be at least 1"):
        backtest(weekly([1, 2, 3, 4]), [SeasonalNaive()] * methods, 1, origins)


def test_parts_of_different_lengths_are_refused() -> None:
    """Each origin has one date and one row of errors."""
    with pytest.raises(ValueError, match="dates must be"):
        Backtest(
            np.array([1, 2]),
            weekly([1]).dates,
            1,
            Scale.PLAIN,
            (Score("witness", say("witness"), 1, 1, 1, 1),),
            np.zeros((2, 1)),
        )
