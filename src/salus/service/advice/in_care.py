"""Who is in care now, and at which moment each is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.treat.past import category

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from salus.treat.plans.plan import Plan

TICK = timedelta(microseconds=1)


def in_care(
    tables: Mapping[str, pa.Table],
    people: pa.Array,
    plans: Sequence[Plan],
    end: datetime,
    days: float,
) -> pa.Table:
    """List the latest contact of each patient who is in care now.

    Somebody is in care who came to a hospital within some days, is not known to have died, and did
    not come for a look at a treatment that goes on.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name, without what became known later.
    people : pyarrow.Array of str
        Of whom to look.
    plans : sequence of Plan
        What says which contacts only look at a treatment.
    end : datetime
        Now, with a zone.
    days : float
        How far back a contact may have begun.

    Returns
    -------
    pyarrow.Table
        ``patient_id``, ``contact`` and ``at``: just before the diagnosis of the contact was
        written down, or now where none was; the latest first.
    """
    rows = tables["encounter"].select(["patient_id", "encounter_id", "started_at", "reason_code"])
    since = pa.scalar(end - timedelta(days=days), pa.timestamp("us", "UTC"))
    rows = rows.filter(pc.greater(rows["started_at"], since))
    rows = rows.filter(pc.is_in(rows["patient_id"], value_set=people))
    follow_up = sorted({code for plan in plans for code in plan.outcome.reasons})
    looks = pc.is_in(category(rows["reason_code"]), value_set=pa.array(follow_up, pa.string()))
    rows = rows.filter(pc.invert(looks))
    rows = rows.filter(pc.invert(pc.is_in(rows["patient_id"], value_set=_died(tables, end))))
    rows = _latest(rows.sort_by([("started_at", "descending"), ("encounter_id", "ascending")]))
    at = _moments(tables, rows["encounter_id"], end)
    return pa.table({"patient_id": rows["patient_id"], "contact": rows["encounter_id"], "at": at})


def _died(tables: Mapping[str, pa.Table], end: datetime) -> pa.ChunkedArray:
    people = tables["patient"]
    died = pc.less_equal(people["death_date"], pa.scalar(end.date(), pa.date32()))
    return people["patient_id"].filter(pc.fill_null(died, fill_value=False))


def _latest(rows: pa.Table) -> pa.Table:
    seen: set[str] = set()
    people = rows["patient_id"].to_pylist()
    first = [not (person in seen or seen.add(person)) for person in people]  # type: ignore[func-returns-value]  # add returns None
    return rows.filter(pa.array(first, pa.bool_()))


def _moments(tables: Mapping[str, pa.Table], contacts: pa.ChunkedArray, end: datetime) -> pa.Array:
    condition = tables["condition"]
    own = condition.filter(pc.is_in(condition["encounter_id"], value_set=contacts))
    first = own.group_by("encounter_id").aggregate([("recorded_at", "min")])
    times = (first["encounter_id"].to_pylist(), first["recorded_at_min"].to_pylist())
    written = dict(zip(*times, strict=True))
    known = (written.get(contact) for contact in contacts.to_pylist())
    return pa.array([at - TICK if at else end for at in known], pa.timestamp("us", "UTC"))
