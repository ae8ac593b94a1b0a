"""A region with tiers, consortia and insurance areas is planned by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.domain.demand import Demand
from salus.domain.rights import Override
from salus.service.city import city_problem, unpractised
from salus.service.context import open_context
from salus.service.plan_city import plan_city
from salus.service.practice import practice_assumptions, practice_of
from salus.service.rules import PlanningRules

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.region import Region

RULES = PlanningRules()


def _practised() -> Region:
    """Give the sample with practice: facilities and districts east and west by turns."""
    region = read_region(sample_region())
    sides = ("east", "west")
    return replace(
        region,
        facilities=tuple(
            replace(each, tier=1 + place % 3, consortium=sides[place % 2])
            for place, each in enumerate(region.facilities)
        ),
        districts=tuple(
            replace(each, consortium=sides[place % 2], insurance_area="county" * (place > 5))
            for place, each in enumerate(region.districts)
        ),
        services=tuple(
            replace(each, lowest_tier=2 if each.id == "icu" else None, first_contact_tier=1)
            for each in region.services
        ),
    )


def _demand(region: Region) -> Demand:
    districts = tuple(each.id for each in region.districts)
    services = tuple(each.id for each in region.services)
    days = (date(2026, 6, 27), date(2026, 6, 28))
    return Demand(districts, services, days, np.full((len(districts), len(services), 2), 2.0))


def test_the_problem_has_fewer_journeys_and_prices() -> None:
    """No tier 1 takes intensive care; the ledger tells each journey's minutes."""
    region = _practised()
    demand = _demand(region)
    problem = city_problem(region, demand, RULES)
    icu = problem.services.index("icu")
    tiers = np.array([each.tier for each in region.facilities])
    assert tiers[problem.arc_facility[problem.arc_service == icu]].min() == 2
    ledger = practice_of(region, RULES).ledger(unpractised(region, demand, RULES))
    assert problem.arc_price is not None
    np.testing.assert_allclose(problem.arc_price, ledger.added()[~ledger.closed()])
    assert any("outside the consortium, 45 minutes added" in str(line) for line in ledger.lines())


def test_a_region_without_practice_is_planned_as_before() -> None:
    """Nothing is forbidden, priced or said."""
    region = read_region(sample_region())
    demand = _demand(region)
    assert city_problem(region, demand, RULES).plain
    assert list(practice_assumptions(region, RULES)) == []


def test_an_override_lets_a_journey_pass() -> None:
    """With an override for all, the problem is as if nothing were known of practice."""
    region = _practised()
    demand = _demand(region)
    let = tuple(Override(each.id, None, None, "flood", "bureau") for each in region.districts)
    free = city_problem(replace(region, overrides=let), demand, RULES)
    assert free.arc_minutes.size == unpractised(region, demand, RULES).arc_minutes.size
    assert free.arc_price is None


def test_what_practice_costs_is_said_with_its_minutes() -> None:
    """The assumptions name the minutes of the rules that have something to act on."""
    said = " ".join(
        map(str, practice_assumptions(_practised(), replace(RULES, consortium_minutes=7)))
    )
    assert "out of the own consortium weighs 7 minutes more" in said
    assert "upward referral adds 10 minutes" in said
    plain = tuple(
        replace(s, lowest_tier=None, first_contact_tier=None) for s in _practised().services
    )
    said = " ".join(map(str, practice_assumptions(replace(_practised(), services=plain), RULES)))
    assert "so the tiers change nothing" in said


def test_a_region_with_practice_is_planned(tmp_path: Path) -> None:
    """The exact plan is right and proven; the methods that do not fit are left out."""
    region = _practised()
    with open_context(Settings(home=tmp_path)) as context:
        answer = plan_city(context, region, _demand(region), RULES)
    assert answer.proposed.verification.right
    assert abs(answer.proposed.verification.gap) <= 1e-6
    assert answer.proposed.plan.cases.sum() > 0


def test_a_price_below_zero_is_refused() -> None:
    """Each price of practice has its bounds."""
    with pytest.raises(ValueError, match="consortium_minutes must be between 0 and 10000"):
        replace(RULES, consortium_minutes=-1.0)
