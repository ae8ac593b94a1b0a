"""Records of one hospital of three wards, small enough to be counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from salus.data.synthetic.operations import OPERATIONS, QUEUE
from salus.domain.records.catalogue import TABLES
from salus.service.read_records import OF_WARDS
from salus.service.records import Records
from salus.service.weeks.rooms import wards_of
from salus.service.weeks.site import Site
from salus.service.weeks.staff import nurses_of, surgeons_of, theatres_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.domain.records.table import StandardTable

    Row = dict[str, Any]

LAST = date(2026, 6, 28)
"""A Sunday."""
NOW = datetime(2026, 6, 29, tzinfo=UTC)


def _laid(kind: StandardTable, rows: Iterable[Row]) -> pa.Table:
    """Lay rows out; what is required and not given is filled."""
    fill: Row = {"source": "made up"} if "source" in kind.schema().names else {}
    return kind.take(pa.Table.from_pylist([fill | row for row in rows], schema=kind.schema()))


def person(key: str, sex: str | None = "female", age: int = 40) -> Row:
    """Register somebody of an age, born on the first of January."""
    return {"patient_id": key, "sex": sex, "birth_date": date(LAST.year - age, 1, 1)}


def stay(key: str, ward: str, days: float, ended: float | None = None, place: str = "H1") -> Row:
    """Let a person lie in a ward since some days ago, or until some days ago."""
    return {
        "encounter_id": f"E-{key}-{days}",
        "patient_id": key,
        "facility_id": place,
        "ward_id": ward,
        "class": "IMP",
        "started_at": NOW - timedelta(days=days),
        "ended_at": None if ended is None else NOW - timedelta(days=ended),
    }


def request(key: str, *, ready: int = 1, due: int = 300, **more: Any) -> Row:
    """Put a person on the list of the only surgeon; days count from the last of the records."""
    return {
        "request_id": f"S-{key}",
        "patient_id": key,
        "facility_id": "H1",
        "surgeon_id": "H1-S1",
        "operation": "Hernia repair",
        "minutes": 100,
        "stay": 2,
        "listed_on": LAST - timedelta(days=30),
        "ready_on": LAST + timedelta(days=ready),
        "due_on": LAST + timedelta(days=due),
    } | more


def bed_state(ward: str, occupied: int, closed: int = 0, days: int = 0) -> Row:
    """Count the beds of a ward in use, some days before the last."""
    return {
        "facility_id": "H1",
        "ward_id": ward,
        "resource_id": "ward_bed",
        "observed_at": NOW - timedelta(days=days, hours=18),
        "staffed": 6,
        "occupied": occupied,
        "closed": closed,
    }


def on_duty(days: int = 14) -> list[Row]:
    """Let three nurses of each ward share the shifts, each always in the same."""
    return [
        {"nurse_id": f"{ward}-N{n}", "day": LAST + timedelta(days=1 + day), "shift": shift}
        for ward in ("H1-W1", "H1-W2")
        for n, shift in enumerate(("early", "late", "night"))
        for day in range(days)
    ]


SITE: dict[str, list[Row]] = {
    "ward": [
        {"ward_id": w, "facility_id": "H1", "kind": k, "resource_id": "ward_bed", "staffed": 6}
        for w, k in (("H1-W1", "surgical"), ("H1-W2", "geriatric"), ("H1-W3", "intensive"))
    ],
    "room": [
        {"room_id": f"{ward}-R{n}", "ward_id": ward, "beds": beds}
        for ward in ("H1-W1", "H1-W2", "H1-W3")
        for n, beds in enumerate((3, 2, 1))
    ],
    "theatre": [{"theatre_id": "H1-T1", "facility_id": "H1", "minutes_per_day": 480}],
    "surgeon": [{"surgeon_id": "H1-S1", "facility_id": "H1", "minutes_per_day": 300}],
    "nurse": [
        {"nurse_id": f"{ward}-N{n}", "ward_id": ward, "skill": n + 1}
        for ward in ("H1-W1", "H1-W2")
        for n in range(3)
    ],
    "roster": on_duty(),
    "surgery_list": [],
}
"""Two wards of six beds, an intensive one, a theatre and a surgeon."""


def one_hospital(**rows: list[Row]) -> Records:
    """Make records of the hospital; tables that are not given are those of ``SITE``, or empty."""
    tables = {name: _laid(kind, rows.get(name, ())) for name, kind in TABLES.items()}
    wards = {name: _laid(OPERATIONS[name], rows.get(name, SITE[name])) for name in OF_WARDS}
    queue = QUEUE.schema().empty_table()
    return Records("made up", LAST, tables, queue, made_up=True, wards=wards)


def site_of(made: Records, stays: Iterable[Row] = ()) -> Site:
    """Read the hospital for two weeks."""
    wards = wards_of(made, "H1", stays)
    people = surgeons_of(made, "H1", 14), nurses_of(made, wards, 14)
    return Site("H1", NOW.date(), 14, wards, theatres_of(made, "H1", 14), *people)
