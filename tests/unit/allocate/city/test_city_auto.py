"""The method that chooses a method for each group of services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.auto import Auto
from salus.allocate.city.brute import Brute
from salus.allocate.city.checks import check_city_solver, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()


def _mixed(seed: int) -> CityProblem:
    """Set a service with places of its own beside those of the coupled small city."""
    city = small_city(seed, coupled=True)
    return replace(
        city,
        services=(*city.services, "dialysis"),
        resources=(*city.resources, "dialysis_chair"),
        need=np.concatenate([city.need, city.need[:, :1]], axis=1),
        capacity=np.concatenate([city.capacity, city.capacity[:, :1] / 5], axis=1),
        uses=np.block([[city.uses, np.zeros((3, 1))], [np.zeros((1, 2)), np.ones((1, 1))]]),
        arc_district=np.append(city.arc_district, [0, 1, 2, 3]),
        arc_facility=np.append(city.arc_facility, [0, 0, 1, 2]),
        arc_service=np.append(city.arc_service, [3, 3, 3, 3]),
        arc_minutes=np.append(city.arc_minutes, [12.0, 20.0, 7.5, 31.0]),
        penalty=np.append(city.penalty, 80.0),
    )


@pytest.mark.parametrize("seed", range(8))
def test_groups_are_planned_apart_and_joined(seed: int) -> None:
    """One group by linear programme, one by flow: one plan, as cheap as exact, and proven."""
    city = _mixed(seed)
    plan = Auto().solve(city, CLOCK)
    found = verify(city, plan)
    assert (found.right, plan.method) == (True, "auto")
    assert abs(found.gap) <= 1e-9
    assert plan.bound == pytest.approx(found.bound)
    assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-9)
    keys = np.stack([plan.period, plan.service, plan.district, plan.facility])
    assert (np.lexsort(keys[::-1]) == np.arange(plan.cases.size)).all()


def test_each_choice_has_its_reason() -> None:
    """The plan names the services of each group, the method and why."""
    said = [str(why) for why in Auto().solve(_mixed(0), CLOCK).why]
    assert said == [
        "ward, icu, surgery by linear programme: they share resources that are no flow",
        "dialysis by flow: each case takes one kind of resource",
    ]


def test_a_large_coupled_group_goes_to_the_method_by_prices() -> None:
    """From a stated number of journeys a coupled group is planned by the method that was given."""
    choices = Auto(prices=Brute(), many=10).choose(_mixed(0))
    assert [choice.method.name for choice in choices] == ["brute", "flow"]
    assert "journeys" in str(choices[0].why)


def test_a_method_by_prices_that_does_not_fit_is_left_out() -> None:
    """Where the given method does not fit the group, the linear programme plans it."""
    choices = Auto(prices=Brute(most_journeys=3), many=10).choose(_mixed(0))
    assert choices[0].method.name == "exact"


def test_nested_limits_are_said_to_be_a_flow() -> None:
    """Two services of which one takes a second resource are a flow, and the reason says so."""
    city = small_city(0)
    city = replace(city, uses=np.array([[4.0, 0.0], [2.0, 2.0], [3.0, 0.0]]))
    assert [str(why) for why in Auto().solve(city, CLOCK).why] == [
        "ward, icu, surgery by flow: their limits lie within one another"
    ]


def test_what_proves_nothing_gives_the_joined_plan_no_bound() -> None:
    """With greedy in the place of prices a part has no bound, so the whole has none."""
    plan = Auto(prices=Greedy(), many=10).solve(_mixed(0), CLOCK)
    assert plan.bound is None
    assert verify(_mixed(0), plan).right


def test_auto_keeps_the_promises_with_any_method_by_prices() -> None:
    """With a proving method in the place of prices auto passes the public check."""
    check_city_solver(Auto(prices=Exact(), many=0))
