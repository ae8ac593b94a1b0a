"""The histories of indicators, from their rows, evenly spaced."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.data.region.periods import WEEK, list_gaps, period_of, refuse_far
from salus.data.region.repairs import Rule
from salus.domain.indicator import Direction, Indicator, Series
from salus.domain.known_indicators import KNOWN_INDICATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from salus.core.errors import Faults
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs

LONGEST_PERIOD = 366
SEASONS = {1: 7, WEEK: 52}
"""Values in a full season: the week of a daily series, the year of a weekly one."""

INFLUENZA = Indicator(
    "influenza_admissions",
    say("influenza admissions"),
    say("admissions a week"),
    Direction.DOWN,
)


def refuse_indicators(indicators: Sheet, weekly: Sheet, faults: Faults) -> None:
    """Gather a fault for each unknown direction and each indicator that is told twice.

    Parameters
    ----------
    indicators, weekly : Sheet
        ``indicators.csv`` and ``weekly_admissions.csv``.
    faults : Faults
        Gathers what is wrong.
    """
    allowed = {"", *(direction.value for direction in Direction)}
    for index, key in enumerate(indicators.texts["indicator_id"]):
        direction = indicators.texts["direction"][index]
        if direction.lower() not in allowed:
            where, remedy = indicators.where(index, "direction"), say("write up, down or neutral")
            faults.add(say("this is not a direction"), where, remedy, direction)
        if key in weekly.numbers:
            where = indicators.where(index, "indicator_id")
            remedy = say("keep it in one of the two files")
            faults.add(say("weekly_admissions.csv has this indicator too"), where, remedy, key)


def refuse_far_dates(indicators: Sheet, weekly: Sheet, faults: Faults) -> None:
    """Gather a fault for each date that lies far from the others of its history.

    Parameters
    ----------
    indicators, weekly : Sheet
        ``indicators.csv`` and ``weekly_admissions.csv``.
    faults : Faults
        Gathers the dates.
    """
    for rows in _rows_by_indicator(indicators).values():
        period = period_of(_days(indicators, "period_end", rows))
        refuse_far(indicators, "period_end", rows, period, faults)
    refuse_far(weekly, "week_ending", range(len(weekly)), WEEK, faults)


def weekly_series(sheet: Sheet, repairs: Repairs) -> tuple[Series, ...]:
    """Make one series of each column of admissions; a week without a row is a gap.

    Parameters
    ----------
    sheet : Sheet
        ``weekly_admissions.csv``, without faults.
    repairs : Repairs
        Gathers rows that do not end on the same day of the week as most, and missing weeks.
    """
    days = _days(sheet, "week_ending", range(len(sheet)))
    usual = _usual_weekday(days)
    kept = [row for row, day in enumerate(days) if day.weekday() == usual]
    for row in sorted(set(range(len(days))) - set(kept)):
        what = say("{day} is another day of the week than most: the row is left out", day=days[row])
        repairs.note(Rule.OFF_GRID, sheet.where(row, "week_ending"), what, left_out=True)
    list_gaps(sheet, "week_ending", kept, WEEK, repairs)
    return tuple(
        _series(_weekly_indicator(name), {days[row]: float(values[row]) for row in kept})
        for name, values in sheet.numbers.items()
    )


def indicator_series(sheet: Sheet, repairs: Repairs) -> tuple[Series, ...]:
    """Make one series of each indicator; its period is the shortest step between two dates.

    Parameters
    ----------
    sheet : Sheet
        ``indicators.csv``, without faults.
    repairs : Repairs
        Gathers indicators whose dates are not evenly spaced, and missing periods.
    """
    rows = _rows_by_indicator(sheet)
    made = (_indicator_series(sheet, key, indexes, repairs) for key, indexes in rows.items())
    return tuple(series for series in made if series is not None)


def _rows_by_indicator(sheet: Sheet) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for index, key in enumerate(sheet.texts["indicator_id"]):
        if key:
            rows.setdefault(key, []).append(index)
    return rows


def _days(sheet: Sheet, column: str, rows: Iterable[int]) -> list[date]:
    return [day for row in rows if (day := sheet.dates[column][row]) is not None]


def _usual_weekday(days: Sequence[date]) -> int | None:
    counts = Counter(day.weekday() for day in days)
    return min(counts, key=lambda weekday: (-counts[weekday], weekday), default=None)


def _indicator_series(sheet: Sheet, key: str, rows: list[int], repairs: Repairs) -> Series | None:
    dates = sheet.dates["period_end"]
    values = {day: float(sheet.numbers["value"][row]) for row in rows if (day := dates[row])}
    period = period_of(values)
    if period > LONGEST_PERIOD or any((day - min(values)).days % period for day in values):
        what = say(
            "the dates of {indicator} are not evenly spaced, a year apart at most: it is left out",
            indicator=key,
        )
        where = sheet.where(rows[0], "period_end")
        repairs.note(Rule.UNEVEN, where, what, left_out=True)
        return None
    list_gaps(sheet, "period_end", rows, period, repairs)
    return _series(_indicator(sheet, key, rows[0], period), values)


def _indicator(sheet: Sheet, key: str, row: int, period: int) -> Indicator:
    name, unit, way = (sheet.texts[column][row] for column in ("name", "unit", "direction"))
    known = KNOWN_INDICATORS.get(
        key, Indicator(key, say("{name}", name=key), say("{unit}", unit=""))
    )
    return Indicator(
        key,
        say("{name}", name=name) if name else known.name,
        say("{unit}", unit=unit) if unit else known.unit,
        Direction(way.lower()) if way else known.direction,
        period,
        SEASONS.get(period, 1),
    )


def _weekly_indicator(name: str) -> Indicator:
    if name == INFLUENZA.id:
        return INFLUENZA
    words = say("{name}", name=name.replace("_", " "))
    return Indicator(name, words, INFLUENZA.unit, Direction.DOWN)


def _series(indicator: Indicator, values: Mapping[date, float]) -> Series:
    start, end = min(values), max(values)
    steps = (end - start).days // indicator.period_days
    dates = tuple(start + timedelta(indicator.period_days * step) for step in range(steps + 1))
    return Series(indicator, dates, np.array([values.get(day, np.nan) for day in dates]))
