"""Demand of the days to plan: the base load, and what an epidemic adds to it.

Base load is total demand as it is on average, so the mean of an epidemic's admissions lies inside
it. What a forecast or a record adds is only the excess over that mean; where the epidemic is below
its mean, the excess is negative and demand is below the base.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.data.region.defaults import SERIES_SPLIT
from salus.data.region.need import age_weights, base_cases
from salus.domain.demand import Demand
from salus.monitor.history import record_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from salus.data.region.known import KnownDemand
    from salus.data.region.region import Region
    from salus.domain.indicator import Series
    from salus.monitor.forecast import Forecast

    Floats = NDArray[np.float64]

STALE_DAYS = 56
"""A forecast from values older than this is not added to the base."""


@dataclass(frozen=True, slots=True, eq=False)
class BaseLoad:
    """Total demand on average days.

    Parameters
    ----------
    region : Region
        Whose.
    days : tuple of date
        The days to plan.
    cases : ndarray, shape (n_districts, n_services, n_days)
        Cases per day.
    stated : ndarray of bool, shape (n_days,)
        Days whose demand the region states itself, so that nothing is added.
    assumptions : tuple of Message
        How it was made.
    """

    region: Region
    days: tuple[date, ...]
    cases: Floats
    stated: NDArray[np.bool_]
    assumptions: tuple[Message, ...]


def base_load(region: Region, as_of: date, horizon: int) -> BaseLoad:
    """Spread the base load over the days after a date.

    What ``demand.csv`` states replaces the computed load: a row without a date holds for every
    day, a row with one for that day.

    Parameters
    ----------
    region : Region
        Places, services, and stated demand.
    as_of : date
        The day before the first day to plan.
    horizon : int
        Days to plan, 1 or more.

    Returns
    -------
    BaseLoad

    Raises
    ------
    InputError
        If all that is stated lies in the past.
    """
    days = tuple(as_of + timedelta(days=step) for step in range(1, horizon + 1))
    stated = np.zeros(horizon, bool)
    if region.demand is None:
        base = base_cases(region)
        cases = np.repeat(base.cases[:, :, None], horizon, axis=2)
        return BaseLoad(region, days, cases, stated, base.assumptions)
    cases = np.zeros((len(region.districts), len(region.services), horizon))
    known = region.demand
    _refuse_the_past(known, days[0])
    undated = [row for row, day in enumerate(known.days) if day is None]
    cases[known.district[undated], known.service[undated]] = known.cases[undated, None]
    for row, day in enumerate(known.days):
        if day in days:
            place = days.index(day)
            cases[known.district[row], known.service[row], place] = known.cases[row]
            stated[place] = True
    said = say(
        "Demand is what demand.csv states; days and districts it does not list need nothing."
    )
    return BaseLoad(region, days, cases, stated, (said,))


def _refuse_the_past(known: KnownDemand, first: date) -> None:
    """Refuse demand of which every row is over: nothing would be planned, and nobody told."""
    dates = [day for day in known.days if day is not None]
    if len(dates) < len(known.days) or not dates or max(dates) >= first:
        return
    what = say(
        "all demand lies in the past: the last day stated is {last}, the plan begins on {first}",
        last=max(dates),
        first=first,
    )
    remedy = say("state days to come, or plan as of an earlier day with --as-of")
    raise InputError(Fault(what, Where("demand.csv", column="date"), remedy))


def expected_demand(
    base: BaseLoad, forecasts: Iterable[Forecast]
) -> tuple[Demand, tuple[Message, ...]]:
    """Add to the base what the forecasts expect above the mean of their history.

    Parameters
    ----------
    base : BaseLoad
        Total demand on average days.
    forecasts : iterable of Forecast
        Those of series with a split over the services are added, unless they are too old.

    Returns
    -------
    Demand
        The expected days.
    tuple of Message
        What was added and what was not.
    """
    cases, said = base.cases.copy(), list(base.assumptions)
    for ahead in forecasts:
        split = SERIES_SPLIT.get(ahead.indicator.id)
        if split is None:
            continue
        if (base.days[0] - ahead.origin).days > STALE_DAYS:
            said.append(
                say(
                    "{name} is not added: its last value is of {day}, more than {days} days old.",
                    name=ahead.indicator.name,
                    day=ahead.origin,
                    days=STALE_DAYS,
                )
            )
            continue
        series = next(s for s in base.region.series if s.indicator.id == ahead.indicator.id)
        _add(cases, base, split, _levels(ahead, base.days), _mean(series, ahead.origin))
        said.append(_how_added(ahead, series, base.region, split))
    return _demand(base, cases, say("Expected")), tuple(said)


def record_demand(base: BaseLoad, known: Iterable[Series]) -> Demand | None:
    """Put the record of each history on every day to plan.

    Parameters
    ----------
    base : BaseLoad
        Total demand on average days.
    known : iterable of Series
        Histories as known at the as-of date.

    Returns
    -------
    Demand or None
        ``None`` when no history is one that adds to demand.
    """
    cases, records = base.cases.copy(), []
    for series in known:
        split = SERIES_SPLIT.get(series.indicator.id)
        if split is not None and series.known.any():
            when, value = record_week(series)
            level = np.full(len(base.days), value / series.indicator.period_days)
            _add(cases, base, split, level, _mean(series, series.dates[-1]))
            records.append(
                say(
                    "{name} as in the week to {day} ({value:,.0f} a week)",
                    name=series.indicator.name,
                    day=when,
                    value=value,
                )
            )
    return _demand(base, cases, say("{records}", records=tuple(records))) if records else None


def _add(
    cases: Floats, base: BaseLoad, split: Mapping[str, float], level: Floats, mean: float
) -> None:
    excess = np.where(base.stated, 0.0, level - mean)
    where = age_weights(base.region) * (base.cases > 0).any(axis=(1, 2))
    where = where / where.sum() if where.sum() else where
    for index, service in enumerate(base.region.services):
        cases[:, index] += split.get(service.id, 0.0) * np.outer(where, excess)
    np.maximum(cases, 0.0, out=cases)


def _levels(ahead: Forecast, days: tuple[date, ...]) -> Floats:
    period = ahead.indicator.period_days
    step = [-(-(day - ahead.origin).days // period) - 1 for day in days]
    return ahead.point[step] / period


def _mean(series: Series, until: date) -> float:
    known = series.values[: sum(day <= until for day in series.dates)]
    return float(np.nanmean(known)) / series.indicator.period_days


def _how_added(
    ahead: Forecast, series: Series, region: Region, split: Mapping[str, float]
) -> Message:
    return say(
        "{name} lies inside the base load at its mean of {mean:,.1f} a day; the forecast of "
        "{level:,.1f} a day changes demand by the difference, {shares}, spread like the base.",
        name=ahead.indicator.name,
        mean=_mean(series, ahead.origin),
        level=float(ahead.point[0]) / ahead.indicator.period_days,
        shares=tuple(
            say("{share:.0%} to {service}", share=split[service.id], service=service.name)
            for service in region.services
            if service.id in split
        ),
    )


def _demand(base: BaseLoad, cases: Floats, label: Message) -> Demand:
    return Demand(
        tuple(item.id for item in base.region.districts),
        tuple(item.id for item in base.region.services),
        base.days,
        cases,
        label,
    )
