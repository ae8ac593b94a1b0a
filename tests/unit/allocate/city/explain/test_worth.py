"""Reasons are confirmed by planning again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.binding import binding
from salus.allocate.city.explain.ranges import Unit
from salus.allocate.city.explain.worth import tightest, worth
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.measures import measure
from salus.core.clock import SystemClock

CLOCK = SystemClock()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("method", [Exact(), Flow()], ids=lambda method: method.name)
def test_a_bed_is_worth_what_planning_again_saves(method: Exact | Flow, seed: int) -> None:
    """Each worth equals the drop of the cost of the whole city planned again with the bed."""
    city = small_city(seed)
    plan = method.solve(city, CLOCK)
    for bed in tightest(city, plan, method, CLOCK, places=3, bed_days=0.85):
        capacity = city.capacity.copy()
        place = (city.facilities.index(bed.facility), city.resources.index(bed.resource))
        capacity[place] += 0.85
        again = method.solve(replace(city, capacity=capacity), CLOCK)
        assert bed.confirmed == pytest.approx(plan.cost - again.cost, abs=1e-4)
        assert 0 < bed.confirmed <= bed.predicted + 1e-4
        unmet = measure(city, plan).unmet - measure(city, again).unmet
        np.testing.assert_allclose(bed.unmet_avoided, unmet.sum(axis=(0, 2)), atol=1e-5)
        saved = bed.minutes_saved + np.dot(bed.unmet_avoided, city.penalty)
        assert saved == pytest.approx(bed.confirmed)


def test_the_greatest_saving_comes_first() -> None:
    """Places are ranked by what was confirmed, and no more than asked for are returned."""
    city = small_city(5, supply=0.5)
    found = tightest(city, Exact().solve(city, CLOCK), Exact(), CLOCK, places=3)
    assert 0 < len(found) <= 3
    assert [one.confirmed for one in found] == sorted((w.confirmed for w in found), reverse=True)


def test_a_price_that_saves_nothing_is_not_returned() -> None:
    """An invented price is not confirmed when the city has plenty."""
    city = small_city(5, supply=50.0)
    plan = Exact().solve(city, CLOCK)
    boast = replace(plan, price=np.ones_like(plan.price))
    assert tightest(city, boast, Exact(), CLOCK) == ()


def test_without_prices_nothing_is_explained() -> None:
    """A greedy plan has no prices, so it gives no reasons."""
    city = small_city(5)
    assert tightest(city, Greedy().solve(city, CLOCK), Greedy(), CLOCK) == ()


def test_a_place_without_beds_is_no_place_for_one_more() -> None:
    """A closed facility is priced, but is not proposed for one more bed."""
    city = small_city(5, supply=0.5)
    capacity = city.capacity.copy()
    capacity[0] = 0
    closed = replace(city, capacity=capacity)
    plan = Exact().solve(closed, CLOCK)
    assert "H1" not in {one.facility for one in tightest(closed, plan, Exact(), CLOCK, places=6)}


def test_full_capacities_are_named() -> None:
    """Capacities that the plan uses up are named with their days; slack ones are not."""
    city = small_city(5, supply=0.5)
    plan = Exact().solve(city, CLOCK)
    found = binding(city, plan)
    load = measure(city, plan).load
    assert found
    for one in found:
        place = (city.facilities.index(one.facility), city.resources.index(one.resource))
        if len(one.periods) == len(city.periods):
            assert load[place] == pytest.approx(1)
    assert [one.price for one in found] == sorted((one.price for one in found), reverse=True)
    assert binding(city, Greedy().solve(small_city(5, supply=50.0), CLOCK)) != found


def test_a_resource_that_nobody_uses_is_worth_nothing() -> None:
    """One more of it saves nothing, and so does any number."""
    city = small_city(7)
    idle = replace(
        city,
        resources=(*city.resources, "scanner"),
        uses=np.column_stack([city.uses, np.zeros(len(city.services))]),
        capacity=np.concatenate([city.capacity, 0 * city.capacity[:, :1] + 3.0], axis=1),
    )
    standing = Standing(idle, Exact().solve(idle, CLOCK), Exact(), CLOCK)
    found = worth(standing, Unit(1, 2, gives=1.0, since=1))
    assert (found.predicted, found.confirmed, found.weighted_avoided) == (0, 0, 0)
    assert found.range is not None
    assert (found.range.rate, found.range.fewer, found.range.bottom) == (0, 3, True)
    assert found.range.open
