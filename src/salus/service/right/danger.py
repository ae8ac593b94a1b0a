"""Counts dangerous offers by a plain rule of its own, apart from the guard that is judged."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from salus.treat.guard.rules import packaged_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from salus.treat.guard.rules import Rules

    Rows = list[dict[str, Any]]


def unsafe(tables: Mapping[str, pa.Table], offered: pa.Table) -> int:
    """Count options offered against an allergy, a listed interaction, or a gene that is not minded.

    Every row of the person is gone through: an allergy on record whose ATC code begins the code of
    the medicine, or that is recorded under a code of a class the medicine is in; a medicine taken
    at the moment that is listed with the one offered; metoprolol for somebody whom a laboratory has
    called a poor metaboliser of CYP2D6, without a word of care.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name.
    offered : pyarrow.Table
        ``patient_id``, ``at``, ``medicine`` (ATC codes joined by ``+``) and ``cautioned``.

    Returns
    -------
    int
    """
    rules = packaged_rules()
    people = set(offered["patient_id"].to_pylist())
    allergies = _of(tables["allergy"], people)
    medicines = _of(tables["medication"], people)
    slow = _of(_poor(tables["observation"]), people)
    return sum(
        any(
            _not_tolerated(rules, code, allergies[row["patient_id"]], row["at"])
            or _interacts(rules, code, medicines[row["patient_id"]], row["at"])
            or (not row["cautioned"] and _too_much(code, slow[row["patient_id"]], row["at"]))
            for code in row["medicine"].split("+")
        )
        for row in offered.select(["patient_id", "at", "medicine", "cautioned"]).to_pylist()
    )


def _poor(observation: pa.Table) -> pa.Table:
    rows = observation.filter(pc.equal(observation["code"], "79715-9"))
    return rows.filter(pc.equal(rows["value_text"], "Poor metabolizer"))


def _too_much(medicine: str, slow: Rows, at: datetime) -> bool:
    return medicine.startswith("C07AB02") and any(row["observed_at"] <= at for row in slow)


def _of(table: pa.Table, people: set[str]) -> Mapping[str, Rows]:
    times = [
        name
        for name in ("recorded_at", "started_at", "ended_at", "observed_at")
        if name in table.schema.names
    ]
    rows: dict[str, Rows] = defaultdict(list)
    whose = table["patient_id"].to_pylist()
    kept = [place for place, person in enumerate(whose) if person in people]
    for row in (
        table.select(["patient_id", "code", *times]).take(pa.array(kept, pa.int64())).to_pylist()
    ):
        rows[row["patient_id"]].append(row)
    return rows


def _not_tolerated(rules: Rules, medicine: str, allergies: Rows, at: datetime) -> bool:
    codes = {
        row["code"] for row in allergies if row["recorded_at"] is None or row["recorded_at"] <= at
    }
    classes = [each for each in rules.classes if codes & set(each.codes)]
    return any(medicine.startswith(code) for code in codes) or any(
        medicine.startswith(prefix) for each in classes for prefix in each.atc
    )


def _interacts(rules: Rules, medicine: str, medicines: Rows, at: datetime) -> bool:
    taken = [
        row["code"]
        for row in medicines
        if row["started_at"] is not None
        and row["started_at"] <= at
        and (row["ended_at"] is None or row["ended_at"] > at)
    ]
    pairs = [(each.one, each.other) for each in rules.interactions]
    return any(
        medicine.startswith(mine) and other.startswith(theirs)
        for first, second in pairs
        for ours, others in ((first, second), (second, first))
        for mine in ours
        for theirs in others
        for other in taken
    )
