"""What the records teach: who was diagnosed with what, who was given what, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.domain.records.catalogue import TABLES
from salus.treat.moments import SCHEMA
from salus.treat.past import DAY, category, courses, standard_rows
from salus.treat.stream import Stream, ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from salus.treat.plans.plan import Outcome, Plan

    Whole = NDArray[np.int64]
    Values = NDArray[np.float64]

LATE_DAYS = 7
"""A condition may be written down this long after its treatment began."""


@dataclass(frozen=True, slots=True, eq=False)
class Diagnoses:
    """Moments just before a diagnosis was written down, and what it was.

    Parameters
    ----------
    keys : pyarrow.Table
        ``patient_id`` and ``at``.
    labels : ndarray of str, shape (n,)
        Category of the diagnosis, such as ``E11``.
    contacts : pyarrow.Array of str
        Key of each contact.
    """

    keys: pa.Table
    labels: NDArray[np.str_]
    contacts: pa.Array

    def take(self, rows: Whole) -> Diagnoses:
        """Take some of them, by their places."""
        return Diagnoses(self.keys.take(rows), self.labels[rows], self.contacts.take(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Episodes:
    """First treatments of a condition, the moment before each, and the outcome.

    Parameters
    ----------
    plan : Plan
        Of which condition.
    keys : pyarrow.Table
        ``patient_id`` and ``at``, a microsecond before the first dose.
    arm : ndarray of int, shape (n,)
        Place of the arm in the plan.
    outcome : ndarray, shape (n,)
        First measurement within the days of the plan, in its unit.
    """

    plan: Plan
    keys: pa.Table
    arm: Whole
    outcome: Values

    def take(self, rows: Whole) -> Episodes:
        """Take some of them, by their places."""
        return Episodes(self.plan, self.keys.take(rows), self.arm[rows], self.outcome[rows])

    def apart(self, people: pa.Array) -> tuple[Episodes, Episodes]:
        """Part those of other people from those of these."""
        own = pc.is_in(self.keys["patient_id"], value_set=people).to_numpy()
        return self.take(np.flatnonzero(~own)), self.take(np.flatnonzero(own))


def diagnoses(tables: Mapping[str, pa.Table]) -> Diagnoses:
    """List each contact with a diagnosis, just before it was written down.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name; ``condition`` is read. A row without a contact or without the
        time it was recorded takes no part.

    Returns
    -------
    Diagnoses
        One for each contact: its first diagnosis, of two at one time the first code.

    Raises
    ------
    InputError
        If the table does not have its standard columns.
    """
    people = pc.unique(tables["condition"]["patient_id"])
    rows = standard_rows(tables, "condition", people)
    rows = rows.filter(pc.and_(pc.is_valid(rows["encounter_id"]), pc.is_valid(rows["recorded_at"])))
    rows = pa.table(
        {
            "encounter_id": rows["encounter_id"],
            "patient_id": rows["patient_id"],
            "at": rows["recorded_at"],
            "label": category(rows["code"]),
        }
    ).sort_by([("encounter_id", "ascending"), ("at", "ascending"), ("label", "ascending")])
    contact = rows["encounter_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    first = rows.filter(pa.array(np.diff(contact, prepend=-1) != 0))
    keys = _keys(first["patient_id"], ticks(first["at"]) - 1)
    labels = np.array(first["label"].to_pylist(), dtype=np.str_)
    return Diagnoses(keys, labels, first["encounter_id"].combine_chunks())


def episodes(plan: Plan, tables: Mapping[str, pa.Table]) -> Episodes:
    """Find everybody's first treatment of a condition, and what came of it.

    Somebody takes part whose condition was recorded by a week after the first dose, who began
    exactly the medicines of one arm at one time, and whose outcome was measured in the days and in
    the unit of the plan.

    Parameters
    ----------
    plan : Plan
        Of the condition.
    tables : mapping of str to pyarrow.Table
        Standard tables by name; ``condition``, ``medication`` and ``observation`` are read.

    Returns
    -------
    Episodes
        Sorted by patient; possibly none.

    Raises
    ------
    InputError
        If a table does not have its standard columns.
    """
    starts = _starts(plan, tables)
    people = starts["patient_id"].combine_chunks()
    whose = np.arange(len(people))
    begin = ticks(starts["started_at"])
    condition = standard_rows(tables, "condition", people)
    known = Stream.of(len(people), condition, category(condition["code"]), "recorded_at")
    ever = np.full_like(begin, np.iinfo(np.int64).min)
    ill = known.count(plan.icd10, whose, ever, begin + LATE_DAYS * DAY) > 0
    outcome = _outcomes(plan, tables, people, begin)
    kept = ill & np.isfinite(outcome)
    keys = _keys(starts["patient_id"].filter(pa.array(kept)), begin[kept] - 1)
    return Episodes(plan, keys, starts["arm"].to_numpy()[kept], outcome[kept])


def _starts(plan: Plan, tables: Mapping[str, pa.Table]) -> pa.Table:
    # For each patient, the first time that any medicine of the plan began: which ones began then.
    codes = sorted({code for arm in plan.arms for code in arm.medicines})
    table = tables["medication"].filter(pc.is_in(tables["medication"]["code"], pa.array(codes)))
    people = pc.unique(table["patient_id"])
    rows = courses(standard_rows({"medication": table}, "medication", people))
    first = rows.group_by("patient_id").aggregate([("started_at", "min")])
    rows = rows.join(first, "patient_id").select(
        ["patient_id", "code", "started_at", "started_at_min"]
    )
    rows = rows.filter(pc.equal(rows["started_at"], rows["started_at_min"]))
    given: dict[str, set[str]] = {}
    for person, code in zip(rows["patient_id"].to_pylist(), rows["code"].to_pylist(), strict=True):
        given.setdefault(person, set()).add(code)
    arms = {frozenset(arm.medicines): place for place, arm in enumerate(plan.arms)}
    chosen = sorted(
        (person, arms[key]) for person, had in given.items() if (key := frozenset(had)) in arms
    )
    answer = pa.table(
        {
            "patient_id": pa.array([person for person, _ in chosen], pa.string()),
            "arm": pa.array([arm for _, arm in chosen], pa.int64()),
        }
    )
    at = dict(zip(first["patient_id"].to_pylist(), ticks(first["started_at_min"]), strict=True))
    began = pa.array([at[person] for person, _ in chosen], pa.int64())
    return answer.append_column("started_at", began.cast(pa.timestamp("us", "UTC")))


def _outcomes(plan: Plan, tables: Mapping[str, pa.Table], people: pa.Array, begin: Whole) -> Values:
    measure = plan.outcome
    rows = tables["observation"]
    rows = rows.filter(pc.and_(pc.equal(rows["code"], measure.loinc), pc.is_valid(rows["value"])))
    rows = standard_rows({"observation": rows}, "observation", people)
    rows = rows.filter(pc.equal(rows["unit"], measure.unit))
    rows = rows.filter(_looked_after(rows["encounter_id"], measure, tables))
    stream = Stream.of(len(people), rows, rows["code"], "observed_at", rows["value"].to_numpy())
    since = begin + np.int64(measure.from_day * DAY) - 1
    until = begin + np.int64(measure.until_day * DAY)
    return stream.first(measure.loinc, np.arange(len(people)), since, until)


def _looked_after(
    contact: pa.ChunkedArray, measure: Outcome, tables: Mapping[str, pa.Table]
) -> pa.ChunkedArray:
    # A reading without a contact, or at a contact without a reason, tells of no other illness.
    encounter = tables.get("encounter", TABLES["encounter"].schema().empty_table())
    place = pc.index_in(contact, value_set=encounter["encounter_id"])
    reason = category(encounter["reason_code"].take(place))
    return pc.or_(pc.is_null(reason), pc.is_in(reason, value_set=pa.array(measure.reasons)))


def _keys(people: pa.ChunkedArray, at: Whole) -> pa.Table:
    moments = pa.array(at, pa.int64()).cast(pa.timestamp("us", "UTC"))
    return pa.table({"patient_id": people, "at": moments}, schema=SCHEMA)
