"""How far the value of a unit holds, where fewer units leave no plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from salus.allocate.city.checks import featured_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.ranges import Found, Unit, range_of
from salus.allocate.city.features.fairness.fair import Covered
from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.core.clock import SystemClock

CLOCK = SystemClock()


def test_a_value_ends_where_a_promise_could_not_be_kept_with_fewer() -> None:
    """A coverage that is promised as high as it goes leaves nothing to lose, and no fault."""
    city = featured_city(7, whole=True)
    groups = Groups.districts(city)
    even = replace(city, features=(*city.features, MaxMin(groups, price=1e6)))
    best = Exact().solve(even, CLOCK).decision(Covered)
    assert best is not None
    least = np.full(groups.count, best.lowest - 1e-6)
    kept = replace(city, features=(*city.features, CoverageFloors(groups, least)))
    standing = Standing(kept, Exact().solve(kept, CLOCK), Exact(), CLOCK)
    facilities, resources = city.capacity.shape[:2]
    found = [range_of(standing, Unit(j, r)) for j in range(facilities) for r in range(resources)]
    assert {each.found for each in found} == {Found.STEPS}
    assert any(each.fewer == 0 for each in found)
