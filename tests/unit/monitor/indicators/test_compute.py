"""Indicators counted from the standard tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from salus.core.errors import InputError
from salus.domain.records.operations import INDICATOR_READING
from salus.monitor.indicators.catalogue import MEASURES, ChartKind
from salus.monitor.indicators.compute import Level, Periods, Readings, compute
from tests.fakes.care import at, contact, died, records

if TYPE_CHECKING:
    from salus.monitor.indicators.contacts import Records

WEEKS = Periods(date(2025, 3, 4), days=7, count=9)


def reading(some: Records, measure: str, level: Level = Level.REGION) -> Readings:
    """Count a measure by weeks; the first of them ends on the seventh of January."""
    return compute(some, MEASURES[measure], level, WEEKS)


def values(some: Records, measure: str) -> list[float | None]:
    """Count a measure for the region by weeks."""
    found: list[float | None] = reading(some, measure).table["value"].to_pylist()
    return found


def test_a_week_without_stays_is_a_gap_in_the_mean_and_a_zero_in_the_count() -> None:
    """Nothing below the line gives no figure, and says so."""
    some = records(encounter=[contact("E1", "P1", 0, 3), contact("E2", "P2", 8, None)])
    assert values(some, "length_of_stay") == [3.0] + [None] * 8
    assert values(some, "admissions") == [1.0, 1.0] + [0.0] * 7
    note = str(reading(some, "length_of_stay").notes[0])
    assert note.endswith("periods without anything below the line are gaps: 8 of 9")


def test_no_case_at_all_gives_no_reading_and_a_note() -> None:
    """An indicator without any case is said, not invented."""
    none = reading(records(encounter=[]), "length_of_stay")
    assert none.table.num_rows == 0
    assert len(none.notes) == 1


def test_deaths_are_counted_in_the_week_the_stay_ended() -> None:
    """A death during the stay counts, one after it does not."""
    some = records(
        encounter=[contact("E1", "P1", 0, 3), contact("E2", "P2", 0, 3)],
        patient=[died("P1", 2), died("P2", 20)],
    )
    assert values(some, "mortality")[0] == 0.5


def test_readmissions_need_thirty_days_to_be_known() -> None:
    """Coming back within 30 days counts; the dead and the last 30 days are left out."""
    some = records(
        encounter=[
            contact("E1", "P1", 0, 2),
            contact("E2", "P1", 20, 22),
            contact("E3", "P2", 0, 3),
            contact("E4", "P3", 0, 3),
            contact("E5", "P2", 50, 52),
        ],
        patient=[died("P1", None), died("P2", None), died("P3", 3)],
    )
    found = values(some, "readmission_30")
    assert found[0] == 0.5
    assert found[3] == 0.0
    assert found[4:] == [None] * 5


def test_emergency_visits_are_long_and_return() -> None:
    """More than four hours is long; a second visit within three days is a return."""
    some = records(
        encounter=[
            contact("E1", "P1", 0, 0.1, "EMER"),
            contact("E2", "P1", 2, 2.5, "EMER"),
            contact("E3", "P2", 3, 3.1, "EMER"),
        ]
    )
    assert values(some, "emergency_visits")[0] == 3
    assert values(some, "emergency_over_four_hours")[0] == pytest.approx(1 / 3)
    assert values(some, "emergency_return_72")[0] == pytest.approx(1 / 3)


def test_an_infection_is_acquired_from_the_third_day_on() -> None:
    """Sepsis on day 3 counts, on day 1 it was brought along, and a fracture never counts."""
    some = records(
        encounter=[contact(f"E{k}", f"P{k}", 0, 5) for k in range(4)],
        condition=[
            {"patient_id": "P0", "encounter_id": "E0", "code": "A41.9", "onset_at": at(3)},
            {"patient_id": "P1", "encounter_id": "E1", "code": "A41.9", "onset_at": at(1)},
            {"patient_id": "P2", "encounter_id": "E2", "code": "S72.0", "onset_at": at(3)},
            {"patient_id": "P3", "encounter_id": "E3", "code": "N390", "recorded_at": at(2)},
            {"patient_id": "P9", "encounter_id": None, "code": "A41.9", "recorded_at": at(2)},
        ],
    )
    assert values(some, "acquired_infection")[0] == 0.5


def test_a_medicine_begun_before_allergies_were_noted_is_unchecked() -> None:
    """Noted before, or without a date, is checked; noted later or never is not."""
    begun = [{"patient_id": f"P{k}", "encounter_id": "E1", "started_at": at(1)} for k in range(4)]
    noted: list[dict[str, Any]] = [
        {"patient_id": "P0", "recorded_at": at(0)},
        {"patient_id": "P1", "recorded_at": at(2)},
        {"patient_id": "P2", "recorded_at": None},
    ]
    some = records(encounter=[contact("E1", "P1", 0, 3)], medication=begun, allergy=noted)
    assert values(some, "no_allergy_check")[0] == 0.5


def test_what_was_not_done_and_what_has_no_result() -> None:
    """Procedures called off, and tests without value or text."""
    some = records(
        encounter=[contact("E1", "P1", 0, 3)],
        procedure=[
            {"patient_id": "P1", "encounter_id": "E1", "started_at": at(1), "status": status}
            for status in ("completed", "not-done", None, "completed")
        ],
        observation=[
            {"patient_id": "P1", "encounter_id": "E1", "observed_at": at(1), "value": value}
            for value in (1.0, None)
        ],
    )
    assert values(some, "procedure_not_done")[0] == 0.25
    assert values(some, "no_result")[0] == 0.5


def test_occupancy_is_the_share_of_staffed_beds_over_all_looks() -> None:
    """Looks at several wards are added up before they are divided."""
    looks = [
        {"facility_id": "H1", "ward_id": ward, "resource_id": "ward_bed", "observed_at": at(day)}
        | {"staffed": staffed, "occupied": occupied}
        for ward, day, staffed, occupied in (("A", 0, 10, 9), ("B", 1, 30, 15), ("B", 2, None, 3))
    ]
    found = reading(records(bed_state=looks), "bed_occupancy", Level.WARD).table
    assert found["place_id"].unique().to_pylist() == ["H1/A", "H1/B"]
    assert values(records(bed_state=looks), "bed_occupancy")[0] == 24 / 40


def test_what_has_no_place_or_contradicts_itself_is_counted_and_said() -> None:
    """A stay without facility counts for the region; one that ends before it begins never."""
    some = records(
        encounter=[
            contact("E1", "P1", 0, 3),
            contact("E2", "P2", 0, 3, place=""),
            contact("E3", "P3", 5, 3),
        ]
    )
    assert values(some, "admissions")[0] == 2
    found = reading(some, "admissions", Level.FACILITY)
    assert found.table["value"].to_pylist()[0] == 1
    assert [str(note) for note in found.notes] == [
        "admissions: cases without a place: 1",
        "admissions: contacts left out because they end before they begin: 1",
    ]


def test_all_missing_tables_are_named_at_once() -> None:
    """A measure says which tables it needs."""
    with pytest.raises(InputError) as caught:
        reading(records(), "no_allergy_check")
    assert [fault.where.source for fault in caught.value.faults] == [
        "encounter",
        "medication",
        "allergy",
    ]


def test_readings_are_the_standard_table() -> None:
    """What is computed is what data writes and service reads."""
    found = reading(records(encounter=[contact("E1", "P1", 0, 3)]), "length_of_stay")
    assert INDICATOR_READING.take(found.table).schema == INDICATOR_READING.schema()


def test_every_measure_says_what_it_counts() -> None:
    """A share has something below the line and a P chart, unless it is of beds."""
    for measure in MEASURES.values():
        assert str(measure.sentence)
        assert str(measure.numerator)
        if measure.chart is ChartKind.PROPORTIONS:
            assert measure.denominator is not None
