"""Cities that are damaged, contradict themselves or are empty: each has its stated answer."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from salus.domain.records.catalogue import TABLES
from salus.service.known import KNOWN_AT
from tests.fakes.cities import changed_city, emptied, plus, table_path, with_column
from tests.functional.running import Made, done, listing, salus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[pa.Table], pa.Table]
    Run = Callable[..., Made]

NOON = datetime(2026, 6, 28, 12, tzinfo=UTC)


@pytest.fixture
def run(village: Path, tmp_path: Path) -> Run:
    """Give the day of a village with some of its tables changed."""

    def changed(**changes: Change) -> Made:
        folder = changed_city(village, tmp_path / "changed", **changes)
        return done(tmp_path, "--region", folder, "--stress", "close-loaded=1")

    return changed


def found(run: Made) -> dict[tuple[str, str], tuple[int, str]]:
    """Take what was wrong, how often, and what was done, by table and rule."""
    rows = run.document["tables"]["cleaning"]
    return {(row["table"], row["rule"]): (row["rows"], row["done"]) for row in rows}


def without_values(name: str) -> Change:
    """Leave a column without any value."""
    return with_column(name, lambda column: pa.chunked_array([pa.nulls(len(column), column.type)]))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_damage_is_refused_with_every_fault(village: Path, tmp_path: Path, lang: str) -> None:
    """A broken manifest, a lost, a cut and a changed table are told at once."""
    worded = with_column("value", lambda column: column.cast(pa.string()))
    folder = changed_city(village, tmp_path / "damaged", observation=worded)
    (folder / "city.json").write_text("{", encoding="utf-8")
    table_path(folder, "allergy").unlink()
    queue = table_path(folder, "queue")
    queue.write_bytes(queue.read_bytes()[:400])
    told = salus("run", "--region", folder, "--json", "--lang", lang, "--out", tmp_path / "out")
    assert told.code == 2
    places = [(f["where"]["source"], f["where"]["column"]) for f in told.document["faults"]]
    assert sorted(places, key=str) == [
        ("city.json", None),
        ("operations/queue.parquet", None),
        ("tables/allergy.parquet", None),
        ("tables/observation.parquet", "value"),
    ]
    assert told.err.count("city.json") == 1
    assert ("无法读取" in told.err) == (lang == "zh")
    assert not (tmp_path / "out").exists()
    assert listing(tmp_path / "work" / "salus-home") == {"salus.db"}


def test_another_version_is_refused(village: Path, tmp_path: Path) -> None:
    """A city of a version that is not read says both versions."""
    folder = changed_city(village, tmp_path / "later")
    manifest = json.loads((folder / "city.json").read_text(encoding="utf-8"))
    (folder / "city.json").write_text(json.dumps(manifest | {"format": 99}), encoding="utf-8")
    told = salus("run", "--region", folder)
    assert told.code == 2
    assert "of version 99, but 3 is read" in told.err


def test_rows_that_cannot_be_read_are_refused(village: Path, tmp_path: Path) -> None:
    """Where the head of a file is whole and its rows are not, each such table is named."""
    folder = changed_city(village, tmp_path / "torn")
    for name in ("observation", "condition"):
        path = table_path(folder, name)
        content = bytearray(path.read_bytes())
        content[4:2000] = b"\xff" * 1996
        path.write_bytes(content)
    told = salus("run", "--region", folder, "--json")
    assert told.code == 2
    assert {fault["where"]["source"] for fault in told.document["faults"]} == {
        "tables/condition.parquet",
        "tables/observation.parquet",
    }


def test_required_values_that_are_missing_are_refused(village: Path, tmp_path: Path) -> None:
    """A key without a value is no row that could be mended; how many there are is said."""
    folder = changed_city(village, tmp_path / "keyless", encounter=without_values("encounter_id"))
    told = salus("run", "--region", folder, "--json")
    assert told.code == 2
    (fault,) = told.document["faults"]
    assert (fault["where"]["source"], fault["where"]["column"]) == ("encounter", "encounter_id")


@pytest.mark.parametrize("damage", ["lost", "torn"])
def test_a_sidecar_that_cannot_be_read_is_refused(
    village: Path, tmp_path: Path, damage: str
) -> None:
    """Nothing is compared with half a truth: the folder is named, and no decision is kept."""
    folder = changed_city(village, tmp_path / "half")
    planted = folder / "truth" / "planted.parquet"
    if damage == "lost":
        planted.unlink()
    else:
        planted.write_bytes(b"no table")
    told = salus("run", "--region", folder, "--json")
    assert told.code == 2
    (fault,) = told.document["faults"]
    assert fault["where"]["source"] == "truth/planted.parquet"
    assert "take the whole folder truth away" in fault["remedy"]
    assert listing(tmp_path / "work" / "salus-home") == {"salus.db"}


def test_contradictions_are_mended_and_listed(run: Run, village: Path) -> None:
    """A contact after the death, one that ended before it began, and a person twice are named."""
    (contact,) = pq.read_table(table_path(village, "encounter")).slice(0, 1).to_pylist()
    begun, someone = contact["started_at"], contact["patient_id"]

    def dead(table: pa.Table) -> pa.Table:
        rows = [
            row | ({"death_date": begun.date() - timedelta(days=9), "birth_date": date(1950, 1, 1)})
            if row["patient_id"] == someone
            else row
            for row in table.to_pylist()
        ]
        (first, *_) = rows
        return pa.Table.from_pylist(
            [*rows, first, first | {"family_name": "Roe"}], schema=table.schema
        )

    backward = {"encounter_id": "odd", "started_at": begun, "ended_at": begun - timedelta(days=1)}
    unknown = {"condition_id": "odd", "patient_id": "nobody"}
    day = run(patient=dead, encounter=plus(backward), condition=plus(unknown))
    mended = found(day)
    assert mended["encounter", "after_death"][1] == "marked"
    assert mended["encounter", "end_before_start"] == (1, "left_out")
    assert mended["condition", "unknown_patient"] == (1, "left_out")
    assert mended["patient", "repeated_row"] == (1, "left_out")
    assert mended["patient", "repeated_key"] == (1, "left_out")
    assert "What was mended" in day.page
    assert "The contact began after the death of the patient." in day.page
    assert "Roe" not in day.page + day.text + json.dumps(day.document)


def test_nobody_waits_and_nobody_was_diagnosed(run: Run) -> None:
    """An empty queue is an answer; without diagnoses nothing is learned, and the rest stands."""
    day = run(queue=emptied, condition=emptied)
    assert day.document["tables"]["queue"] == []
    assert day.document["figures"]["queue.distribution.waiting"]["value"] == 0
    assert "Nobody waits for a place" in day.text
    assert "Not advised: no data." in day.text
    assert day.document["right"]["auroc_macro"] is None
    assert day.document["right"]["link_recall"] is not None


def test_more_wait_than_there_are_beds_and_nobody_counted_them(run: Run) -> None:
    """Everybody beyond what the plan leaves over waits on, each with a reason, nobody twice."""
    many = [
        {
            "queue_id": f"Q{number:04}",
            "patient_id": f"someone-{number}",
            "severity": 1.0 + number % 3,
            "waiting_since": NOON - timedelta(minutes=number),
        }
        for number in range(300)
    ]
    day = run(queue=plus(*many), bed_state=emptied)
    rows = day.document["tables"]["queue"]
    waiting = [row for row in rows if row["facility_id"] is None]
    assert len(rows) >= 300
    assert len(waiting) > 290
    assert all(row["reason"] for row in rows)
    points = [r["points"] for r in sorted(rows, key=lambda row: int(row["place_in_queue"]))]
    assert points == sorted(points, reverse=True)
    assert "What is free: what the plan leaves over on its first day." in day.text
    assert "not watched: bed occupancy: nothing lies below the line" in " ".join(day.text.split())


def test_odd_requests_are_counted_by_reason(run: Run) -> None:
    """Who cannot be dispatched is not lost: each reason says how many."""
    odd: list[dict[str, Any]] = [
        {"queue_id": "a", "service_id": "moon"},
        {"queue_id": "b", "district_id": "D999"},
        {"queue_id": "c", "severity": float("nan")},
        {"queue_id": "d", "severity": 0.0},
        {"queue_id": "e"},
        {"queue_id": "f", "patient_id": "new"},
        {"queue_id": "f", "patient_id": "other"},
    ]
    before = run(queue=plus(*odd))
    for said in (
        "for a service that the region does not have: 1.",
        "from a district that the region does not have: 1.",
        "without a severity above 0: 2.",
        "asked for twice by one person: 1.",
        "under a key that an earlier request has: 1.",
    ):
        assert f"Not dispatched: {said}" in before.text
    assert len(before.document["tables"]["queue"]) == 2


def test_a_disease_that_was_never_seen(run: Run) -> None:
    """A diagnosis that nobody had before, in those in care now, is no class and no advice."""

    def unheard(table: pa.Table) -> pa.Table:
        late = pc.greater(table["recorded_at"], pa.scalar(NOON - timedelta(days=10)))
        code = pc.if_else(late, pa.scalar("X99.9"), table["code"])
        return table.set_column(table.schema.get_field_index("code"), "code", code)

    day = run(condition=unheard)
    assert "X99" not in json.dumps(day.document["tables"]["advice"])
    assert day.document["right"]["auroc_macro"] is not None


def test_an_indicator_without_denominator_is_watched_by_its_value(run: Run) -> None:
    """Readings without cases at risk get an I chart, and those without a value are named."""

    def bare(table: pa.Table) -> pa.Table:
        table = without_values("denominator")(table)
        falls = pc.equal(table["indicator_id"], "falls")
        empty = pa.scalar(None, pa.float64())
        return with_column("value", lambda column: pc.if_else(falls, empty, column))(table)

    day = run(indicator_reading=bare)
    charts = {row["indicator"]: row["chart"] for row in day.document["tables"]["indicators"]}
    assert charts["hand_hygiene"] == "i"
    assert "falls" not in charts
    assert "not watched: falls" in day.text


def test_nobody_lives_there(run: Run) -> None:
    """With an empty register every record of a person is left out and counted."""
    day = run(patient=emptied)
    mended = found(day)
    for name in ("encounter", "condition", "observation", "medication", "allergy"):
        assert mended[name, "unknown_patient"][1] == "left_out"
    assert day.document["synthetic"] is True
    assert day.document["right"]["link_precision"] is None
    assert "Not advised: no data." in day.text


def test_nothing_is_on_record(run: Run) -> None:
    """With every table empty the city is planned, and all else says that there is no data."""
    day = run(**dict.fromkeys((*TABLES, "queue"), emptied))
    assert day.document["figures"]["expected.ward.coverage"]["value"] is not None
    assert day.document["tables"]["signals"] == []
    assert "Nobody waits for a place" in day.text
    assert "No quality indicator is outside its usual range now" in day.text


def test_records_that_end_a_year_before_the_day(run: Run) -> None:
    """Old records raise no alarm of today, free no bed and advise on nobody in care."""
    end = NOON - timedelta(days=365)

    def cut(column: str) -> Change:
        def older(table: pa.Table) -> pa.Table:
            day = table.schema.field(column).type
            last = pa.scalar(end.date() if pa.types.is_date(day) else end, day)
            return table.filter(pc.less(table[column], last))

        return older

    names = set(KNOWN_AT) - {"queue", "surgery_list"}
    day = run(**{name: cut(KNOWN_AT[name]) for name in sorted(names)})
    tables = day.document["tables"]
    assert not any(row["open"] for row in tables["signals"])
    assert "what the plan leaves over on its first day" in day.text
    assert tables["advice"] == []
