"""Offers where a facility has none of the resource today: planned, or named with the reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.loans import Lent
from salus.allocate.city.features.surge import Opened
from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.service.context import open_context
from salus.service.forecast_need import forecast_need
from salus.service.plan_city import CityAnswer, plan_city
from salus.service.rules import PlanningRules
from salus.service.unplanned import unplanned
from tests.house.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from salus.data.region.region import Region

    Plan = Callable[..., tuple[Region, CityAnswer]]

FILES = {
    "facilities": "facility_id,name,type,state,county,latitude,longitude,staffed_beds,"
    "staffed_icu_beds,bed_occupancy,icu_occupancy,tier\n"
    "A,Alpha,GENERAL ACUTE CARE,Plain,North,50.1,10,30,4,0.7,0.7,3\n"
    "C,Gamma,GENERAL ACUTE CARE,Plain,North,50.0,10,20,0,0.7,,{tier}\n",
    "districts": "district_id,name,state,latitude,longitude,population,population_65plus\n"
    "N,North,Plain,50.1,10,20000,3000\n",
    "demand": "district_id,service_id,cases\nN,ward,2\nN,icu,4\n",
    "travel": "district_id,facility_id,minutes\nN,A,5\nN,C,25\n",
    "services": "service_id,name,stay_days,severity,resource_id,units,lowest_tier\n"
    "ward,,4,1,ward_bed,1,\nicu,,3,4,icu_bed,1,2\n",
}
VENTILATED = FILES["services"] + "icu,,3,4,ventilator,1,2\n"
SURGE = "facility_id,resource_id,units,minutes\n"
LENDING = "from_facility_id,to_facility_id,resource_id,units,minutes\n"
SUPPLY = "facility_id,resource_id,staffed,occupancy\n"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Plan a region of two facilities, of which C has no ICU bed."""

    def planned(tier: int = 2, **files: str) -> tuple[Region, CityAnswer]:
        for name, text in (FILES | files).items():
            content = text.replace("{tier}", str(tier))
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        region = read_region(tmp_path)
        with open_context(Settings(home=tmp_path / "home")) as context:
            need = forecast_need(context, region, date(2026, 6, 27), 3)
            return region, plan_city(context, region, need.expected, PlanningRules())

    return planned


def _told(region: Region, answer: CityAnswer) -> list[tuple[str, str]]:
    return [(each.host, str(each.reason)) for each in unplanned(region, answer)]


def test_beds_open_where_there_are_none_today(plan: Plan) -> None:
    """C has no ICU bed and may open three: it opens them, and takes ICU cases."""
    region, answer = plan(surge=SURGE + "C,icu_bed,3,1\n")
    opened = answer.proposed.plan.decision(Opened)
    assert opened is not None
    assert opened.units.sum() == 3
    assert _told(region, answer) == []


def test_ventilators_come_where_there_are_none_today(plan: Plan) -> None:
    """A has ICU beds but no ventilator; C, which gives no ICU care, lends its idle ones."""
    region, answer = plan(
        services=VENTILATED,
        supply=SUPPLY + "C,ventilator,2,\n",
        lending=LENDING + "C,A,ventilator,2,30\n",
    )
    lent = answer.proposed.plan.decision(Lent)
    assert lent is not None
    assert lent.on_loan.max() == 2
    assert _told(region, answer) == []


def test_only_a_way_home_within_the_plan_is_counted(plan: Plan) -> None:
    """Six hours there cost a quarter of a day; a loan that lasts to the end comes home after it."""
    region, answer = plan(
        services=VENTILATED,
        supply=SUPPLY + "C,ventilator,2,\n",
        lending=LENDING + "C,A,ventilator,1,360\n",
    )
    lent, lending = answer.proposed.plan.decision(Lent), answer.feature(Lending)
    assert lent is not None
    assert lending is not None
    assert lent.on_loan.tolist() == [[1, 1, 1]]
    given = lending.gives[0].sum() - 0.25 * lending.gives[0, 0]
    use = next(each for each in region.services if each.id == "icu").resource_days("ventilator")
    made = answer.proposed.plan
    assert made.cases[made.service == 1].sum() * use == pytest.approx(given)
    guide = (ROOT / "docs" / "how-to" / "plan-your-own-region.md").read_text(encoding="utf-8")
    assert "goes home after the plan: that way is not counted" in guide


@pytest.mark.parametrize(
    ("tier", "files", "host", "reason"),
    [
        (1, {"surge": SURGE + "C,icu_bed,3,1\n"}, "C", "nobody may or can come there"),
        (
            2,
            {"services": VENTILATED, "supply": SUPPLY + "A,ventilator,9,\n"}
            | {"surge": SURGE + "C,icu_bed,3,1\n"},
            "C",
            "no service that uses it is given there",
        ),
        (2, {"lending": LENDING + "C,A,icu_bed,2,30\n"}, "A", "the lender has none of it"),
        (2, {"surge": SURGE + "C,icu_bed,0.5,1\n"}, "C", "less than one whole unit"),
    ],
)
def test_what_cannot_be_planned_is_named(
    plan: Plan, tier: int, files: dict[str, str], host: str, reason: str
) -> None:
    """A tier too low, another resource missing, a lender with none, part of a unit."""
    [(place, why)] = _told(*plan(tier=tier, **files))
    assert place == host
    assert why.startswith(reason)


def test_nothing_changes_without_offers(plan: Plan) -> None:
    """C takes no ICU cases then, and there is nothing to name."""
    region, answer = plan()
    assert ("C", "icu") not in region.takes
    assert _told(region, answer) == []
