"""Each rule of cleaning finds its rows, does what it says, and drops nothing silently."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from salus.core.errors import InputError
from salus.data.quality.clean import Cleaned, clean, rules
from salus.data.quality.rule import Done
from salus.domain.records.catalogue import TABLES

BORN, NOON = date(1950, 3, 7), datetime(2026, 6, 1, 12, tzinfo=UTC)
AS_OF = date(2026, 6, 28)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
PATIENT = {"patient_id": "P1", "birth_date": BORN}
CONTACT = {"encounter_id": "E1", "patient_id": "P1", "started_at": NOON}
PULSE = {"code": "8867-4", "system": "http://loinc.org", "unit": "/min", "value": 80.0}
SEEN = {"observation_id": "O1", "patient_id": "P1", "observed_at": NOON} | PULSE
CODED = {"patient_id": "P1", "code": "X", "system": "S"}
BEDSIDE = {"source": "monitor", "sequence": 1, "quantity": "8867-4", "measured_at": NOON}
ROWS: dict[str, dict[str, Any]] = {
    "patient": PATIENT,
    "encounter": CONTACT,
    "observation": SEEN,
    "condition": {"condition_id": "C1"} | CODED,
    "medication": {"medication_id": "M1"} | CODED,
    "procedure": {"procedure_id": "R1"} | CODED,
    "allergy": {"allergy_id": "A1"} | CODED,
    "immunisation": {"immunisation_id": "I1", "given_at": NOON} | CODED,
    "device_reading": BEDSIDE | {"patient_id": "P1", "unit": "/min", "value": 80.0},
    "bed_state": {"facility_id": "H", "resource_id": "bed", "observed_at": NOON},
    "indicator_reading": {"indicator_id": "x", "place_id": "H", "period_end": date(2026, 6, 1)},
}


def tables(**changes: list[dict[str, Any]]) -> dict[str, pa.Table]:
    """Lay one good row out in each table, or the rows given in its place."""
    return {
        name: TABLES[name].take(
            pa.Table.from_pylist(
                [{"source": "made up"} | row | each for each in changes.get(name, [{}])],
                TABLES[name].schema(),
            )
        )
        for name, row in ROWS.items()
    }


def found(cleaned: Cleaned) -> list[tuple[str, str, Done, int]]:
    """Read the findings."""
    return [(each.rule, each.table, each.done, each.rows.num_rows) for each in cleaned.findings]


def test_good_rows_are_left_alone() -> None:
    """Records in which all is well come back as they were."""
    given = tables()
    cleaned = clean(given, AS_OF)
    assert found(cleaned) == []
    assert all(cleaned.tables[name].equals(given[name]) for name in given)
    assert set(cleaned.rows.values()) == {(1, 1)}


BEFORE, YEAR_BEFORE = datetime(1949, 1, 1, tzinfo=UTC), date(1949, 1, 1)
CASES = [
    ("death_before_birth", "patient", {"death_date": YEAR_BEFORE}, "death_date"),
    ("in_the_future", "patient", {"birth_date": date(2027, 1, 1)}, "birth_date"),
    ("in_the_future", "patient", {"death_date": date(2027, 1, 1)}, "death_date"),
    ("end_before_start", "encounter", {"ended_at": NOON - timedelta(hours=1)}, None),
    ("before_birth", "encounter", {"started_at": BEFORE}, None),
    ("in_the_future", "encounter", {"started_at": LATER}, None),
    ("unknown_patient", "encounter", {"patient_id": "P9"}, None),
    ("code_without_system", "encounter", {"reason_code": "R05"}, ""),
    ("unknown_patient", "observation", {"patient_id": "P9"}, None),
    ("unknown_contact", "observation", {"encounter_id": "E9"}, "encounter_id"),
    ("before_birth", "observation", {"observed_at": BEFORE}, None),
    ("in_the_future", "observation", {"observed_at": LATER}, None),
    ("code_without_system", "observation", {"system": None}, ""),
    ("impossible_value", "observation", {"value": 800.0}, "value"),
    ("impossible_value", "observation", {"value": -1.0}, "value"),
    ("impossible_value", "observation", {"value": float("nan")}, "value"),
    ("unusual_unit", "observation", {"unit": "Hz"}, "value"),
    ("unusual_unit", "observation", {"unit": None}, "value"),
    ("end_before_start", "condition", {"onset_at": NOON, "abated_at": BEFORE}, "abated_at"),
    ("before_birth", "condition", {"onset_at": BEFORE}, "onset_at"),
    ("in_the_future", "condition", {"recorded_at": LATER}, "recorded_at"),
    ("code_without_system", "condition", {"system": None}, ""),
    (
        "end_before_start",
        "medication",
        {"started_at": NOON, "ended_at": NOON - timedelta(days=1)},
        "ended_at",
    ),
    ("before_birth", "medication", {"started_at": BEFORE}, ""),
    ("before_birth", "allergy", {"recorded_at": BEFORE}, "recorded_at"),
    ("in_the_future", "allergy", {"recorded_at": LATER}, "recorded_at"),
    ("end_before_start", "procedure", {"started_at": NOON, "ended_at": BEFORE}, "ended_at"),
    ("in_the_future", "immunisation", {"given_at": LATER}, None),
    ("unknown_patient", "device_reading", {"patient_id": "P9"}, "patient_id"),
    ("impossible_value", "device_reading", {"value": 9e9}, "value"),
    ("unusual_unit", "device_reading", {"unit": None}, "value"),
    ("in_the_future", "device_reading", {"measured_at": LATER}, None),
    ("in_the_future", "bed_state", {"observed_at": LATER}, None),
    ("in_the_future", "indicator_reading", {"period_end": date(2027, 1, 1)}, None),
]


@pytest.mark.parametrize(("rule", "table", "change", "column"), CASES)
def test_a_rule_finds_its_row(
    rule: str, table: str, change: dict[str, Any], column: str | None
) -> None:
    """A broken row is left out, loses one value, or is only listed; a good one beside it stays.

    ``column`` is the one that is emptied, ``None`` where the row is left out, and empty where it is
    only listed.
    """
    key = TABLES[table].key[-1] if table != "bed_state" else "ward_id"
    other: dict[str, Any] = {"sequence": 2} if table == "device_reading" else {key: "other"}
    if table == "indicator_reading":
        other = {"place_id": "other"}
    given = tables(**{table: [other, change]})
    cleaned = clean(given, AS_OF)
    done = {None: Done.LEFT_OUT, "": Done.MARKED}.get(column, Done.EMPTIED)
    assert (rule, table, done, 1) in found(cleaned)
    kept = cleaned.tables[table]
    assert kept.num_rows == (1 if column is None else 2)
    if column:
        before, after = (each.to_pylist()[1] for each in (given[table], kept))
        assert after == before | {column: None}
    elif column == "":
        assert kept.equals(given[table])


def test_a_contact_after_death_is_only_listed() -> None:
    """Nobody knows which of the two dates is wrong."""
    cleaned = clean(tables(patient=[{"death_date": date(2020, 1, 1)}]), AS_OF)
    assert found(cleaned) == [("after_death", "encounter", Done.MARKED, 1)]


def test_an_end_that_is_planned_is_no_contradiction() -> None:
    """A medicine may be ordered until next year, and begin next week."""
    ahead = {"started_at": NOON + timedelta(days=60), "ended_at": LATER}
    assert found(clean(tables(medication=[ahead]), AS_OF)) == []


def test_a_day_apart_is_no_contradiction() -> None:
    """Dates are local and moments are UTC."""
    newborn = datetime(1950, 3, 6, 23, tzinfo=UTC)
    assert found(clean(tables(observation=[{"observed_at": newborn}]), AS_OF)) == []


def test_without_an_as_of_day_nothing_lies_in_the_future() -> None:
    """What day it is is for a person to say."""
    assert found(clean(tables(observation=[{"observed_at": LATER}]))) == []


def test_a_row_said_twice_counts_once() -> None:
    """The first of equal rows is kept, and the others are listed by key."""
    cleaned = clean(tables(observation=[{}, {}, {}]), AS_OF)
    assert found(cleaned) == [("repeated_row", "observation", Done.LEFT_OUT, 2)]
    assert cleaned.findings[0].rows.to_pylist() == [{"observation_id": "O1"}] * 2
    assert cleaned.rows["observation"] == (3, 1)


def test_a_patient_with_contradicting_rows_keeps_the_first() -> None:
    """Two rows with one key and two birth dates: the first stands, the second is listed."""
    other = {"birth_date": date(1980, 1, 1)}
    cleaned = clean(tables(patient=[{}, other, other]), AS_OF)
    assert found(cleaned) == [
        ("repeated_row", "patient", Done.LEFT_OUT, 1),
        ("repeated_key", "patient", Done.LEFT_OUT, 1),
    ]
    assert cleaned.tables["patient"]["birth_date"].to_pylist() == [BORN]


def test_a_reading_sent_again_counts_once() -> None:
    """A device that repeats a sequence number repeats a reading, whenever it arrives."""
    again = {"received_at": NOON + timedelta(hours=1)}
    cleaned = clean(tables(device_reading=[{}, again, {"sequence": 2}]), AS_OF)
    assert found(cleaned) == [("repeated_key", "device_reading", Done.LEFT_OUT, 1)]
    assert cleaned.tables["device_reading"]["sequence"].to_pylist() == [1, 2]


def test_keys_out_of_order_are_compared_too() -> None:
    """A key may come again far below."""
    keys = ["O2", "O3", "O1", "O5", "O3"]
    cleaned = clean(tables(observation=[{"observation_id": key} for key in keys]), AS_OF)
    assert found(cleaned) == [("repeated_row", "observation", Done.LEFT_OUT, 1)]
    assert cleaned.tables["observation"]["observation_id"].to_pylist() == keys[:-1]


def test_what_refers_to_a_row_left_out_is_seen() -> None:
    """A contact that is left out leaves its rows, without the contact."""
    backward = {"ended_at": NOON - timedelta(hours=1)}
    cleaned = clean(tables(encounter=[backward], observation=[{"encounter_id": "E1"}]), AS_OF)
    assert found(cleaned)[1] == ("unknown_contact", "observation", Done.EMPTIED, 1)


def test_empty_tables_are_clean() -> None:
    """Nothing to clean, nothing missing, no crash."""
    empty = {name: table.slice(0, 0) for name, table in tables().items()}
    cleaned = clean(empty, AS_OF)
    assert found(cleaned) == []
    assert {each.share for each in cleaned.missing} == {0.0}


def test_a_table_alone_is_cleaned_by_what_it_says() -> None:
    """Without a register nobody is unknown."""
    alone = {"observation": tables(observation=[{"value": 800.0}])["observation"]}
    assert found(clean(alone)) == [("impossible_value", "observation", Done.EMPTIED, 1)]


def test_all_faults_of_all_tables_come_at_once() -> None:
    """A column of another type and a table that is none are both named."""
    wrong = {"observation": pa.table({"value": ["high"]}), "weather": pa.table({"rain": [1]})}
    with pytest.raises(InputError) as caught:
        clean(wrong)
    said = str(caught.value)
    assert "weather" in said
    assert "column value" in said


def test_what_is_missing_is_counted() -> None:
    """An observation in words misses no number."""
    words = {"observation_id": "O2", "value": None, "value_text": "poor metaboliser"}
    nothing = {"observation_id": "O3", "value": None}
    cleaned = clean(tables(observation=[{}, words, nothing]), AS_OF)
    missing = {(each.table, each.column): each for each in cleaned.missing}
    assert missing["observation", "value"].rows == 2
    assert missing["observation", "value"].share == 0.5
    assert missing["patient", "birth_date"].share == 0.0


def test_every_rule_says_what_is_wrong() -> None:
    """A rule is of a standard table, has a sentence, and empties only what may be empty."""
    for rule in rules():
        fields = {field.name: field for field in TABLES[rule.table].fields}
        assert str(rule.sentence).endswith(".")
        assert (rule.done is Done.EMPTIED) == bool(rule.empties)
        assert not any(fields[column].required for column in rule.empties)
