"""Theatres, surgeons and nurses of a hospital, day by day."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.allocate.hospital.site import Nurse, Surgeon, Theatre
from salus.service.weeks.conventions import LEVELS, LOADS, SHIFTS, WEEKDAYS
from salus.service.weeks.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from salus.service.records import Records
    from salus.service.weeks.rooms import Ward
    from salus.service.weeks.rows import Row


def theatres_of(records: Records, facility_id: str, days: int) -> tuple[Theatre, ...]:
    """Read the operating theatres of a hospital, for some days after the records."""
    rows = rows_of(records.wards["theatre"], "facility_id", facility_id)
    return tuple(Theatre(row["theatre_id"], _on_weekdays(records, row, days)) for row in rows)


def surgeons_of(records: Records, facility_id: str, days: int) -> tuple[Surgeon, ...]:
    """Read the surgeons of a hospital, for some days after the records."""
    rows = rows_of(records.wards["surgeon"], "facility_id", facility_id)
    return tuple(Surgeon(row["surgeon_id"], _on_weekdays(records, row, days)) for row in rows)


def _on_weekdays(records: Records, row: Row, days: int) -> NDArray[np.int64]:
    dates = (records.as_of + timedelta(days=1 + day) for day in range(days))
    most = max(0, row["minutes_per_day"] or 0)
    return np.array([most if day.weekday() < WEEKDAYS else 0 for day in dates], dtype=np.int64)


def nurses_of(records: Records, wards: Sequence[Ward], days: int) -> tuple[Nurse, ...]:
    """Read the nurses who look after the beds that are planned, and when they are on duty.

    Parameters
    ----------
    records : Records
        Of the city.
    wards : sequence of Ward
        Of the hospital.
    days : int
        After the records.

    Returns
    -------
    tuple of Nurse
        Of each ward and shift as many as its planned beds are of all its beds, rounded, the first
        by key and one at least; the others look after the beds that are kept. All of them may care
        for any room that is planned.
    """
    duties: dict[str, list[int]] = defaultdict(list)
    skills: dict[str, int] = {}
    for ward in wards:
        rows = rows_of(records.wards["nurse"], "ward_id", ward.id)
        skills |= {row["nurse_id"]: min(LEVELS, max(1, row["skill"] or 1)) - 1 for row in rows}
        for shift, nurses in _on_duty(records, [row["nurse_id"] for row in rows], days):
            share = max(1, round(len(nurses) * ward.planned / ward.beds))
            for nurse in nurses[:share]:
                duties[nurse].append(shift)
    return tuple(
        Nurse(nurse, skills[nurse], dict.fromkeys(sorted(shifts), LOADS[skills[nurse]]))
        for nurse, shifts in sorted(duties.items())
    )


def _on_duty(records: Records, nurses: Sequence[str], days: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each shift of the horizon with those of some nurses who are on duty in it."""
    roster, first = records.wards["roster"], records.as_of + timedelta(days=1)
    theirs = roster.filter(pc.is_in(roster["nurse_id"], pa.array(nurses, pa.string())))
    on: dict[int, set[str]] = defaultdict(set)
    for row in theirs.to_pylist():
        day = (row["day"] - first).days
        if 0 <= day < days and row["shift"] in SHIFTS:
            on[day * len(SHIFTS) + SHIFTS.index(row["shift"])].add(row["nurse_id"])
    return ((shift, sorted(there)) for shift, there in sorted(on.items()))
