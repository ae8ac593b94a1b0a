"""One more unit of staff gives all its work, and one more bed its target occupancy, by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from salus.core.errors import InputError
from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.report.sections.decision import decision
from salus.report.sections.staffing import staffing
from salus.service.context import open_context
from salus.service.day import Day
from salus.service.explain_city import explain_city
from salus.service.forecast_need import forecast_need
from salus.service.plan_city import CityAnswer, plan_city
from salus.service.request import DayRequest
from salus.service.rules import PlanningRules
from salus.service.staffing import unit_gives
from salus.service.stress import parse_stresses
from salus.service.stressed import changes_of

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.region import Region
    from salus.service.explain_city import Explained

LAST, RULES, DAYS = date(2026, 6, 27), PlanningRules(), 2

FILES = {
    "districts": (
        "district_id,name,state,latitude,longitude,population,population_65plus,"
        "deprivation\nN,North,Plain,50,10,9000,900,0.1\n"
    ),
    "facilities": (
        "facility_id,name,type,state,county,latitude,longitude,staffed_beds,staffed_icu_beds,"
        "bed_occupancy,icu_occupancy\nA,Alpha,GENERAL ACUTE CARE,Plain,North,50,10,100,4,0.5,0.5\n"
    ),
    "services": (
        "service_id,name,stay_days,severity,resource_id,units\nward,ward,1,1,ward_bed,1\n"
        "icu,ICU,1,4,icu_bed,1\n"
    ),
    "demand": "district_id,service_id,cases\nN,ward,20\nN,icu,9\n",
    "ratios": "staff_id,bed_id,patients\nnurse,ward_bed,4\n",
}
STAFF = "facility_id,staff_id,name,people,staffed,unit,shift_hours\nA,nurse,nurses,90,{},shifts,8\n"
INPATIENTS = "group_id,facility_id,service_id,patients,days_left,fit_in_days\ng,A,icu,1,9,\n"
TAKEN = "ward,ward,1,1,nurse,0.75\n"
TABLES = {name: pa.table({}) for name in ("staff", "transfers", "impossible", "moves")}


def _region(folder: Path, shifts: float = 6, *, taken: bool = False) -> Region:
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "staff.csv").write_text(STAFF.format(shifts), encoding="utf-8")
    if taken:
        (folder / "ratios.csv").unlink()
        with (folder / "services.csv").open("a", encoding="utf-8") as file:
            file.write(TAKEN)
    return read_region(folder)


def _planned(home: Path, region: Region, stress: str = "") -> tuple[CityAnswer, Explained]:
    changes = changes_of(region, parse_stresses((stress,))[0], RULES) if stress else ()
    with open_context(Settings(home=home)) as context:
        need = forecast_need(context, region, LAST, DAYS).expected
        answer = plan_city(context, region, need, RULES, changes=changes)
        return answer, explain_city(context, region, answer, RULES)


def _day(home: Path, region: Region, answer: CityAnswer) -> Day:
    with open_context(Settings(home=home)) as context:
        need = forecast_need(context, region, LAST, DAYS)
    return Day(DayRequest(home, LAST), region, need, (answer,), (), (), (), None, None)


def _unmet(answer: CityAnswer) -> list[float]:
    found: list[float] = answer.proposed.measures.unmet.sum(axis=(0, 2)).tolist()
    return found


@pytest.mark.parametrize("taken", [False, True], ids=["ratio", "taken"])
def test_a_shift_more_or_less_is_the_same_as_in_the_file(tmp_path: Path, taken: bool) -> None:  # noqa: FBT001
    """A bed-day of a ward of 4 to a nurse takes 0.75 shifts: one serves 4/3 of a case a day."""
    region = _region(tmp_path / "region", taken=taken)
    unmet = _unmet(_planned(tmp_path, region)[0])[0]
    assert unmet == pytest.approx(DAYS * (20 - 6 / 0.75))
    for stress, shifts in (("add=A:nurse:1", 7), ("lose=A:nurse:2", 4)):
        edited = _region(tmp_path / f"{shifts}", shifts, taken=taken)
        found = _unmet(_planned(tmp_path, region, stress)[0])[0]
        assert found == pytest.approx(DAYS * (20 - shifts / 0.75))
        assert found == pytest.approx(_unmet(_planned(tmp_path, edited)[0])[0])


def test_what_a_unit_is_worth_counts_all_the_work_of_staff(tmp_path: Path) -> None:
    """One more nurse saves 4/3 of a case a day; one more bed 0.85 of a case."""
    answer, explained = _planned(tmp_path, _region(tmp_path / "region", taken=True))
    saved = {one.resource: one.unmet_avoided for one in answer.worth}
    assert saved["nurse"] == pytest.approx((DAYS / 0.75, 0))
    assert saved["icu_bed"] == pytest.approx((0, DAYS * 0.85))
    rates = dict(zip((one.resource for one in answer.worth), explained.ranges, strict=True))
    for one in answer.worth:
        assert rates[one.resource].rate == pytest.approx(one.confirmed)


def test_the_cheapest_change_needs_no_more_staff_than_there_is_work(tmp_path: Path) -> None:
    """Of 20 cases a day, 8 are served: 12 more take 9 shifts, and not 9 / 0.85."""
    region = _region(tmp_path / "region", taken=True)
    calm = FILES["demand"].replace("N,icu,9", "N,icu,1")
    (tmp_path / "region" / "demand.csv").write_text(calm, encoding="utf-8")
    region = read_region(tmp_path / "region")
    _, explained = _planned(tmp_path, region)
    assert explained.remedy is not None
    assert str(explained.remedy.change.label()) == "9 more of nurse at A"


def test_staff_that_services_use_up_hold_a_facility_back(tmp_path: Path) -> None:
    """Nobody states a rule for the nurses, and all that they work is given to cases."""
    region = _region(tmp_path / "region", taken=True)
    answer, _ = _planned(tmp_path, region)
    (section,) = staffing(_day(tmp_path, region, answer), TABLES)
    assert str(section.sentences[0]).endswith("facilities that staff hold back: 1.")


def test_more_taken_than_there_is_to_plan_with_is_told_why(tmp_path: Path) -> None:
    """Of 4 ICU beds 1 is kept in reserve and 1 is taken: 3 x 0.85 - 1 leaves 1.82 beds."""
    region = _region(tmp_path / "region")
    facilities = FILES["facilities"].replace("icu_occupancy\n", "icu_occupancy,reserve_icu_beds\n")
    facilities = facilities.rstrip("\n") + ",1\n"
    (tmp_path / "region" / "facilities.csv").write_text(facilities, encoding="utf-8")
    (tmp_path / "region" / "inpatients.csv").write_text(INPATIENTS, encoding="utf-8")
    region = read_region(tmp_path / "region")
    with pytest.raises(InputError) as caught:
        _planned(tmp_path, region, "lose=A:icu_bed:3")
    (fault,) = caught.value.faults
    assert "A has no more than 1.82 of icu_bed to plan with" in str(fault)
    assert "beside the reserve and what those who are in a bed now take" in str(fault)


def test_headlines_round_halves_up(tmp_path: Path) -> None:
    """11.0625 shifts serve 14.75 of 20 cases a day: 10.5 stay unmet in two days, and are 11."""
    region = _region(tmp_path / "region", 11.0625, taken=True)
    calm = FILES["demand"].replace("N,icu,9", "N,icu,1")
    (tmp_path / "region" / "demand.csv").write_text(calm, encoding="utf-8")
    region = read_region(tmp_path / "region")
    answer, _ = _planned(tmp_path, region)
    assert sum(_unmet(answer)) == pytest.approx(10.5)
    section = decision(_day(tmp_path, region, answer), TABLES)
    assert str(section.title).startswith("11 cases stay unmet")
    assert "31 of 42 cases can be served" in str(section.sentences[0])


def test_only_what_is_stated_as_staff_gives_all_its_work(tmp_path: Path) -> None:
    """Beds give the target occupancy."""
    region = _region(tmp_path / "region")
    each = dict(zip((one.id for one in region.resources), unit_gives(region, 0.85)[0], strict=True))
    assert each == {"ward_bed": 0.85, "icu_bed": 0.85, "nurse": 1.0}
