"""Regions that are small, poor, crowded or strange: planned as far as they can be, or refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.fakes.folders import COUPLED, HOSPITAL, changed_sample, sample_text, small_region
from tests.functional.running import Made, made, salus

if TYPE_CHECKING:
    from pathlib import Path

HISTORY = "week_ending,influenza_admissions\n"


def _weeks(values: list[int | str], first: date = date(2024, 1, 6)) -> str:
    rows = [f"{first + timedelta(weeks=week)},{value}\n" for week, value in enumerate(values)]
    return HISTORY + "".join(rows)


def _unmet(run: Made, scenario: str = "expected") -> float:
    rows = [row for row in run.document["tables"]["methods"] if row["scenario"] == scenario]
    return float(rows[0]["unmet_cases"])


def test_one_district_and_one_facility(tmp_path: Path) -> None:
    """The smallest region is planned; its map has no outline to draw."""
    run = made(tmp_path, "--region", small_region(tmp_path / "village"))
    assert _unmet(run) == 0
    assert run.document["tables"]["forecast"] == []
    assert any("no history" in said for said in run.document["assumptions"])


def test_a_resource_that_nobody_has_is_named(tmp_path: Path) -> None:
    """A service that no facility can give is planned as unmet, and the report says why."""
    village = small_region(tmp_path / "village")
    (village / "services.csv").write_text(f"{COUPLED}heart,Heart,5,4,ecmo,1,\n")
    (village / "demand.csv").write_text("district_id,service_id,cases\nAC01,heart,2\n")
    run = made(tmp_path, "--region", village)
    assert _unmet(run) > 0
    said = "No facility takes Heart: nobody has ecmo. All who need it stay unmet."
    assert said in run.document["assumptions"]


def test_next_to_no_need_is_planned(tmp_path: Path) -> None:
    """A millionth of a millionth of a case beside a crowd harms no plan."""
    village = small_region(tmp_path / "village")
    (village / "demand.csv").write_text(
        "district_id,service_id,cases\nAC01,ward,1e9\nAC01,icu,1e-12\n"
    )
    assert _unmet(made(tmp_path, "--region", village)) > 0


def test_a_facility_and_a_district_on_the_same_spot(tmp_path: Path) -> None:
    """No distance is a distance, and a map of one point is a map."""
    spot = HOSPITAL.replace("43.88,-33.83", "43.8847,-33.8297")
    run = made(tmp_path, "--region", small_region(tmp_path / "spot", spot))
    assert {row["travel_minutes"] for row in run.document["tables"]["flows"]} == {0.0}


def test_a_region_where_nobody_needs_anything(tmp_path: Path) -> None:
    """Without people or cases no coverage is claimed, and nothing divides by zero."""
    empty = small_region(
        tmp_path / "empty", district="AC01,Northcape,Amber Coast,43.8847,-33.8297,0,0"
    )
    (empty / "demand.csv").write_text("district_id,service_id,cases\nAC01,ward,0\nAC01,icu,0\n")
    run = made(tmp_path, "--region", empty)
    figures = run.document["figures"]
    assert figures["expected.ward.need_cases"]["value"] == 0
    assert figures["expected.ward.coverage"]["value"] is None
    assert figures["expected.exact.travel_mean"]["value"] is None


def test_a_region_where_everything_is_out_of_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When no journey is short enough, all need is unmet, exit 0, and the districts are named."""
    monkeypatch.setenv("SALUS_MAX_TRAVEL_MINUTES", "1")
    run = made(tmp_path)
    rows = run.document["tables"]["methods"]
    assert all(row["unmet_cases"] == pytest.approx(row["need_cases"]) for row in rows)
    assert "no facility within 1 minutes" in run.text


def test_every_facility_closed(tmp_path: Path) -> None:
    """A stress may close all there is."""
    run = made(tmp_path, "--stress", "close-loaded=99")
    figures = run.document["figures"]
    assert figures["stress1.ward.coverage"]["value"] == 0
    assert figures["stress1.ward_bed.load"]["value"] is None


@pytest.mark.parametrize(
    ("values", "forecasts"),
    [
        pytest.param([0] * 120, 1, id="all zero"),
        pytest.param([""] * 120, 0, id="all unknown"),
        pytest.param([5, 7], 0, id="two weeks"),
        pytest.param([9, "", "", 30, 12, 8, "", 9] * 4, 1, id="gaps"),
    ],
)
def test_odd_histories(values: list[int | str], forecasts: int, tmp_path: Path) -> None:
    """A history is forecast when enough of it is known, and otherwise it is said that it is not."""
    region = changed_sample(tmp_path / "coast", weekly_admissions=_weeks(values))
    run = made(tmp_path, "--region", region)
    indicators = {row["indicator"] for row in run.document["tables"]["forecast"]}
    assert len(indicators) == forecasts
    assert any("is not forecast" in said for said in run.document["assumptions"]) != forecasts


