"""Bounds on fairness that a user sets, and the front of what they cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.clock import SystemClock
from salus.core.errors import InputError
from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.domain.demand import Demand
from salus.domain.offer import SurgeOffer
from salus.domain.rights import Decline
from salus.report.sections.fairness import fairness
from salus.report.words import Words
from salus.service import fair_front as fronts
from salus.service.city import city_problem
from salus.service.context import open_context
from salus.service.day import Day
from salus.service.explain_city import Explained
from salus.service.fair_bounds import bounds, by_deprivation, fairness_assumptions
from salus.service.fair_front import fair_front
from salus.service.forecast_need import Need
from salus.service.plan_city import plan_city
from salus.service.request import DayRequest
from salus.service.rules import PlanningRules
from salus.service.tables.tables import tables

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.region import Region
    from salus.service.plan_city import CityAnswer

RULES = PlanningRules()


@pytest.fixture(scope="module")
def region() -> Region:
    """Give the sample with deprivation, which one district does not tell."""
    found = read_region(sample_region())
    told = (None, *(0.05 * place for place in range(1, len(found.districts))))
    both = zip(found.districts, told, strict=True)
    return replace(found, districts=tuple(replace(d, deprivation=score) for d, score in both))


def _demand(region: Region, times: float = 1.0) -> Demand:
    districts = tuple(each.id for each in region.districts)
    services = tuple(each.id for each in region.services)
    people = np.array([each.population for each in region.districts]) / 1e3
    cases = times * people[:, None, None] * np.array([0.4, 0.07])[:, None] * np.ones(2)
    return Demand(districts, services, (date(2026, 6, 27), date(2026, 6, 28)), cases)


def _planned(
    home: Path, region: Region, rules: PlanningRules, *, yields: bool = False
) -> CityAnswer:
    with open_context(Settings(home=home)) as context:
        return plan_city(context, region, _demand(region), rules, yields=yields)


def test_no_rule_bounds_nothing(region: Region) -> None:
    """By default a plan has no feature of fairness, and nothing is said of one."""
    assert bounds(region, RULES) == ()
    assert list(fairness_assumptions(RULES)) == []


def test_each_bound_is_kept(region: Region, tmp_path: Path) -> None:
    """What the report calls lowest coverage and gap is within the bounds, and verified."""
    free = _planned(tmp_path, region, RULES).proposed.measures.fairness
    rules = replace(RULES, min_coverage=free.lowest + 0.02, max_district_gap=free.gap - 0.02)
    found = _planned(tmp_path, region, rules)
    assert found.unkept == ()
    assert found.proposed.verification.right
    assert found.proposed.measures.fairness.lowest >= rules.min_coverage - 1e-6
    assert found.proposed.measures.fairness.gap <= rules.max_district_gap + 1e-6


def test_groups_by_deprivation_are_bounded(region: Region, tmp_path: Path) -> None:
    """Groups of districts lie no further apart than was set."""
    rules = replace(RULES, max_deprivation_gap=0.01)
    found = _planned(tmp_path, region, rules)
    groups = by_deprivation(region)
    assert groups is not None
    need = groups.sums(found.problem.need.sum(axis=(1, 2)))
    unmet = groups.sums(found.proposed.measures.unmet.sum(axis=(1, 2)))
    assert np.ptp(1 - unmet[need > 0] / need[need > 0]) <= 0.01 + 1e-6


def test_a_bound_that_cannot_be_kept_names_the_district(region: Region, tmp_path: Path) -> None:
    """It stops the expected days, and gives way under a stress, with the same reasons."""
    tight = replace(RULES, min_coverage=1.0, max_travel_minutes=10.0)
    with pytest.raises(InputError, match=r"settings: \w+.* was promised a coverage of 100.0%"):
        _planned(tmp_path, region, tight)
    given = _planned(tmp_path, region, tight, yields=True)
    assert given.unkept
    assert given.proposed.verification.right


def test_deprivation_that_nobody_tells_is_no_bound(region: Region) -> None:
    """The fault names the column; two gaps at once are refused."""
    silent = replace(
        region, districts=tuple(replace(d, deprivation=None) for d in region.districts)
    )
    with pytest.raises(InputError, match="column deprivation: max_deprivation_gap bounds a gap"):
        bounds(silent, replace(RULES, max_deprivation_gap=0.5))
    with pytest.raises(ValueError, match=r"must be 1, but they are 0.1 and 0.2"):
        replace(RULES, max_district_gap=0.1, max_deprivation_gap=0.2)


def test_namesakes_are_told_apart(region: Region) -> None:
    """Two districts of one name are named with their keys."""
    twins = tuple(replace(each, name="Twin") for each in region.districts[:2])
    both = replace(region, districts=(*twins, *region.districts[2:]))
    (rule,) = bounds(both, replace(RULES, min_coverage=0.1))
    assert rule.groups.names[:2] == (f"Twin ({twins[0].id})", f"Twin ({twins[1].id})")


def test_the_front_counts_each_day_with_what_is_opened(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Features are part of it, bounds are not; a large region has one period, or no front."""
    offers = replace(region, surge=(SurgeOffer("H01", "icu_bed", 6, 240.0),))
    found = fair_front(city_problem(offers, _demand(region), RULES), SystemClock())
    assert found is not None
    assert found.by_day
    names = [each.name for each in found.front.points[0].problem.features]
    assert names == ["surge", "maxmin"]
    monkeypatch.setattr(fronts, "MOST_JOURNEYS", 0)
    assert fair_front(city_problem(offers, _demand(region), RULES), SystemClock()) is None
    whole = fair_front(city_problem(region, _demand(region), RULES), SystemClock())
    assert whole is not None
    assert not whole.by_day
    assert len(whole.front.points[0].problem.periods) == 1


@pytest.mark.parametrize("least", [0.0, 0.05])
def test_figures_without_the_bounds_say_so(region: Region, tmp_path: Path, least: float) -> None:
    """The front is planned without the bounds: where there are any, the section tells."""
    rules = replace(RULES, min_coverage=least)
    answer = _planned(tmp_path, region, rules)
    told = Explained((), (), None, None, fair_front(answer.problem, SystemClock()))
    request = DayRequest(region.sources[0].path, date(2026, 6, 27), rules=rules)
    need = Need((), answer.demand, None, ())
    day = Day(request, region, need, (answer,), (), (), (), explained=told)
    words = Words("en")
    (section,) = fairness(day, tables(day), words)
    text = " ".join(words(each) for each in section.sentences)
    assert ("without these bounds" in text) == (least > 0)


def test_reserves_and_declines_are_out_of_the_problem(region: Region) -> None:
    """Capacity is of what is not reserved; a declined service has no journeys."""
    kept = replace(
        region,
        supplies=tuple(replace(s, reserve=s.staffed / 2) for s in region.supplies),
        declines=(Decline("H01", "nurses ill", service="icu"),),
    )
    before, after = (city_problem(each, _demand(region), RULES) for each in (region, kept))
    np.testing.assert_allclose(after.capacity, before.capacity / 2)
    gone = (before.arc_facility == before.facilities.index("H01")) & (before.arc_service == 1)
    assert before.arc_minutes.size - after.arc_minutes.size == gone.sum() > 0
