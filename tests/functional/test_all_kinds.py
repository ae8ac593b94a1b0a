"""A small region with files of every kind together: one report, in both languages."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "districts": "district_id,name,state,latitude,longitude,population,population_65plus,"
    "consortium,insurance_area,deprivation\n"
    "D1,East,Plain,30.02,110.02,80000,12000,one,city,0.3\n"
    "D2,West,Plain,30.28,110.12,60000,10000,two,county,0.8\n"
    "D3,North,Plain,30.50,110.20,9000,3000,two,county,0.9\n",
    "facilities": "facility_id,name,type,state,county,latitude,longitude,staffed_beds,"
    "staffed_icu_beds,bed_occupancy,icu_occupancy,tier,consortium,insurance_area,"
    "reserve_ward_beds,reserve_icu_beds\n"
    "H1,County Hospital,GENERAL,Plain,East,30.00,110.00,300,20,0.85,0.9,3,one,city,10,1\n"
    "H2,East Clinic,GENERAL,Plain,East,30.05,110.05,40,0,0.6,,1,one,county,,\n"
    "H3,West Hospital,GENERAL,Plain,West,30.30,110.10,30,2,0.9,0.9,2,two,county,2,\n",
    "services": "service_id,name,stay_days,severity,resource_id,units,lowest_tier,"
    "first_contact_tier,step_down_tier\n"
    "ward,ward,5,1,ward_bed,1,1,1,2\nicu,intensive care,4,4,icu_bed,1,2,,\n"
    "heart,heart,5,4,ecmo,1,,,\n",
    "demand": "district_id,service_id,cases\n"
    "D1,ward,40\nD2,ward,25\nD3,ward,6\nD1,icu,5\nD2,icu,3\nD3,icu,1\nD1,heart,0.2\n",
    "staff": "facility_id,staff_id,name,people,staffed,unit,shift_hours,week_hours\n"
    "H1,nurse,nurses,220,170,shifts,8,40\nH2,nurse,nurses,40,28,shifts,8,40\n"
    "H3,nurse,nurses,24,16,shifts,8,40\n",
    "ratios": "staff_id,bed_id,patients\nnurse,ward_bed,4\nnurse,icu_bed,2\n",
    "surge": "facility_id,resource_id,units,minutes\nH3,icu_bed,2,60\nH1,icu_bed,4,60\n",
    "lending": "from_facility_id,to_facility_id,resource_id,units,minutes,agreed,credentials\n"
    "H2,H1,nurse,4,20,4,yes\nH1,H3,nurse,4,40,3,yes\nH2,H3,nurse,2,40,2,no\n",
    "inpatients": "group_id,facility_id,service_id,patients,days_left,fit_in_days\n"
    "better,H1,icu,4,5,0\nsick,H1,icu,2,7,\n",
    "transfers": "group_id,to_facility_id,to_service_id,minutes,escort,escort_hours\n"
    "better,H3,ward,40,nurse,1.5\nsick,H3,,45,doctor,2\n",
    "transport": "facility_id,accepts,vehicle_hours,escort_hours\nH1,0,12,6\nH3,2,4,2\n",
    "overrides": "district_id,facility_id,service_id,reason,decided_by\n"
    "D3,,,bridge closed,health bureau\n",
    "declines": "facility_id,service_id,district_id,first_day,last_day,reason\n"
    "H3,icu,,2026-06-29,2026-06-30,two nurses are ill\nH2,,D2,,,road closed\n",
    "medicines": "medicine_id,service_id,units_per_case,unit,unit_cost\n"
    "antibiotic,ward,4,vial,12\nheparin,icu,3,vial,30\n",
    "depots": "depot_id,name\nW1,Medical stores\n",
    "stock": "place_id,medicine_id,units,expiry_date\n"
    "H1,antibiotic,900,2026-12-31\nH1,heparin,120,2026-12-31\nH2,antibiotic,100,2026-12-31\n"
    "H3,antibiotic,80,2026-12-31\nH3,heparin,12,2026-12-31\nW1,antibiotic,300,2026-07-20\n",
    "orders": "depot_id,medicine_id,days,usable_days,units_per_day,unit_cost\n"
    "W1,heparin,2,60,20,30\n",
    "deliveries": "from_place_id,to_place_id,days,units_per_day,unit_cost\n"
    "W1,H1,0,200,0.5\nW1,H2,0,100,0.5\nW1,H3,1,60,0.8\n",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    """Run the region under stress: terminal, page and table of facilities, by language."""
    found = tmp_path_factory.mktemp("kinds")
    folder = found / "region"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return {lang: _run(found, lang) for lang in ("en", "zh")}


def _run(place: Path, lang: str) -> tuple[str, ...]:
    out = place / lang
    asked = ("--as-of", "2026-06-27", "--stress", "demand=1.1", "--stress", "close=H3,demand=1.3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALUS_GUESTS", "0")
        run = salus(
            *("run", "--region", place / "region", *asked, "--lang", lang),
            *("--out", out, "--home", place / "home"),
        )
    assert run.code == 0, run.err
    files = (out / "report.html", out / "tables" / "facilities.csv")
    return run.out, *(file.read_text(encoding="utf-8-sig") for file in files)


def test_the_decision_says_all_that_is_proposed(told: dict[str, tuple[str, ...]]) -> None:
    """What is opened, lent and moved, what nobody has, and stresses weighted by severity."""
    first = " ".join(told["en"][0].split("What if:")[0].split())
    assert "ICU beds opened" in first
    assert "nurses lent" in first
    assert "patients moved" in first
    assert "No facility takes heart: nobody has ecmo." in first
    assert "Closed: West Hospital" in first
    assert first.count("Weighted by severity") == 2


def test_a_stress_takes_no_room_from_the_expected_days(told: dict[str, tuple[str, ...]]) -> None:
    """The terminal shows moves, staff, transfers and medicines of the expected days only."""
    after = told["en"][0].split("Who is served where")[1]
    assert "Expected: where staff hold the plan back" in after
    assert "Demand times 1.1" not in after
    assert "Demand times 1.1: where staff hold the plan back" in told["en"][1]


def test_what_is_not_worked_out_is_said(told: dict[str, tuple[str, ...]]) -> None:
    """The days touch, so none has a price; and no table shows one that nobody confirmed."""
    assert "What a single resource-day is worth is not told" in told["en"][0]
    assert "worth of one more" not in told["en"][1]


def test_no_table_holds_a_price_where_whole_units_are_decided(
    told: dict[str, tuple[str, ...]],
) -> None:
    """One more unit may save nothing there, whatever the price of the programme is."""
    rows = csv.DictReader(io.StringIO(told["en"][2]))
    assert {row["price_minutes_per_resource_day"] for row in rows} == {""}


def test_chinese_words_fit_their_place(told: dict[str, tuple[str, ...]]) -> None:
    """Ways of medicines begin and end somewhere; they have no lower and upper limit."""
    assert "来自" in told["zh"][0]
    assert "送往" in told["zh"][0]
    assert "下限" not in told["zh"][0]
    assert "一张床" not in told["zh"][0].split("依据")[0].replace("一张重症床位", "")


def test_one_what_if_map_shows_the_stress_that_changes_most(
    told: dict[str, tuple[str, ...]],
) -> None:
    """The mild one that was asked for first has none."""
    assert "difference-stress2" in told["en"][1]
    assert "difference-stress1" not in told["en"][1]
