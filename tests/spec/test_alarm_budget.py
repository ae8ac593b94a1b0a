"""How many planted changes are found, at how many false signals: the promise of issue 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.monitor.detectors.follow import FollowParams, follow
from tests.fakes.watched import DAYS, KINDS, WEEKS, quiet

if TYPE_CHECKING:
    from tests.fakes.watched import Made, Values

SERIES = {True: 4, False: 16}
SOON = 7


def recall(sigmas: float, length: int | None, *, daily: bool) -> float:
    """Plant a change of so many sigma in each series; share of those found within seven points."""
    found = [
        any(made.shift <= place < made.shift + SOON for place in places)
        for made in series(daily=daily)
        for places in [watched(changed(made, sigmas, length), daily=daily)]
    ]
    return sum(found) / len(found)


def false_per_year(*, daily: bool) -> float:
    """Watch series in which nothing happens; signals per series and year."""
    made = series(daily=daily)
    points = sum(len(each.values) - FollowParams().warm_up for each in made)
    years = points / (DAYS if daily else WEEKS)
    return sum(len(watched(each.values, daily=daily)) for each in made) / years


def series(*, daily: bool) -> list[Made]:
    """Make series with every kind of chance."""
    return [quiet(kind, k, daily=daily) for kind in KINDS for k in range(SERIES[daily])]


def changed(made: Made, sigmas: float, length: int | None) -> Values:
    """Raise the series by so many sigma, for a while or for good."""
    values = made.values.copy()
    part = slice(made.shift, None if length is None else made.shift + length)
    values[part] += sigmas * made.sigma[part]
    return values


def watched(values: Values, *, daily: bool) -> list[int]:
    """List where alarms are first found."""
    cycles, rate = ((7.0, DAYS), DAYS) if daily else ((WEEKS,), WEEKS)
    walk = follow(values, cycles, rate, FollowParams.every(1 if daily else 7))
    return [episode.found for episode in walk.episodes]


@pytest.mark.parametrize("daily", [True, False], ids=["daily", "weekly"])
def test_shifts_of_three_sigma_are_found(*, daily: bool) -> None:
    """Nine in ten are wanted; measured: 20 of 20 daily, 75 of 80 weekly."""
    assert recall(3, None, daily=daily) >= 0.92


@pytest.mark.parametrize(("sigmas", "length"), [(3, 5), (6, 1)])
@pytest.mark.parametrize("daily", [True, False], ids=["daily", "weekly"])
def test_anomalies_are_found(*, daily: bool, sigmas: float, length: int) -> None:
    """Nine in ten; measured: five points of 3 sigma .95 and .94, one of 6 sigma .95 and .96."""
    assert recall(sigmas, length, daily=daily) >= 0.9


@pytest.mark.parametrize("daily", [True, False], ids=["daily", "weekly"])
def test_false_signals_stay_within_the_budget(*, daily: bool) -> None:
    """One a year is allowed; measured: .56 on daily series, .36 on weekly ones."""
    assert false_per_year(daily=daily) <= 0.7
