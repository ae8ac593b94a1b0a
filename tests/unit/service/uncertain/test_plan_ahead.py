"""What must be decided before need is known is planned for all that need may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from salus.allocate.city.features.surge import Opened
from salus.allocate.city.uncertain.constraints import HELD
from salus.allocate.city.uncertain.robust_check import RobustChecked
from salus.allocate.city.violation import Violation
from salus.core.clock import SystemClock
from salus.core.errors import MismatchError
from salus.core.messages import say
from salus.core.settings import Settings
from salus.domain.demand import Demand
from salus.domain.medicine import (
    DeliveryRoute,
    Depot,
    MedicalStores,
    Medicine,
    OrderOffer,
)
from salus.domain.offer import LendingOffer, SurgeOffer
from salus.report.sections.uncertain import uncertain
from salus.report.words import Words
from salus.service.context import open_context
from salus.service.day import Day
from salus.service.figures import figures
from salus.service.forecast_need import Need, forecast_need
from salus.service.plan_city import plan_city, refuse_broken
from salus.service.request import DayRequest
from salus.service.rules import PlanningRules
from salus.service.tables.tables import tables
from salus.service.uncertain import plan_ahead as module
from salus.service.uncertain.need_ahead import DRAWN, KEPT, need_ahead
from salus.service.uncertain.plan_ahead import plan_ahead
from tests.unit.allocate.city.uncertain.rules import MostUnmet

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.service.plan_city import CityAnswer
    from salus.service.uncertain.plan_ahead import PlannedAhead

RULES, CLOCK, WORDS = PlanningRules(), SystemClock(), Words("en")
WINTER = date(2024, 12, 21)
OFFERS = (SurgeOffer("H01", "icu_bed", 6, 240.0), SurgeOffer("H02", "ward_bed", 30, 120.0))
LOANS = (LendingOffer("H03", "H01", "icu_bed", 4, 45.0),)


@pytest.fixture(scope="module")
def offering(coast: Region) -> Region:
    """Give the sample region with beds that can be opened and lent."""
    return replace(coast, surge=OFFERS, lending=LOANS)


@pytest.fixture(scope="module")
def known(offering: Region, tmp_path_factory: pytest.TempPathFactory) -> tuple[Need, CityAnswer]:
    """Forecast and plan two days before Christmas, when influenza rises."""
    home: Path = tmp_path_factory.mktemp("ahead")
    with open_context(Settings(home=home)) as context:
        need = forecast_need(context, offering, WINTER, 2)
        return need, plan_city(context, offering, need.expected, RULES)


@pytest.fixture(scope="module")
def planned(
    offering: Region, known: tuple[Need, CityAnswer]
) -> tuple[PlannedAhead, tuple[Message, ...]]:
    """Plan these days for uncertain need."""
    found, said = plan_ahead(offering, *known, RULES, seed=1, clock=CLOCK)
    assert found is not None
    return found, said


def _day(region: Region, known: tuple[Need, CityAnswer], ahead: PlannedAhead | None) -> Day:
    need, answer = known
    request = DayRequest(region=region.sources[0].path, as_of=WINTER)
    return Day(request, region, need, (answer,), (), (), (), ahead=ahead)


def test_the_mean_of_the_scenarios_is_need_as_expected(
    offering: Region, known: tuple[Need, CityAnswer]
) -> None:
    """Over districts and days need varies around what is expected; the same seed draws it again."""
    need, _ = known
    ahead = need_ahead(offering, need, np.ones(2), 1)
    total, expected = ahead.drawn.need.sum(axis=(1, 2, 3)), need.expected.cases.sum()
    assert len(ahead.drawn) == DRAWN
    assert len(ahead.reduced.scenarios) == KEPT
    assert abs(total.mean() / expected - 1) < 0.05
    again = need_ahead(offering, need, np.ones(2), 1)
    other = need_ahead(offering, need, np.ones(2), 2)
    assert np.array_equal(ahead.drawn.need, again.drawn.need)
    assert not np.array_equal(ahead.drawn.need, other.drawn.need)


def test_districts_share_the_error_of_the_forecast(
    offering: Region, known: tuple[Need, CityAnswer]
) -> None:
    """With a forecast the total varies more than chance makes it; without one, by chance alone."""
    need, _ = known
    with_forecast = need_ahead(offering, need, np.ones(2), 1)
    alone = need_ahead(offering, replace(need, outlooks=()), np.ones(2), 1)
    shares = [
        each.drawn.need.sum(axis=(1, 2, 3)).var() / each.drawn.need.sum(axis=(1, 2, 3)).mean()
        for each in (with_forecast, alone)
    ]
    assert shares[0] > 2 > shares[1] > 0.5
    assert "all districts and services at once" in str(with_forecast.assumption())
    assert "chance alone" in str(alone.assumption())


def test_each_choice_is_judged_on_all_scenarios(
    planned: tuple[PlannedAhead, tuple[Message, ...]],
) -> None:
    """Four choices; the mean is at most the tail, the tail at most the worst; caution pays."""
    found, said = planned
    assert [each.key for each in found.choices] == ["middle", "expected", "cautious", "robust"]
    for each in found.choices:
        assert each.unmet.shape == (DRAWN,)
        assert each.average <= each.tail <= each.worst
        assert isinstance(each.decisions[0], Opened)
    assert found.of("cautious").tail <= found.of("middle").tail
    assert found.of_knowing >= -1e-6
    assert found.budget is not None
    assert 1 <= found.budget <= len(found.problem.districts)
    assert said == (found.ahead.assumption(),)


def test_knowing_and_planning_are_what_costs_differ_by(
    planned: tuple[PlannedAhead, tuple[Message, ...]],
) -> None:
    """No scenario of the few costs less after any choice than if it were known."""
    found, _ = planned
    kept = found.ahead.reduced.kept
    for each in found.choices:
        assert (each.costs[kept] >= found.known - 1e-6 * found.known).all()
    assert found.of_planning == found.of("middle").cost - found.of("expected").cost


def test_the_same_seed_plans_the_same(
    offering: Region,
    known: tuple[Need, CityAnswer],
    planned: tuple[PlannedAhead, tuple[Message, ...]],
) -> None:
    """All that is written down is the same to the last bit when it is planned again."""
    again, _ = plan_ahead(offering, *known, RULES, seed=1, clock=CLOCK)
    once, twice = (_day(offering, known, each) for each in (planned[0], again))
    names = ("uncertain", "uncertain_moves", "uncertain_scenarios")
    assert all(tables(once)[name].equals(tables(twice)[name]) for name in names)
    assert figures(once) == figures(twice)


def test_nothing_is_planned_where_nothing_is_offered(
    coast: Region, coast_planned: CityAnswer, known: tuple[Need, CityAnswer]
) -> None:
    """A region without offers gets no plan, no sentence, no figure and no row."""
    need, _ = known
    assert plan_ahead(coast, need, coast_planned, RULES, seed=1, clock=CLOCK) == (None, ())
    day = _day(coast, (need, coast_planned), None)
    assert not [key for key in figures(day) if key.startswith("uncertain.")]
    assert tables(day)["uncertain"].num_rows == 0
    assert list(uncertain(day, {}, {}, WORDS)) == []


def test_a_large_region_says_why_it_is_not_planned(
    offering: Region, known: tuple[Need, CityAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the limit the reason is said, with both numbers and what to do."""
    monkeypatch.setattr(module, "MOST_COLUMNS", 10)
    found, said = plan_ahead(offering, *known, RULES, seed=1, clock=CLOCK)
    assert found is None
    assert "more than 10 unknowns" in str(said[0])
    assert "--horizon" in str(said[0])


