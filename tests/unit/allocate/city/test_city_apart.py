"""Problems whose journeys cost more than minutes are planned apart all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.auto import Auto
from salus.allocate.city.brute import Brute
from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.verify import verify
from salus.allocate.city.whole import solve_whole
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
WEIGHTS = Aims({Aim.TRAVEL: 2.0, Aim.PRACTICE: 0.5, Aim.UNMET: 1.5})


def _priced(seed: int, *, coupled: bool = False) -> CityProblem:
    city = small_city(seed, coupled=coupled)
    added = stream(seed, "practice").uniform(0, 40, city.arc_minutes.size).round()
    return replace(city, arc_price=added, aims=WEIGHTS)


@pytest.mark.parametrize("coupled", [False, True])
@pytest.mark.parametrize("method", [Exact(), Flow(), Auto(), Brute()], ids=lambda m: m.name)
@pytest.mark.parametrize("seed", range(4))
def test_what_practice_adds_is_planned_apart(
    method: CityMethod, seed: int, *, coupled: bool
) -> None:
    """With weights and prices of practice the plan is right, proven, and that of the whole."""
    city = _priced(seed, coupled=coupled)
    if not method.fits(city):
        return
    plan = method.solve(city, CLOCK)
    found = verify(city, plan)
    assert found.right
    assert abs(found.gap) <= 1e-9
    whole = solve_whole(city, "exact", CLOCK, Stop())
    assert plan.cost == pytest.approx(whole.cost, rel=1e-9)
    assert verify(city, whole).gap == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", [Greedy(), Nearest()], ids=lambda m: m.name)
def test_the_rough_plans_cost_what_they_say(method: CityMethod) -> None:
    """Greedy and the status quo count what practice adds, and undercut no exact plan."""
    city = _priced(1)
    plan = method.solve(city, CLOCK)
    assert verify(city, plan).right
    assert plan.cost >= Exact().solve(city, CLOCK).cost


def test_the_status_quo_minds_no_practice() -> None:
    """People go to the nearest facility, whatever its price."""
    plans = [Nearest().solve(city, CLOCK) for city in (_priced(2), small_city(2))]
    np.testing.assert_array_equal(plans[0].facility, plans[1].facility)


@pytest.mark.parametrize(
    "aims", [Aims(order=((Aim.UNMET,),)), Aims({Aim.UNMET: 0.0})], ids=["ordered", "free"]
)
def test_what_is_not_apart_is_no_flow(aims: Aims) -> None:
    """Aims in order, and unmet need that costs nothing, are left to the whole programme."""
    city = replace(small_city(0), aims=aims)
    assert not city.apart
    assert not Flow().fits(city)
