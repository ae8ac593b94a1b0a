"""``salus allocate hospital solve --warm`` with a plan of an earlier state of the hospital."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salus.allocate.hospital.files import read_plan, write_hospital, write_plan
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from tests.fakes.small_house import HOUSE, PLAN, patient
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = replace(
    HOUSE,
    patients=(*HOUSE.patients, patient("gone")),
    nurses=(*HOUSE.nurses, replace(HOUSE.nurses[0], id="left")),
)
OLD = HospitalPlan(
    (*PLAN.admissions, Admission("gone", 1, "r1", "t1")),
    (*PLAN.duties, Duty("left", 2, ())),
)
NOW = replace(HOUSE, nurses=(replace(HOUSE.nurses[0], loads={0: 5, 1: 5, 3: 5}), *HOUSE.nurses[1:]))


@pytest.mark.parametrize("form", [".json", ""])
def test_what_does_not_fit_any_more_is_left_out(tmp_path: Path, form: str) -> None:
    """A nurse off duty or gone, a patient gone: the rest is begun with, and no rule is broken."""
    file, plan = tmp_path / f"now{form}", tmp_path / f"old{form}"
    write_hospital(Hospital.plain(NOW), file)
    write_plan(Hospital.plain(BEFORE), OLD, plan)
    found = read_plan(plan, Hospital.plain(NOW), earlier=True)
    assert {each.patient for each in found.admissions} == {each.patient for each in PLAN.admissions}
    assert {(each.nurse, each.shift) for each in found.duties} == {
        (each.nurse, each.shift) for each in PLAN.duties if (each.nurse, each.shift) != ("n0", 2)
    }
    solve = ("allocate", "hospital", "solve", file, "--iterations", "20000", "--warm", plan)
    told = salus(*solve, "--home", tmp_path / "home", "--json")
    assert (told.code, told.document["total_violations"]) == (0, 0)
    told = salus("allocate", "hospital", "verify", file, plan, "--home", tmp_path / "home")
    assert told.code == 2