def test_whole_numbers_that_are_decided_later_are_not_tried(
    offering: Region, known: tuple[Need, CityAnswer]
) -> None:
    """Where each scenario had to be searched, the reason is said instead."""
    need, answer = known
    features = (*answer.problem.features, MostUnmet(1e9, whole=True))
    searched = replace(answer, problem=replace(answer.problem, features=features))
    found, said = plan_ahead(offering, need, searched, RULES, seed=1, clock=CLOCK)
    assert found is None
    assert "whole numbers are decided after need is known" in str(said[0])


def test_what_is_decided_later_leaves_no_robust_choice(
    offering: Region, known: tuple[Need, CityAnswer]
) -> None:
    """The other choices are planned all the same."""
    need, answer = known
    features = (*answer.problem.features, MostUnmet(1e9))
    more = replace(answer, problem=replace(answer.problem, features=features))
    found, _ = plan_ahead(offering, need, more, RULES, seed=1, clock=CLOCK)
    assert found is not None
    assert [each.key for each in found.choices] == ["middle", "expected", "cautious"]
    assert found.budget is None


def test_the_section_shows_every_choice(
    offering: Region,
    known: tuple[Need, CityAnswer],
    planned: tuple[PlannedAhead, tuple[Message, ...]],
) -> None:
    """Sentences, both grids and the picture hold the figures that are in the document."""
    day = _day(offering, known, planned[0])
    found, flat = figures(day), tables(day)
    (section,) = uncertain(day, found, flat, WORDS)
    text = " ".join(WORDS(each) for each in section.sentences)
    for part in ("VSS", "EVPI", "100 scenarios", "seed 1", "share the error", "robust choice"):
        assert part in text
    moves, unmet = section.grids
    assert {row["choice"] for row in flat["uncertain_moves"].to_pylist()} >= {"robust"}
    assert len(moves.columns) == 9
    assert [row[1].key for row in unmet.rows] == [
        f"uncertain.{each.key}.average" for each in planned[0].choices
    ]
    option: Any = section.charts[0].option
    for line in option["series"]:
        heights = [height for _, height in line["data"]]
        assert heights == sorted(heights)
        assert len(heights) == DRAWN
    assert flat["uncertain_scenarios"].num_rows == 4 * DRAWN


