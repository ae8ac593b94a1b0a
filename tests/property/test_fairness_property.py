"""Fair cities: plans are right and proven, fairer than the plain plan, and at a known price."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.costs import Costs
from salus.allocate.city.features.fairness.alpha import AlphaFair
from salus.allocate.city.features.fairness.fair import Covered
from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.gini import GiniPenalty
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.features.idle import Idle, Idled
from salus.allocate.city.leximin import leximin
from salus.allocate.city.measures import measure
from salus.allocate.city.pareto import front
from salus.allocate.city.programme import write
from salus.allocate.city.tally import tally
from salus.allocate.city.verify import verify
from salus.allocate.lp.solve import solve
from salus.core.clock import SystemClock
from salus.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.features.fairness.fair import Fair
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.program import LinearProgram

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)
WAYS: dict[str, Callable[[Groups], Fair]] = {
    "maxmin": lambda groups: MaxMin(groups, 3000.0),
    "gap": lambda groups: CoverageGap(groups, 0.1, withhold=True),
    "priced gap": lambda groups: CoverageGap(groups, price=2000.0),
    "pairs": lambda groups: GiniPenalty(groups, 3000.0),
    "chords": lambda groups: GiniPenalty(groups, 3000.0, points=5),
    "plain cases": lambda groups: GiniPenalty(groups, 3000.0, severity=False),
    "proportional": lambda groups: AlphaFair(groups, 1.0, 2000.0),
    "averse": lambda groups: AlphaFair(groups, 3.0, 10.0),
}


def _solved(city: CityProblem) -> CityPlan:
    plan = Exact().solve(city, CLOCK)
    found = verify(city, plan)
    assert found.right
    assert abs(found.gap) <= 1e-6
    return plan


def _fair(city: CityProblem, fair: Fair) -> Covered:
    found = _solved(replace(city, features=(*city.features, fair))).decision(Covered)
    assert found is not None
    return found


def _seen(city: CityProblem, fair: Fair, plan: CityPlan) -> Covered:
    """Look at a plan as a feature does that it was made without."""
    served = np.zeros_like(city.need)
    np.add.at(served, (plan.district, plan.service, plan.period), plan.cases)
    return fair.seen(city, np.maximum(city.need - served, 0.0))


@settings(max_examples=12)
@pytest.mark.parametrize("way", WAYS)
@given(seed=SEEDS, featured=st.booleans())
def test_every_way_of_being_fair_is_right_and_proven(way: str, seed: int, featured: bool) -> None:  # noqa: FBT001
    """With stays, waiting and surge or without, the plan keeps every rule and leaves no gap."""
    city = featured_city(seed) if featured else small_city(seed)
    fair = WAYS[way](Groups(np.array([0, 1, 1, 2]), ("north", "middle", "south")))
    _fair(city, fair)


@settings(max_examples=20)
@given(SEEDS)
def test_each_way_is_no_less_fair_than_the_plain_plan(seed: int) -> None:
    """The minimum rises, the Gini and the lost welfare fall, and a bound on the gap is kept."""
    city = small_city(seed, supply=0.6)
    groups, plain = Groups.districts(city), _solved(city)
    for fair in (MaxMin(groups, 1e4), GiniPenalty(groups, 1e4), AlphaFair(groups, 2.0, 1e3)):
        assert _fair(city, fair).measure <= _seen(city, fair, plain).measure + 1e-6
    assert (
        _fair(city, MaxMin(groups, 1e4)).lowest
        >= _seen(city, MaxMin(groups, 1.0), plain).lowest - 1e-6
    )
    assert _fair(city, CoverageGap(groups, 0.2, withhold=True)).gap <= 0.2 + 1e-6


@settings(max_examples=20)
@given(SEEDS)
def test_alpha_0_counts_cases_and_a_high_alpha_looks_at_the_worst(seed: int) -> None:
    """At alpha 0 the plan serves as much as the plain one; the lowest rises with alpha."""
    city = replace(small_city(seed, supply=0.6), arc_minutes=np.zeros_like(_minutes(seed)))
    groups, plain = Groups.districts(city), _solved(city)
    served = _fair(city, AlphaFair(groups, 0.0, 5000.0))
    assert served.overall == pytest.approx(_seen(city, MaxMin(groups, 1.0), plain).overall)
    # Utility alone, so that alpha is all that counts.
    alone = replace(city, aims=Aims({Aim.UNMET: 0.0, Aim.TRAVEL: 0.0}))
    lowest = [_fair(alone, AlphaFair(groups, a, 100.0, 60)).lowest for a in (0.5, 2.0, 4.0)]
    best = _fair(alone, MaxMin(groups, 100.0)).lowest
    assert lowest[0] <= lowest[1] + 0.05
    assert lowest[1] <= lowest[2] + 0.05
    assert lowest[2] <= best + 1e-6


def _minutes(seed: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return small_city(seed, supply=0.6).arc_minutes


@settings(max_examples=20)
@given(SEEDS)
def test_the_gini_of_pairs_is_that_of_the_measures(seed: int) -> None:
    """The absolute Gini over the mean coverage is what the measures say; chords are near it."""
    city = small_city(seed, supply=0.5)
    groups = Groups.districts(city)
    fair = GiniPenalty(groups, 800.0, severity=False)
    plan = _solved(replace(city, features=(fair,)))
    found, chords = plan.decision(Covered), GiniPenalty(groups, 800.0, 8, severity=False)
    assert found is not None
    told = measure(replace(city, features=(fair,)), plan).fairness
    assert found.gini == pytest.approx(told.gini, abs=1e-9)
    assert found.measure == pytest.approx(told.gini * found.overall, abs=1e-9)
    near = _seen(city, chords, plan)
    assert -1e-9 <= found.measure - near.measure <= near.error + 1e-9


@settings(max_examples=20)
@given(SEEDS, st.sampled_from([Aim.UNMET, Aim.TRAVEL, Aim.WAITING, Aim.SURGE]))
def test_two_levels_are_a_weight_that_leaves_no_choice(seed: int, first: Aim) -> None:
    """The first level and all the rest have the values that they have under a great weight."""
    city = featured_city(seed)
    plan = _solved(replace(city, aims=Aims(order=((first,),))))
    heavy = _solved(replace(city, aims=Aims({first: 1e6})))
    counted = tally(city, heavy).charges
    rest = sum(amount for aim, amount in counted.items() if aim is not first)
    for level, value in zip(plan.levels, (counted[first], rest), strict=True):
        assert level.value == pytest.approx(value, rel=1e-5, abs=1e-2)


@settings(max_examples=20)
@given(SEEDS, st.permutations([Aim.UNMET, Aim.TRAVEL, Aim.WAITING, Aim.SURGE]))
def test_many_levels_are_right_and_each_is_proven(seed: int, order: list[Aim]) -> None:
    """Whatever the order, every level keeps its limit and leaves no gap; whole bays, too."""
    aims = Aims(order=tuple((aim,) for aim in order))
    _solved(replace(featured_city(seed), aims=aims))
    whole = replace(featured_city(seed, whole=True), aims=aims)
    assert verify(whole, Exact().solve(whole, CLOCK)).right


@settings(max_examples=15)
@given(SEEDS, st.booleans())
def test_leximin_is_the_brute_order_of_sums(seed: int, featured: bool) -> None:  # noqa: FBT001
    """The rungs are the differences of the least sums of the k largest shortfalls."""
    city = featured_city(seed) if featured else small_city(seed, supply=0.5)
    found = leximin(city, Groups.districts(city), CLOCK)
    told = verify(found.problem, found.plan)
    assert told.right
    assert abs(told.gap) <= 1e-6
    short = sorted((1 - one.coverage for one in found.rungs for _ in one.groups), reverse=True)
    assert short == pytest.approx(_brute(city), abs=1e-6)
    assert all(one.bound == pytest.approx(one.coverage, abs=1e-6) for one in found.rungs)


def _brute(city: CityProblem) -> list[float]:
    """Minimise the sums of the k largest shortfalls in order (Ogryczak and Sliwinski 2006)."""
    ends = MaxMin(Groups.districts(city), 1.0)
    draft = write(replace(city, features=(ends, *city.features))).draft
    short = draft.column.blocks["maxmin.shortfall"].indices
    sums: list[float] = []
    for k in range(1, short.size + 1):
        level = draft.columns(f"level {k}", (1,), upper=1.0)
        above = draft.columns(f"above {k}", short.shape, upper=1.0)
        rows = draft.rows(f"above {k}", short.shape, upper=0.0)
        for columns, sign in ((short, 1), (level, -1), (above, -1)):
            draft.put(rows, columns, sign)
        draft.charge(f"sum {k}", level, float(k))
        draft.charge(f"sum {k}", above, 1.0)
        found = solve(_relaxed(draft.program({f"sum {k}": 1.0})))
        assert found.objective is not None
        sums.append(found.objective)
        kept = draft.rows(f"kept {k}", (1,), upper=found.objective + 1e-9)
        cost = draft.cost(f"sum {k}")
        draft.put(kept, np.flatnonzero(cost), cost[np.flatnonzero(cost)])
    return [later - sooner for sooner, later in pairwise([0.0, *sums])]


def _relaxed(program: LinearProgram) -> LinearProgram:
    return replace(program, integral=None)


@settings(max_examples=10)
@given(SEEDS, st.sampled_from(["maxmin", "pairs", "proportional", "priced gap"]))
def test_the_front_rises_and_falls_and_none_beats_another(seed: int, way: str) -> None:
    """From end to end need rises and unfairness falls; every point is proven."""
    city = featured_city(seed)
    city = replace(city, features=(*city.features, WAYS[way](Groups.districts(city))))
    heard: list[float] = []
    found = front(city, CLOCK, count=6, progress=lambda _, done: heard.append(done))
    need = [point.need for point in found.points]
    unfair = [point.unfairness for point in found.points]
    assert (np.diff(need) > 0).all()
    assert (np.diff(unfair) < 0).all()
    assert max(abs(point.gap) for point in found.points) <= 1e-6
    assert heard == sorted(heard)
    assert heard[-1] <= 1
    free = replace(city, aims=Aims({Aim.UNFAIRNESS: 0.0}))
    assert need[0] == pytest.approx(Exact().solve(free, CLOCK).cost, rel=1e-6)


@settings(max_examples=10)
@given(SEEDS)
def test_money_and_idle_promises_are_counted_right(seed: int) -> None:
    """With costs, fairness and idle promises together, the plan is right; a price wastes less."""
    city = featured_city(seed, whole=True)
    day = np.array([[10.0, 40.0], [30.0, 90.0], [20.0, 60.0]])
    others = (*city.features, Costs(np.ones(3), day, 0.1), MaxMin(Groups.districts(city), 900.0))
    days = []
    for price in (0.0, 500.0):
        tidy = replace(city, features=(*others, Idle(np.full(2, price))))
        plan = Exact().solve(tidy, CLOCK)
        assert verify(tidy, plan).right
        assert plan.claim == pytest.approx(plan.cost, rel=1e-6)
        idled = plan.decision(Idled)
        assert idled is not None
        days.append(idled.days.sum())
    assert days[1] <= days[0] + 1e-6


@settings(max_examples=10)
@given(SEEDS)
def test_promised_floors_are_kept_where_leximin_reaches_them(seed: int) -> None:
    """What leximin reaches can be promised; a little more for its lowest cannot."""
    city = small_city(seed, supply=0.5)
    groups = Groups.districts(city)
    lowest = leximin(city, groups, CLOCK).rungs[0].coverage
    _solved(replace(city, features=(CoverageFloors(groups, np.full(4, lowest - 1e-7)),)))
    if lowest < 0.99:
        with pytest.raises(InputError, match="was promised a coverage of"):
            _solved(replace(city, features=(CoverageFloors(groups, np.full(4, lowest + 0.01)),)))
