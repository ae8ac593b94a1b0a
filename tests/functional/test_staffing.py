"""A region that states its staff and its inpatients: the plan keeps the law, and tells it."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from salus.data.region.sample import sample_region
from tests.functional.running import salus

FILES = {
    "staff": "facility_id,staff_id,name,people,staffed,unit,shift_hours,week_hours\n"
    "H01,nurse,nurses,900,330,shifts,8,40\n"
    "H02,nurse,nurses,760,420,shifts,8,40\n",
    "ratios": "staff_id,bed_id,patients\nnurse,ward_bed,4\nnurse,icu_bed,2\n",
    "lending": "from_facility_id,to_facility_id,resource_id,units,minutes,agreed,credentials\n"
    "H02,H01,nurse,40,30,25,yes\n"
    "H02,H04,icu_bed,2,45,,no\n",
    "inpatients": "group_id,facility_id,service_id,patients,days_left,fit_in_days\n"
    "icu1,H01,icu,12,5,0\n"
    "sick,H02,icu,5,7,\n",
    "transfers": "group_id,to_facility_id,to_service_id,minutes,escort,escort_hours\n"
    "icu1,H04,ward,40,intensive care nurse,1.5\n"
    "sick,H03,,45,doctor,2\n",
    "transport": "facility_id,accepts,vehicle_hours,escort_hours\nH01,0,12,6\nH04,4,0,0\n",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, str]:
    """Run the sample with these files once: the document, and the page in Chinese."""
    found = tmp_path_factory.mktemp("staffing")
    shutil.copytree(sample_region(), found / "region")
    for name, text in FILES.items():
        (found / "region" / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALUS_GUESTS", "0")
        out, home = found / "out", found / "home"
        asked = ("--stress", "record", "--lang", "zh", "--json", "--out", out, "--home", home)
        made = salus("run", "--region", found / "region", *asked)
    assert made.code == 0, made.err
    return made.document, (out / "report.html").read_text(encoding="utf-8")


def test_every_plan_keeps_the_law(told: tuple[Any, str]) -> None:
    """No limit is passed, in no scenario; some hold the record week back, at a price."""
    rows = told[0]["tables"]["staff"]
    assert {(row["facility_id"], row["rule"]) for row in rows} == {
        (facility, rule) for facility in ("H01", "H02") for rule in ("ratio", "hours")
    }
    assert all(row["work"] <= row["most_work"] * (1 + 1e-6) for row in rows)
    held = [row for row in rows if row["scenario"] == "stress1" and row["runs_full"]]
    assert held
    assert max(row["worth_minutes_per_unit"] for row in held) > 0
    plans = told[0]["tables"]["methods"]
    assert all(row["verified"] for row in plans)


def test_moved_patients_are_told_with_their_escort(told: tuple[Any, str]) -> None:
    """Each move keeps what receiver, vehicle and escort allow in a day."""
    rows = told[0]["tables"]["transfers"]
    assert rows
    for row in rows:
        assert (row["facility_id"], row["to_facility_id"]) == ("H01", "H04")
        assert (row["service"], row["to_service"]) == ("icu", "ward")
        assert row["escort"] == "intensive care nurse"
        assert row["patients"] == round(row["patients"]) <= 4
        assert row["escort_hours"] == 1.5 * row["patients"] <= 6
        assert row["vehicle_hours"] <= 12


def test_what_cannot_be_planned_is_told(told: tuple[Any, str]) -> None:
    """A loan without credentials and a patient who is not fit are named with the reason."""
    rows = told[0]["tables"]["impossible"]
    reasons = {(row["move"], row["what"], row["reason"]) for row in rows}
    assert reasons == {
        ("lent", "icu_bed", "their credentials are not valid at the host"),
        ("moved", "sick", "the patients are not fit to travel"),
    }


def test_the_page_tells_it_in_the_language_of_the_reader(told: tuple[Any, str]) -> None:
    """The section stands in the page, with its reasons in Chinese."""
    assert "人员可工作多少，哪些患者转运" in told[1]
    assert "患者病情不宜转运" in told[1]


def test_assumptions_say_what_is_taken_for_granted(told: tuple[Any, str]) -> None:
    """Shifts of staff and the working day of loans are told."""
    said = " ".join(told[0]["assumptions"])
    assert "in shifts of 8 hours" in said or "班次为 8 小时" in said