def test_choices_that_are_alike_share_a_line_and_a_sentence(
    offering: Region,
    known: tuple[Need, CityAnswer],
    planned: tuple[PlannedAhead, tuple[Message, ...]],
) -> None:
    """Where all decide as for the middle, one line is drawn and nothing else is proposed."""
    middle = planned[0].of("middle")
    alike = tuple(replace(middle, key=each.key) for each in planned[0].choices[:3])
    day = _day(offering, known, replace(planned[0], choices=alike, budget=None))
    (section,) = uncertain(day, figures(day), tables(day), WORDS)
    option: Any = section.charts[0].option
    assert [line["name"] for line in option["series"]] == ["middle, all scenarios, cautious"]
    text = " ".join(WORDS(each) for each in section.sentences)
    assert "saves nothing here" in text
    assert "no robust choice" in text
    assert "Consider" not in text
    assert "the same for uncertain need" in WORDS(section.title)


def _medical(region: Region) -> tuple[Region, Demand]:
    stores = MedicalStores(
        (Medicine("A", "Antibiotic", "vial", 3.0, {"ward": 1.0}),),
        (Depot("W", "Stores"),),
        (),
        (OrderOffer("W", "A", 500, 1, 10, 3.0),),
        (DeliveryRoute("W", "H01", 1, 500, 0.5), DeliveryRoute("W", "H02", 0, 500, 0.5)),
    )
    services = tuple(each.id for each in region.services)
    cases = np.zeros((len(region.districts), len(services), 4))
    cases[:2, services.index("ward")] = 5.0
    days = tuple(WINTER + timedelta(days=day) for day in range(4))
    districts = tuple(each.id for each in region.districts)
    return replace(region, stores=stores), Demand(districts, services, days, cases)


def test_orders_and_overnight_sendings_are_decisions(coast: Region, tmp_path: Path) -> None:
    """Where they alone differ, the headline says so, and each is listed for every choice."""
    region, demand = _medical(coast)
    need = Need((), demand, None, ())
    with open_context(Settings(home=tmp_path)) as context:
        answer = plan_city(context, region, demand, RULES)
    found, _ = plan_ahead(region, need, answer, RULES, seed=1, clock=CLOCK)
    assert found is not None
    day = Day(DayRequest(coast.sources[0].path, WINTER), region, need, (answer,), (), (), ())
    day = replace(day, ahead=found)
    flat = tables(day)
    rows = flat["uncertain_moves"].to_pylist()
    assert {row["move"] for row in rows if row["choice"] == "expected"} == {"ordered", "sent"}
    assert {row["to_facility_id"] for row in rows if row["move"] == "sent"} == {"H01"}
    assert all(row["first_day"] < row["last_day"] for row in rows)
    (section,) = uncertain(day, figures(day), flat, WORDS)
    text = " ".join(WORDS(each) for each in section.sentences)
    assert WORDS(section.title).startswith("Uncertain need asks for other decisions")
    assert "Antibiotic ordered (Stores, 2024-12-" in text


def test_a_plan_that_breaks_a_rule_is_not_shown() -> None:
    """What the check finds wrong stops the run."""
    broken = RobustChecked((Violation(HELD, say("H01"), 2.0),), 0.0, 0.0, 0.0, 0.0)
    with pytest.raises(MismatchError, match="at H01 this rule is broken"):
        refuse_broken(say("robust plan"), broken)
