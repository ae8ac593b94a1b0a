"""The records of a city agree with each other and with the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from salus.data.synthetic.diseases import diseases
from salus.data.synthetic.formulary import allergies, medicines
from salus.data.synthetic.seasons import AMBULATORY, EMERGENCY, INPATIENT, calendar
from salus.data.synthetic.spec import CitySpec
from salus.data.synthetic.truth import read_truth
from salus.domain.records.catalogue import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.synthetic.city import City


def read(city: City, name: str) -> pa.Table:
    """Read a standard table whole."""
    return city.table(name).to_table()


@pytest.mark.parametrize("name", TABLES)
def test_foreign_keys_hold(village: City, name: str) -> None:
    """Each patient and encounter that a row names is in its own table."""
    table = read(village, name)
    for key, home in (("patient_id", "patient"), ("encounter_id", "encounter")):
        if key in table.column_names:
            known = pc.is_in(table[key].drop_null(), read(village, home)[key])
            assert pc.all(known).as_py() in {True, None}


def test_places_of_encounters_exist(village: City) -> None:
    """Each inpatient lies in a ward of the hospital; nobody else has a ward."""
    encounters = read(village, "encounter")
    wards = village.operation("ward").to_table()
    inside = encounters.filter(pc.equal(encounters["class"], "IMP"))
    assert pc.all(pc.is_in(inside["ward_id"], wards["ward_id"])).as_py()
    assert inside["ward_id"].null_count == 0
    outside = encounters.filter(pc.not_equal(encounters["class"], "IMP"))
    assert outside["ward_id"].null_count == outside.num_rows
    assert pc.all(
        pc.equal(pc.utf8_slice_codeunits(inside["ward_id"], 0, 4), inside["facility_id"])
    ).as_py()


def test_dates_are_in_order(village: City) -> None:
    """Nobody is seen before birth or after death, and nothing ends before it begins."""
    people = read(village, "patient").select(["patient_id", "birth_date", "death_date"])
    seen = read(village, "encounter").join(people, "patient_id")
    began = seen["started_at"].cast(pa.date32())
    assert pc.all(pc.greater_equal(began, seen["birth_date"])).as_py()
    assert pc.all(pc.less_equal(began, seen["death_date"])).as_py() in {True, None}
    assert pc.all(pc.greater(seen["ended_at"], seen["started_at"])).as_py()
    spec = village.manifest.spec
    assert spec.start <= pc.min(began).as_py() <= pc.max(began).as_py() <= spec.as_of


def test_findings_come_before_the_diagnosis(village: City) -> None:
    """All that was found at a contact was found before its diagnosis was recorded."""
    known = read(village, "condition").select(["encounter_id", "recorded_at"])
    known = known.filter(pc.is_valid(known["encounter_id"]))
    found = read(village, "observation").select(["encounter_id", "observed_at"])
    both = found.join(known, "encounter_id", join_type="inner")
    assert both.num_rows > 1000
    assert pc.all(pc.less(both["observed_at"], both["recorded_at"])).as_py()


def test_no_reason_tells_the_diagnosis(village: City) -> None:
    """People come because of a symptom: the reason is never one of the thirty diseases."""
    reasons = set(read(village, "encounter")["reason_code"].to_pylist())
    assert not reasons & {disease.icd10 for disease in diseases()}


def test_recorded_diagnoses_are_true(village: City, village_folder: Path) -> None:
    """The diagnosis recorded at a contact is what the patient had."""
    true = read_truth(village_folder, "true_disease")
    recorded = read(village, "condition").select(["encounter_id", "code"])
    both = true.join(recorded, "encounter_id", join_type="inner")
    assert both.num_rows == true.num_rows - pc.sum(true["follow_up"]).as_py()
    assert pc.all(pc.equal(both["code"], both["disease"])).as_py()


def test_outcomes_are_those_of_the_arm_given(village: City, village_folder: Path) -> None:
    """Exactly one arm was given, is on record, and its outcome was measured afterwards."""
    outcomes = read_truth(village_folder, "potential_outcome")
    given = outcomes.filter(outcomes["given"])
    assert given.num_rows * 4 == outcomes.num_rows
    recorded = read(village, "medication").select(["encounter_id", "code"])
    both = given.join(recorded, "encounter_id", join_type="inner")
    assert both.num_rows == given.num_rows
    assert pc.all(pc.equal(both["code"], both["arm"])).as_py()
    measured = read(village, "observation").select(["patient_id", "code", "value"])
    keys = ["patient_id", "outcome_code", "outcome"]
    found = given.join(measured, keys, ["patient_id", "code", "value"], join_type="left semi")
    assert found.num_rows == given.num_rows


def test_nobody_is_given_what_an_allergy_forbids(village: City) -> None:
    """No prescription is of a class to which the patient has an allergy on record."""
    allergic = read(village, "allergy").select(["patient_id", "code"])
    given = read(village, "medication").select(["patient_id", "code"])
    both = given.join(allergic, "patient_id", right_suffix="_class", join_type="inner")
    pairs = zip(both["code"].to_pylist(), both["code_class"].to_pylist(), strict=True)
    assert not [code for code, class_ in pairs if code.startswith(class_)]


def test_duplicates_are_the_same_person_with_slips(village: City, village_folder: Path) -> None:
    """About one in fifty is registered twice; sex agrees, and most other fields do."""
    twice = read_truth(village_folder, "duplicate")
    people = read(village, "patient")
    assert 0.01 < twice.num_rows / village.manifest.spec.people < 0.03
    assert people.num_rows == village.manifest.spec.people + twice.num_rows
    both = twice.join(people, "patient_id").join(people, "same_as", "patient_id", right_suffix="_1")
    assert pc.all(pc.equal(both["sex"], both["sex_1"])).as_py()
    for field in ("family_name", "given_name", "birth_date", "address"):
        assert 0.5 < pc.mean(pc.equal(both[field], both[f"{field}_1"])).as_py() < 1


def test_the_queue_waits_alive_and_outside(village: City) -> None:
    """Who waits is a registered patient, alive, and waits for a service of the region."""
    people = read(village, "patient").select(["patient_id", "death_date"])
    queue = village.operation("queue").to_table().join(people, "patient_id")
    assert queue["death_date"].null_count == queue.num_rows
    assert set(queue["service_id"].to_pylist()) <= {"ward", "icu"}
    assert queue["district_id"].null_count == 0


def test_seasons_are_visible() -> None:
    """Winter, weekdays and holidays change how busy a day is, by class."""
    spec = CitySpec()
    days = calendar(spec.start, spec.as_of)
    flu = days.weights(0.95, EMERGENCY)
    at = {day: place for place, day in enumerate(days.days.astype(str))}
    assert flu[at["2026-01-14"]] > 10 * flu[at["2025-07-16"]]
    visits = days.weights(0, AMBULATORY)
    assert visits[at["2026-06-27"]] < 0.3 * visits[at["2026-06-26"]]
    assert visits[at["2025-12-25"]] < 0.1 * visits[at["2025-12-18"]]
    drawn = days.draw(20_000, 0.95, INPATIENT, np.random.Generator(np.random.PCG64(1)))
    month = drawn.astype("datetime64[s]").astype("datetime64[M]").astype(int) % 12
    assert (month == 0).sum() > 5 * (month == 6).sum()


def test_device_readings_count_up(village: City) -> None:
    """Within a monitor, time goes with the sequence, and nothing is received before measured."""
    readings = read(village, "device_reading").sort_by([("source", "ascending")])
    for source in pc.unique(readings["source"]).to_pylist():
        mine = readings.filter(pc.equal(readings["source"], source)).sort_by("sequence")
        assert (np.diff(mine["measured_at"].to_numpy().astype(np.int64)) >= 0).all()
    late = pc.less(readings["received_at"], readings["measured_at"])
    assert not pc.any(late).as_py()


def test_beds_in_use_are_there(village: City) -> None:
    """Occupied beds are staffed beds, and about as full as the region says."""
    beds = read(village, "bed_state")
    assert pc.all(pc.less_equal(beds["occupied"], beds["staffed"])).as_py()
    full = pc.sum(beds["occupied"]).as_py() / pc.sum(beds["staffed"]).as_py()
    assert 0.5 < full < 0.95


def test_codes_are_known() -> None:
    """Keys of the published tables are unique, and allergies to medicines forbid one."""
    for rows in ([each.icd10 for each in diseases()], [each.atc for each in medicines()]):
        assert len(set(rows)) == len(rows)
    assert any(each.forbids(medicine) for each in allergies() for medicine in medicines())
