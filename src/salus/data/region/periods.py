"""The dates of a history: none far from the others, and each missing period listed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from salus.core.errors import Faults
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs

WEEK = 7
FARTHEST = 104
"""Periods from one date to the next, two years of weeks: a date beyond it is a slip of the pen."""


def period_of(days: Iterable[date]) -> int:
    """Return the shortest step between two dates, in days; a week where there is only one.

    Examples
    --------
    >>> from datetime import date
    >>> period_of([date(2026, 6, 3), date(2026, 6, 1), date(2026, 6, 2)])
    1
    """
    return min(((later - day).days for day, later in pairwise(sorted(set(days)))), default=WEEK)


def refuse_far(sheet: Sheet, column: str, rows: Iterable[int], period: int, faults: Faults) -> None:
    """Gather a fault for each date that lies more than :data:`FARTHEST` periods after another.

    Parameters
    ----------
    sheet : Sheet
        The file of the history.
    column : str
        Column with the last day of each period.
    rows : iterable of int
        Rows of one history, from 0, in any order; a row without a date is passed over.
    period : int
        Days from one date to the next, 1 or more.
    faults : Faults
        Gathers the dates, each at the later of the two.
    """
    for (before, earlier), (day, row) in _steps(sheet, column, rows):
        if (day - before).days > FARTHEST * period:
            what = say(
                "the date lies {periods:,} periods after the one before it, {before} in row {row}",
                periods=(day - before).days // period,
                before=before,
                row=sheet.rows[earlier],
            )
            remedy = say("correct the date that is wrong, or leave out the rows on one side of it")
            faults.add(what, sheet.where(row, column), remedy, str(day))


def list_gaps(
    sheet: Sheet, column: str, rows: Iterable[int], period: int, repairs: Repairs
) -> None:
    """List each run of periods that have no row.

    Parameters
    ----------
    sheet : Sheet
        The file of the history, without faults.
    column : str
        Column with the last day of each period.
    rows : iterable of int
        Rows of one history, from 0, whose dates are whole periods apart.
    period : int
        Days from one date to the next, 1 or more.
    repairs : Repairs
        Gathers the runs, each at the first row after it.
    """
    for (before, _), (day, row) in _steps(sheet, column, rows):
        missing = (day - before).days // period - 1
        if missing > 0:
            what = say(
                "periods without a row between {before} and {day}: {missing:,}; they stay gaps",
                before=before,
                day=day,
                missing=missing,
            )
            repairs.note(Rule.NO_ROW, sheet.where(row, column), what)


def _steps(
    sheet: Sheet, column: str, rows: Iterable[int]
) -> Iterator[tuple[tuple[date, int], tuple[date, int]]]:
    dates = sheet.dates[column]
    return pairwise(sorted((day, row) for row in rows if (day := dates[row]) is not None))
