"""One corrupted plan for each rule: the check catches it and names the rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.bound import lagrangian
from salus.allocate.city.checks import small_city
from salus.allocate.city.constraints import CONSTRAINTS
from salus.allocate.city.exact import Exact
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.plan import CityPlan

WHOLE = small_city(3, supply=0.6)
# Nobody takes surgery at H1, and no journey leads from D1 to H2 for a ward.
_gone = ((WHOLE.arc_facility == 0) & (WHOLE.arc_service == 2)) | (
    (WHOLE.arc_district == 0) & (WHOLE.arc_facility == 1) & (WHOLE.arc_service == 0)
)
CITY = replace(
    WHOLE,
    **{
        name: getattr(WHOLE, name)[~_gone]
        for name in ("arc_district", "arc_facility", "arc_service", "arc_minutes")
    },
)
PLAN = Exact().solve(CITY, SystemClock())


def _with_row(plan: CityPlan, district: int, facility: int, service: int) -> CityPlan:
    return replace(
        plan,
        district=np.append(plan.district, district),
        facility=np.append(plan.facility, facility),
        service=np.append(plan.service, service),
        period=np.append(plan.period, 0),
        cases=np.append(plan.cases, 1e-3),
    )


def _first(plan: CityPlan, change: float) -> CityPlan:
    return replace(plan, cases=np.r_[plan.cases[0] + change, plan.cases[1:]])


def _crowd(plan: CityPlan) -> CityPlan:
    return replace(plan, cases=np.r_[plan.cases[0] * 9, plan.cases[1:]])


CORRUPTIONS: dict[str, Callable[[CityPlan], CityPlan]] = {
    "taken": lambda plan: _with_row(plan, 1, 0, 2),
    "journey": lambda plan: _with_row(plan, 0, 1, 0),
    "cases": lambda plan: _first(plan, -plan.cases[0] - 0.5),
    "need": _crowd,
    "capacity": _crowd,
    "price": lambda plan: replace(plan, price=plan.price - 1e-3),
    "cost": lambda plan: replace(plan, cost=plan.cost + 1),
    "bound": lambda plan: replace(plan, bound=plan.cost + 1),
}


def test_the_right_plan_passes() -> None:
    """Nothing is found wrong with the exact plan, and its gap is 0."""
    found = verify(CITY, PLAN)
    assert found.right
    assert found.gap == pytest.approx(0, abs=1e-12)
    assert found.bound <= found.cost + 1e-9


def test_there_is_a_corruption_for_every_rule() -> None:
    """No rule goes without its corrupted plan."""
    assert set(CORRUPTIONS) == {constraint.name for constraint in CONSTRAINTS}


@pytest.mark.parametrize("rule", CORRUPTIONS)
def test_a_broken_rule_is_named(rule: str) -> None:
    """The corrupted plan is caught, with the rule, a place and an amount."""
    found = verify(CITY, CORRUPTIONS[rule](PLAN))
    broken = [one for one in found.violations if one.constraint.name == rule]
    assert broken
    assert all(one.amount > 0 for one in broken)
    assert all(str(one.where) for one in broken)


def test_a_place_is_named_by_its_keys() -> None:
    """The place of a breach holds the keys that a planner knows."""
    found = verify(CITY, CORRUPTIONS["taken"](PLAN))
    assert [str(one.where) for one in found.violations if one.constraint.name == "taken"] == [
        "from D2 to H1 for surgery on 2026-06-28"
    ]


def test_what_is_served_against_the_rules_counts_as_unmet() -> None:
    """A journey that is not allowed saves nothing in the recounted cost."""
    assert verify(CITY, CORRUPTIONS["journey"](PLAN)).cost == pytest.approx(PLAN.cost)


def test_a_plan_of_another_city_is_refused() -> None:
    """Places that the problem does not have cannot be checked; all are named at once."""
    stranger = replace(PLAN, district=PLAN.district + 7, price=PLAN.price[:1])
    with pytest.raises(ValueError, match=r"district must be from 0 to 3.*price must have shape"):
        verify(CITY, stranger)


def test_any_prices_prove_a_bound_below_the_best_cost() -> None:
    """The bound of arbitrary prices never passes the optimal cost."""
    draw = np.random.Generator(np.random.PCG64(5))
    for _ in range(50):
        price = draw.exponential(20, CITY.capacity.shape) * (draw.random(CITY.capacity.shape) < 0.5)
        assert lagrangian(CITY, price) <= PLAN.cost + 1e-9


def test_without_prices_the_bound_is_that_of_plenty() -> None:
    """Prices of zero prove what a city without limits would cost."""
    plenty = replace(CITY, capacity=np.full_like(CITY.capacity, 1e6))
    cost = Exact().solve(plenty, SystemClock()).cost
    assert lagrangian(CITY, np.zeros_like(CITY.capacity)) == pytest.approx(cost)
