"""What a plan strives for: levels, weights and limits, and what is refused of them."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.by_prices import Prices
from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.verify import verify
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.level import Level
    from salus.allocate.city.plan import CityPlan

CLOCK = SystemClock()
ORDER = ((Aim.UNMET,), (Aim.TRAVEL,))
CITY = replace(small_city(3, supply=0.6), aims=Aims(order=ORDER))
PLAN = Exact().solve(CITY, CLOCK)


def test_aims_travel_whole_to_other_processes() -> None:
    """Weights, order, limits and tolerance arrive as they were sent."""
    aims = Aims({Aim.TRAVEL: 0.5}, ORDER, {Aim.COST: 9.0}, tolerance=1e-3)
    assert pickle.loads(pickle.dumps(aims)) == aims  # noqa: S301 - our own bytes


def test_all_that_is_wrong_with_aims_is_named() -> None:
    """Bad weights, unknown aims, doubled and empty levels are named together."""
    with pytest.raises(ValueError, match="weight") as caught:
        Aims(
            weights={Aim.UNMET: -1.0, Aim.TRAVEL: float("nan"), cast("Aim", "joy"): 1.0},
            order=((Aim.UNMET,), (), (Aim.UNMET, Aim.WASTE)),
            limits={Aim.COST: -5.0},
            tolerance=float("inf"),
        )
    said = str(caught.value)
    for fault in (
        "but is joy",
        "weight of unmet must be finite and 0 or more, but is -1.0",
        "weight of travel must be finite and 0 or more, but is nan",
        "limit of cost must be finite and 0 or more, but is -5.0",
        "tolerance must be finite and 0 or more, but is inf",
        "unmet must stand on one level of the order, but stands on 2",
        "level 2 holds none",
    ):
        assert fault in said


def test_aims_that_are_not_named_share_the_last_level() -> None:
    """Every aim stands on exactly one level."""
    levels = Aims(order=ORDER).levels
    assert levels[:2] == ORDER
    assert sorted(aim for level in levels for aim in level) == sorted(Aim)
    assert Aims(order=(tuple(Aim),)).levels == (tuple(Aim),)


def _first(plan: CityPlan, level: Level) -> CityPlan:
    return replace(plan, levels=(level, *plan.levels[1:]))


@pytest.mark.parametrize(
    "corrupt",
    [
        lambda plan: _first(plan, replace(plan.levels[0], value=plan.levels[0].value - 1)),
        lambda plan: _first(plan, replace(plan.levels[0], limit=plan.levels[0].value - 1)),
        lambda plan: _first(plan, replace(plan.levels[0], bound=plan.levels[0].bound + 1)),
    ],
)
def test_a_false_level_is_named(corrupt: Callable[[CityPlan], CityPlan]) -> None:
    """A level that claims a false value, leaves its limit or proves less than it says is named."""
    assert verify(CITY, PLAN).right
    broken = [
        one for one in verify(CITY, corrupt(PLAN)).violations if one.constraint.name == "level"
    ]
    assert broken
    assert "level 1 (unmet)" in str(broken[0].where)
    assert broken[0].amount > 0


def test_levels_and_proofs_of_another_problem_are_refused() -> None:
    """A plan in other levels cannot be checked, nor one with a proof of another shape."""
    other = replace(CITY, aims=Aims(order=ORDER[::-1]))
    with pytest.raises(ValueError, match="levels must be travel > unmet > "):
        verify(other, PLAN)
    short = replace(PLAN.levels[1], proof=PLAN.levels[1].proof[:-1])
    with pytest.raises(ValueError, match="proof of level 2 must have shape"):
        verify(CITY, replace(PLAN, levels=(PLAN.levels[0], short, PLAN.levels[2])))


def test_a_gap_shows_on_the_level_that_has_it() -> None:
    """A plan that gives up some of its first level shows it, whatever else it saves."""
    plain = Exact().solve(replace(CITY, aims=Aims(weights={Aim.TRAVEL: 9.0})), CLOCK)
    found = verify(CITY, replace(plain, levels=PLAN.levels, proof=None))
    assert found.gap > 1e-3


def test_a_limit_is_kept_and_its_breach_is_named() -> None:
    """No more travel than the limit, and the plan without the limit breaks it."""
    free = replace(CITY, aims=Aims(weights={Aim.TRAVEL: 1.0}))
    travel = verify(free, Exact().solve(free, CLOCK)).cost
    limited = replace(CITY, aims=Aims(limits={Aim.TRAVEL: 500.0}))
    plan = Exact().solve(limited, CLOCK)
    found = verify(limited, plan)
    assert found.right
    assert abs(found.gap) <= 1e-6
    assert found.cost > travel
    broken = verify(limited, replace(plan, cases=plan.cases * 1.1)).violations
    assert "limit" in {one.constraint.name for one in broken}


def test_limits_that_nothing_keeps_are_refused() -> None:
    """Where no plan keeps a limit there is advice, not a plan."""
    nobody = replace(CITY, aims=Aims(limits={Aim.UNMET: 1.0}))
    for city in (nobody, replace(nobody, aims=replace(nobody.aims, order=ORDER))):
        with pytest.raises(InputError, match="the aims allow 1 weighted minutes of unmet"):
            Exact().solve(city, CLOCK)


def test_whole_numbers_have_a_claim_on_each_level_and_a_limit_of_time_leaves_a_plan() -> None:
    """Levels over whole bays claim what the search says; without time nobody is served."""
    city = replace(featured_city(3, whole=True), aims=Aims(order=((Aim.UNMET,), (Aim.SURGE,))))
    plan = Exact().solve(city, CLOCK)
    assert verify(city, plan).right
    assert [level.claim is not None for level in plan.levels] == [True, True, True]
    hasty = Exact(Stop(seconds=0.0)).solve(city, CLOCK)
    assert verify(city, hasty).right
    assert hasty.cost >= plan.cost - 1e-6


@pytest.mark.parametrize("whole", [True, False])
def test_a_limit_that_no_plan_keeps_is_named(*, whole: bool) -> None:
    """The aims are named with what could be kept, which a plan then keeps."""
    city = featured_city(7, whole=whole)
    asked = replace(city, aims=Aims(limits={Aim.UNMET: 10.0, Aim.TRAVEL: 5.0, Aim.COST: 1e9}))
    for method in (Exact(), Prices()):
        with pytest.raises(InputError, match="the aims allow") as caught:
            method.solve(asked, CLOCK)
        said = str(caught.value)
        assert "the aims allow 10 weighted minutes of unmet" in said
        assert "cost" not in said
        assert "fairness" not in said
    needed = re.findall("of (\\w+), but .*; allow ([0-9,]+) or more", said)
    limits = dict(asked.aims.limits)
    limits |= {Aim(aim): float(amount.replace(",", "")) for aim, amount in needed}
    assert Exact().solve(replace(city, aims=Aims(limits=limits)), CLOCK).cost > 0
