"""The proposed plan of a region is explained: prices, who goes short, what would help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.changes.capacity import Add, Lose
from salus.core.clock import SystemClock
from salus.core.errors import InputError
from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.report.sections.differences import differences
from salus.report.sections.worth import worth
from salus.report.words import Words
from salus.service.context import open_context
from salus.service.day import Day
from salus.service.explain_city import explain_city
from salus.service.figures import figures
from salus.service.forecast_need import forecast_need
from salus.service.plan_city import plan_city
from salus.service.request import DayRequest
from salus.service.rules import PlanningRules
from salus.service.tables.plans import prices

if TYPE_CHECKING:
    from pathlib import Path

LAST, RULES, CLOCK, WORDS = date(2026, 6, 27), PlanningRules(), SystemClock(), Words("en")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Plan a bad day of the sample, and the same with ICU beds lost, and explain the first."""
    home: Path = tmp_path_factory.mktemp("explained")
    region = read_region(sample_region())
    with open_context(Settings(home=home)) as context:
        need = forecast_need(context, region, LAST, 2)
        bad = replace(need.expected, cases=1.5 * need.expected.cases)
        expected = plan_city(context, region, bad, RULES)
        lost = (Lose("H01", "icu_bed", 5.0, RULES.target_occupancy),)
        stress = plan_city(context, region, bad, RULES, changes=lost)
        explained = explain_city(context, region, expected, RULES)
    request = DayRequest(sample_region(), LAST)
    return Day(request, region, need, (expected, stress), (), (), (), None, explained)


def test_each_price_is_what_a_resource_day_saves(day: Day) -> None:
    """At the tightest places, one more resource-day on the days named saves what is said."""
    assert day.explained is not None
    problem, cost = day.expected.problem, day.expected.proposed.plan.cost
    assert len(day.explained.ranges) == len(day.expected.worth) > 0
    assert {price.facility for price in day.explained.prices} == {
        one.facility for one in day.expected.worth
    }
    for price in day.explained.prices[:2]:
        more = min(1.0, price.range.more)
        for when in price.days:
            add = Add(price.facility, price.resource, more, 1.0).apply(problem)
            t = problem.periods.index(when)
            capacity = problem.capacity.copy()
            capacity[:, :, t] = add.capacity[:, :, t]
            again = Exact().solve(replace(problem, capacity=capacity), CLOCK)
            assert cost - again.cost == pytest.approx(more * price.range.rate, rel=1e-6, abs=1e-3)
    assert [row["days"] for row in prices(day)] == [len(one.days) for one in day.explained.prices]


def test_who_goes_short_is_told_with_names_and_a_remedy(day: Day) -> None:
    """The section of worth names the district, why it goes short, and what would serve it."""
    assert day.explained is not None
    assert day.explained.short is not None
    section = worth(day, figures(day))
    text = " ".join(WORDS(sentence) for sentence in section.sentences)
    names = {item.id: item.name for item in day.region.districts}
    assert f"Most need stays unmet in {names[day.explained.short.district]}" in text
    assert "The cheapest change found" in text or "No single change" in text
    keys = {cell.key for grid in section.grids for row in grid.rows for cell in row}
    assert {"expected.worth.1.each", "expected.worth.1.more", "stress1.worth.1.weighted"} <= keys


def test_what_a_stress_changes_is_a_table_and_a_map(day: Day) -> None:
    """Where coverage differs from the expected days, the districts are told and drawn."""
    grids, charts = differences(day, WORDS)
    (grid,), (chart,) = grids, charts
    assert all(cells[-1].value != 0 for cells in grid.rows)
    assert chart.id == "difference-stress1"
    assert len(chart.legend) == 7
    calm = replace(day, answers=(day.expected, day.expected))
    assert differences(calm, WORDS) == ((), ())


def test_a_stress_that_cannot_be_names_its_option(day: Day, tmp_path: Path) -> None:
    """Facilities that are not there, and more beds than there are, are faults of the option."""
    wrong = (Lose("H99", "icu_bed", 1.0), Lose("H01", "icu_bed", 1e5))
    with open_context(Settings(home=tmp_path)) as context, pytest.raises(InputError) as caught:
        plan_city(context, day.region, day.need.expected, RULES, changes=wrong)
    assert [str(fault.where) for fault in caught.value.faults] == ["--stress", "--stress"]
