"""The standard table of indicator readings, as evenly spaced series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np
import pyarrow.compute as pc

from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.domain.indicator import Indicator, Series

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

TABLE = "indicator_reading"


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The counts behind a series whose values are shares of cases.

    Parameters
    ----------
    shares : ndarray, shape (n_dates,)
        Cases counted over cases at risk, 0 to 1; NaN for gaps.
    sizes : ndarray, shape (n_dates,)
        Cases at risk; NaN where they are not known.
    per : float
        What a share is multiplied by to give the value: 100 for per cent.
    """

    shares: NDArray[np.float64]
    sizes: NDArray[np.float64]
    per: float


def read_series(
    readings: pa.Table,
    indicator: Indicator,
    place_id: str,
    column: Literal["value", "numerator", "denominator"] = "value",
) -> Series | None:
    """Take the series of one indicator at one place.

    Parameters
    ----------
    readings : pyarrow.Table
        Columns of the standard table ``indicator_reading``, in any order of rows.
    indicator : Indicator
        Which indicator.
    place_id : str
        Which place.
    column : {"value", "numerator", "denominator"}
        Which figure of each reading.

    Returns
    -------
    Series or None
        A period without a row is a gap; ``None`` where there is no row at all.

    Raises
    ------
    InputError
        If a period has several rows, or its last day does not fit the rhythm of the indicator.
    """
    mine = pc.and_(
        pc.equal(readings["indicator_id"], indicator.id), pc.equal(readings["place_id"], place_id)
    )
    rows = readings.filter(mine).sort_by("period_end")
    if not rows.num_rows:
        return None
    days: list[date] = rows["period_end"].to_pylist()
    places = [(day - days[0]).days / indicator.period_days for day in days]
    _refuse(indicator, days, places)
    values = np.full(int(places[-1]) + 1, np.nan)
    values[np.array(places, dtype=np.int64)] = rows[column].cast("float64").to_numpy()
    step = timedelta(days=indicator.period_days)
    return Series(indicator, tuple(days[0] + k * step for k in range(len(values))), values)


def read_counted(readings: pa.Table, series: Series, place_id: str) -> Counted | None:
    """Take the counts behind a series, if its values are shares of cases.

    They are when every known value has a numerator and a denominator in whole numbers, the one not
    above the other, and is the same multiple of their quotient throughout.

    Parameters
    ----------
    readings : pyarrow.Table
        Columns of the standard table ``indicator_reading``, with what the series was read from.
    series : Series
        The values.
    place_id : str
        Of which place.

    Returns
    -------
    Counted or None
        ``None`` where a value is something else, such as a mean.
    """
    if not {"numerator", "denominator"} <= set(readings.column_names):
        return None
    above = read_series(readings, series.indicator, place_id, "numerator")
    below = read_series(readings, series.indicator, place_id, "denominator")
    if above is None or below is None:
        return None
    known, counts, sizes = series.known, above.values, below.values
    values = series.values[known]
    fits = (counts[known] <= sizes[known]) & (sizes[known] > 0) & (counts[known] >= 0)
    whole = (np.rint(counts[known]) == counts[known]) & (np.rint(sizes[known]) == sizes[known])
    if not (fits & whole).all() or not counts[known].any():
        return None
    shares = counts[known] / sizes[known]
    per = float(values.sum() / shares.sum())
    if not np.allclose(values, per * shares, rtol=1e-6):
        return None
    every = np.full(len(counts), np.nan)
    every[known] = shares
    return Counted(every, sizes, per)


def _refuse(indicator: Indicator, days: list[date], places: list[float]) -> None:
    faults = Faults()
    where = Where(TABLE, column="period_end")
    for day, place, before in zip(days, places, [-1.0, *places], strict=False):
        if place == before:
            what = say("{indicator} has two readings for one period", indicator=indicator.name)
            faults.add(what, where, say("keep one of them"), str(day))
        elif place != int(place):
            what = say("{indicator} has a reading between its periods", indicator=indicator.name)
            remedy = say("give one reading every {days} days", days=indicator.period_days)
            faults.add(what, where, remedy, str(day))
    faults.stop()
