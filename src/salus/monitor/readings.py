"""The standard table of indicator readings, as evenly spaced series."""

from __future__ import annotations

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

TABLE = "indicator_reading"


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