def test_a_history_that_is_too_old_is_not_forecast(tmp_path: Path) -> None:
    """Ten years after its last value nothing is forecast; the day is planned nevertheless."""
    run = made(tmp_path, "--as-of", "2036-01-01")
    assert run.document["tables"]["forecast"] == []
    assert any("too long before" in said for said in run.document["assumptions"])
    assert "no history of admissions is long and recent enough" in run.text


def test_dates_in_the_future_are_dates(tmp_path: Path) -> None:
    """A history of the year 2990 is planned from its own last day."""
    text = _weeks([5, 9] * 60, date(2990, 1, 6))
    run = made(tmp_path, "--region", changed_sample(tmp_path / "coast", weekly_admissions=text))
    assert run.document["as_of"].startswith("2992")


def test_ten_indicators_in_one_process_and_in_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Daily and weekly series with odd names are all forecast, with the same answer anywhere."""
    rows = [
        f"I{k},[/n{k}],--unit,up,{date(2025, 1, 1) + timedelta(days=at * (1 if k < 5 else 7))},"
        f"{(at * k) % 13}\n"
        for k in range(10)
        for at in range(60)
    ]
    head = "indicator_id,name,unit,direction,period_end,value\n"
    region = small_region(tmp_path / "many")
    (region / "indicators.csv").write_text(head + "".join(rows), encoding="utf-8")
    last = ("--as-of", "2025-03-10")
    one = made(tmp_path / "one", "--region", region, *last)
    monkeypatch.setenv("SALUS_WORKERS", "2")
    two = made(tmp_path / "two", "--region", region, *last)
    assert len({row["indicator"] for row in one.document["tables"]["forecast"]}) == 10
    assert one.decision == two.decision


def test_services_that_share_resources_are_planned_exactly(tmp_path: Path) -> None:
    """Where a case takes two resources the flow steps back, and the exact plan stands alone."""
    run = made(tmp_path, "--region", changed_sample(tmp_path / "coast", services=COUPLED))
    methods = {row["method"] for row in run.document["tables"]["methods"]}
    assert methods == {"exact", "greedy", "nearest"}
    assert {row["service"] for row in run.document["tables"]["flows"]} == {"ward", "icu", "burns"}
    assert all(row["verified"] for row in run.document["tables"]["methods"])


def test_all_files_together(tmp_path: Path) -> None:
    """Services, supply, travel and demand of a region's own go together."""
    region = changed_sample(
        tmp_path / "coast",
        services=COUPLED,
        supply="facility_id,resource_id,staffed,occupancy\nH01,ward_bed,100,0.9\nH02,icu_bed,0,\n",
        travel="district_id,facility_id,minutes\nAC01,H06,7.5\nAC02,H01,500\n",
        demand="district_id,service_id,date,cases\n"
        "AC01,ward,,30\nAC02,icu,,4\nAC01,ward,2026-06-28,90\nAC03,burns,,5\n",
    )
    run = made(tmp_path, "--region", region)
    tables = run.document["tables"]
    need = {
        (row["district_id"], row["service"]): row["need_cases"]
        for row in tables["districts"]
        if row["scenario"] == "expected"
    }
    # One stated day of 90 and six of 30, which the ebb of the epidemic lowers a little.
    assert 90 < need["AC01", "ward"] <= 270
    minutes = {
        row["travel_minutes"]
        for row in tables["flows"]
        if (row["district_id"], row["facility_id"]) == ("AC01", "H06")
    }
    assert minutes == {7.5}


def test_a_service_named_like_a_method_is_refused(tmp_path: Path) -> None:
    """Figures of the two would share their keys."""
    services = COUPLED.replace("burns", "greedy")
    region = changed_sample(tmp_path / "coast", services=services)
    told = salus("run", "--region", region, "--json")
    assert told.code == 2
    assert told.document["faults"][0]["where"]["source"] == "services.csv"


def test_many_resources_fit_a_terminal(tmp_path: Path) -> None:
    """A grid that is too wide for its texts stays within the terminal and shows every figure."""
    kinds = [f"a_long_name_of_resource_{k}" for k in range(14)]
    head = "service_id,name,stay_days,severity,resource_id,units,facility_types\n"
    services = head + "".join(f"s-{kind},,3,1,{kind},1,GENERAL ACUTE CARE\n" for kind in kinds)
    supply = "facility_id,resource_id,staffed,occupancy\n"
    region = changed_sample(
        tmp_path / "coast",
        services=services,
        supply=supply + "".join(f"H01,{kind},10,0.5\n" for kind in kinds),
    )
    run = made(tmp_path, "--region", region)
    assert max(map(len, run.text.splitlines())) <= 100


def test_unknown_numbers_are_not_guessed_silently(tmp_path: Path) -> None:
    """Cells that say nan are repaired by a rule, and each repair is listed by row."""
    text = sample_text("facilities.csv").replace("640,84,700,0.742", "NaN,84,700,nan")
    run = made(tmp_path, "--region", changed_sample(tmp_path / "coast", facilities=text))
    rules = {r["rule"] for r in run.document["tables"]["repairs"] if r["row"] == 2}
    assert rules == {"beds_from_licence", "occupancy_unknown"}
