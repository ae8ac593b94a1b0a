"""What the region will need: base load, seasonal forecast, and the record week."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from salus.core.groupmap import groupmap
from salus.core.messages import Message, say
from salus.domain.indicator import Series
from salus.monitor.charts.individuals import individuals
from salus.monitor.forecast_table import forecast_table, read_forecasts, series_table
from salus.monitor.history import short_history
from salus.service.demand import base_load, expected_demand, record_demand
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salus.data.region.region import Region
    from salus.domain.demand import Demand
    from salus.monitor.charts.control_chart import ControlChart
    from salus.monitor.forecast import Forecast
    from salus.service.context import Context

FEWEST_PERIODS = 4
"""Periods that a fan shows at least."""

MOST_PERIODS = 60
"""A series that would have to be forecast further ahead is too old for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """One series: what it was, what comes next, and whether the forecast still holds.

    Parameters
    ----------
    series : Series
        As known at the as-of date.
    forecast : Forecast
        With bands, method and backtest.
    chart : ControlChart
        I chart of the forecast's one-step errors.
    """

    series: Series
    forecast: Forecast
    chart: ControlChart


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What the region will need.

    Parameters
    ----------
    outlooks : tuple of Outlook
        One for each series of the region that is long enough.
    expected : Demand
        The days to plan, as expected.
    record : Demand or None
        The same days at the level of the record week; ``None`` without a history.
    assumptions : tuple of Message
        How the demand was made, and what was not forecast.
    """

    outlooks: tuple[Outlook, ...]
    expected: Demand
    record: Demand | None
    assumptions: tuple[Message, ...]


@guarded(Permission.FORECAST_NEED, Kind.REGION, attrgetter("name"))
def forecast_need(context: Context, region: Region, as_of: date, horizon: int) -> Need:
    """Forecast the need of a region for the days after a date.

    Parameters
    ----------
    context : Context
        What is in use.
    region : Region
        Places, services and history.
    as_of : date
        Only what was known until then is used.
    horizon : int
        Days to plan, 1 or more.

    Returns
    -------
    Need

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    known = tuple(known_until(series, as_of) for series in region.series)
    reasons = [_not_forecast(series, as_of, horizon) for series in known]
    foreseen = [s for s, reason in zip(known, reasons, strict=True) if reason is None]
    outlooks = tuple(_outlooks(context, foreseen, as_of, horizon))
    base = base_load(region, as_of, horizon)
    expected, assumptions = expected_demand(base, (outlook.forecast for outlook in outlooks))
    left = tuple(reason for reason in reasons if reason is not None)
    return Need(outlooks, expected, record_demand(base, known), assumptions + left)


def known_until(series: Series, day: date) -> Series:
    """Hide what was not known yet: every value after the day."""
    kept = sum(when <= day for when in series.dates)
    return Series(series.indicator, series.dates[:kept], series.values[:kept])


def _outlooks(
    context: Context, foreseen: Sequence[Series], as_of: date, horizon: int
) -> Iterator[Outlook]:
    # Series that look equally far ahead are forecast together, each in a group of its own.
    together: dict[int, list[Series]] = {}
    for series in foreseen:
        together.setdefault(_periods(series, as_of, horizon), []).append(series)
    for periods, group in sorted(together.items()):
        table = series_table(group, periods)
        done = groupmap(table, ["indicator_id"], forecast_table, context.runner)
        forecasts = read_forecasts(done, [series.indicator for series in group])
        for series, ahead in zip(group, forecasts, strict=True):
            yield Outlook(series, ahead, individuals(ahead.residuals))


def _not_forecast(series: Series, as_of: date, horizon: int) -> Message | None:
    name = series.indicator.name
    if short_history(series) is not None:
        return say("{name} is not forecast: too few values are known.", name=name)
    if _periods(series, as_of, horizon) > MOST_PERIODS:
        return say(
            "{name} is not forecast: its last value is of {day}, too long before the days to plan.",
            name=name,
            day=_last(series),
        )
    return None


def _periods(series: Series, as_of: date, horizon: int) -> int:
    days = (as_of - _last(series)).days + horizon
    return max(FEWEST_PERIODS, -(-days // series.indicator.period_days))


def _last(series: Series) -> date:
    return series.dates[int(np.flatnonzero(series.known)[-1])]
