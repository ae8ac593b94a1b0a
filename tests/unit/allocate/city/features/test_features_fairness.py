"""Fairness between groups: what is measured, what is kept, and what is refused by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.by_prices import Prices
from salus.allocate.city.checks import featured_city, small_city, staffed_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.fairness.alpha import AlphaFair
from salus.allocate.city.features.fairness.fair import Covered, covered
from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.gini import GiniPenalty
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.leximin import leximin
from salus.allocate.city.measures import fairness
from salus.allocate.city.pareto import front
from salus.allocate.city.verify import verify
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.errors import InputError

if TYPE_CHECKING:
    from salus.allocate.city.features.fairness.fair import Fair
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.violation import Violation

CLOCK = SystemClock()
CITY = small_city(7)
GROUPS = Groups.districts(CITY)


def _covered(city: CityProblem, fair: Fair) -> Covered:
    found = Exact().solve(replace(city, features=(*city.features, fair)), CLOCK).decision(Covered)
    assert found is not None
    return found


def _without_roads(city: CityProblem, district: int) -> CityProblem:
    kept = city.arc_district != district
    names = ("arc_district", "arc_facility", "arc_service", "arc_minutes")
    return replace(city, **{name: getattr(city, name)[kept] for name in names})


def test_groups_that_leave_somebody_out_are_refused() -> None:
    """Indices outside, empty groups and doubled names are named together."""
    with pytest.raises(ValueError, match="groups") as caught:
        Groups(np.array([0, 4, 0]), ("north", "south", "north"))
    assert "groups.of must be from 0 to 2, but holds 4" in str(caught.value)
    assert "group south must have a district, but has none" in str(caught.value)
    assert "north is the name of 2" in str(caught.value)
    with pytest.raises(ValueError, match="whole number"):
        Groups(np.array([0.5, 1.0]), ("north", "south"))


def test_deprivation_groups_are_even_and_keep_ties_together() -> None:
    """Quantiles of distinct scores are even; equal scores share a group; the unknown are apart."""
    even = Groups.by_deprivation(np.linspace(0, 1, 20))
    assert np.bincount(even.of).tolist() == [4] * 5
    tied = Groups.by_deprivation(np.array([1.0, 1.0, 1.0, 2.0, np.nan]), count=3)
    assert len(set(tied.of[:3].tolist())) == 1
    assert tied.of[3] != tied.of[0]
    assert str(tied.names[-1]) == "districts whose deprivation is not known"
    assert Groups.by_deprivation(np.full(3, np.nan)).count == 1
    with pytest.raises(ValueError, match="count is 0 and 1 scores are infinite"):
        Groups.by_deprivation(np.array([np.inf]), count=0)


@pytest.mark.parametrize(
    ("fair", "faults"),
    [
        (MaxMin(GROUPS, -1.0), ["maxmin.price must be finite and above 0, but is -1.0"]),
        (
            CoverageGap(GROUPS, 1.5, -0.1, np.nan),
            ["gap.most must be from 0 to 1, but is 1.5", "gap.overall", "gap.price"],
        ),
        (GiniPenalty(GROUPS, np.inf, 1), ["gini.price", "gini.points must be at least 2"]),
        (
            AlphaFair(GROUPS, -0.5, 0.0, 1),
            ["alpha.alpha must be from 0 to 4, but is -0.5", "alpha.price", "alpha.pieces"],
        ),
        (AlphaFair(GROUPS, np.nan, 1.0), ["alpha.alpha must be from 0 to 4, but is nan"]),
        (CoverageFloors(GROUPS, np.array([2.0])), ["floors.least must have shape (4,)", "holds 2"]),
        (MaxMin(Groups(np.array([0, 0]), ("all",)), 1.0), ["a group to each of 4 districts"]),
    ],
)
def test_numbers_out_of_range_are_named_together(fair: Fair, faults: list[str]) -> None:
    """A city with a bad feature is refused, with each field, bound and value."""
    with pytest.raises(ValueError, match=fair.name) as caught:
        replace(CITY, features=(fair,))
    for fault in faults:
        assert fault in str(caught.value)


def test_the_lowest_coverage_rises_on_the_first_level() -> None:
    """With fairness before all else, no price is needed to reach the highest lowest coverage."""
    dear = _covered(CITY, MaxMin(GROUPS, 1e7))
    first = replace(
        CITY, features=(MaxMin(GROUPS, 1.0),), aims=Aims(order=((Aim.UNFAIRNESS,), (Aim.UNMET,)))
    )
    plan = Exact().solve(first, CLOCK)
    assert verify(first, plan).right
    found = covered(plan, "maxmin")
    assert found is not None
    assert found.lowest == pytest.approx(dear.lowest, abs=1e-5)
    assert found.lowest == pytest.approx(1 - plan.levels[0].bound, abs=1e-5)


def test_who_waits_and_is_served_is_covered() -> None:
    """Coverage looks at what stays unmet in the end, so that waiting does not lower it."""
    city = featured_city(7)
    plan = Exact().solve(replace(city, features=(*city.features, MaxMin(GROUPS, 10.0))), CLOCK)
    found = plan.decision(Covered)
    assert found is not None
    served = np.zeros(4)
    np.add.at(served, plan.district, plan.cases * city.penalty[plan.service])
    need = city.need.sum(axis=2) @ city.penalty
    assert found.coverage == pytest.approx(served / need, abs=1e-9)


def test_a_city_that_needs_nothing_is_fair() -> None:
    """Without need there is no coverage, no charge and no fault."""
    empty = replace(CITY, need=np.zeros_like(CITY.need))
    for fair in (
        MaxMin(GROUPS, 1.0),
        CoverageGap(GROUPS, 0.1, 0.5, 1.0),
        GiniPenalty(GROUPS, 1.0),
        GiniPenalty(GROUPS, 1.0, 4),
        AlphaFair(GROUPS, 1.0, 1.0),
        CoverageFloors(GROUPS, np.ones(4)),
    ):
        city = replace(empty, features=(fair,))
        plan = Exact().solve(city, CLOCK)
        assert verify(city, plan).right
        assert plan.cost == pytest.approx(0)


def test_a_false_coverage_is_named() -> None:
    """A plan that claims more coverage than its rows have breaks the rule, by group."""
    city = replace(CITY, features=(MaxMin(GROUPS, 10.0),))
    plan = Exact().solve(city, CLOCK)
    found = plan.decision(Covered)
    assert found is not None
    proud = replace(found, coverage=np.minimum(found.coverage + 0.1, 1.0), lowest=0.99)
    broken = verify(city, replace(plan, decisions=(proud,))).violations
    assert {"D1", "maxmin.lowest"} & {str(one.where) for one in broken}
    assert {one.constraint.name for one in broken} == {"covered"}
    lost = replace(found, coverage=found.coverage[:1])
    assert not verify(city, replace(plan, decisions=(lost,))).right


def _broken(city: CityProblem, plan: CityPlan) -> tuple[Violation, ...]:
    recounts = (feature.recount(city, plan) for feature in city.features)
    return tuple(broken for one in recounts for broken in one.violations)


def test_a_wider_gap_and_a_lower_floor_than_allowed_are_named() -> None:
    """The plan without the rules breaks them, with both groups of the gap."""
    plan = Exact().solve(CITY, CLOCK)
    gap = replace(CITY, features=(CoverageGap(GROUPS, 0.05, 1.0),))
    broken = {one.constraint.name: str(one.where) for one in _broken(gap, plan)}
    assert broken["gap"] == "D1 and D3"
    assert broken["floor"] == "all groups"
    floors = replace(CITY, features=(CoverageFloors(GROUPS, np.ones(4)),))
    assert {str(one.where) for one in _broken(floors, plan)} >= {"D2", "D3"}


def test_a_district_without_roads_makes_a_gap_impossible_and_is_named() -> None:
    """The bound is refused with the district, its best coverage and a gap that can be kept."""
    city = _without_roads(small_city(0, supply=2.0), 1)
    narrow = replace(city, features=(CoverageGap(GROUPS, 0.1),))
    with pytest.raises(InputError) as caught:
        Exact().solve(narrow, CLOCK)
    (fault,) = caught.value.faults
    assert "D2 can be covered by 0.0% at best" in str(fault)
    smallest = float(str(fault.remedy).split("allow a gap of ")[1].split("%")[0]) / 100
    for most, fits in ((smallest, True), (smallest - 0.01, False)):
        wider = replace(city, features=(CoverageGap(GROUPS, most),))
        if fits:
            assert verify(wider, Exact().solve(wider, CLOCK)).right
        else:
            with pytest.raises(InputError, match="would only withhold care"):
                Exact().solve(wider, CLOCK)
    meant = replace(city, features=(CoverageGap(GROUPS, 0.1, withhold=True),))
    assert verify(meant, Exact().solve(meant, CLOCK)).right


def test_a_gap_that_no_plan_keeps_beside_an_overall_coverage_is_refused_by_name() -> None:
    """With care demanded for all together, an impossible bound names the district, too."""
    city = _without_roads(small_city(0, supply=2.0), 1)
    for withhold in (True, False):
        rule = CoverageGap(GROUPS, 0.1, 0.5, withhold=withhold)
        with pytest.raises(InputError, match=r"D2 can be covered by 0.0% at best.*no plan keeps"):
            Exact().solve(replace(city, features=(rule,)), CLOCK)
    greedy = replace(city, features=(CoverageGap(GROUPS, 1.0, 1.0),))
    with pytest.raises(InputError, match="all groups together can be covered by"):
        Exact().solve(greedy, CLOCK)


def test_a_promise_that_cannot_be_kept_names_the_district_and_what_can_be() -> None:
    """What the advice says can be promised is kept."""
    city = _without_roads(small_city(0, supply=2.0), 1)
    floors = CoverageFloors(GROUPS, np.array([0.1, 0.3, 0.1, 0.1]))
    with pytest.raises(InputError, match=r"D2 was promised a coverage of 30.0%") as caught:
        Exact().solve(replace(city, features=(floors,)), CLOCK)
    assert len(caught.value.faults) == 1
    assert "promise 0.0% or less" in str(caught.value)
    kept = replace(floors, least=np.array([0.1, 0.0, 0.1, 0.1]))
    assert verify(
        replace(city, features=(kept,)), Exact().solve(replace(city, features=(kept,)), CLOCK)
    ).right


def test_one_share_for_all_is_advised_as_large_as_it_can_be_kept() -> None:
    """It is the best that the worst covered group can have; who shares its beds may have less."""
    best = _covered(CITY, MaxMin(GROUPS, price=1e6)).lowest
    assert 0 < best < 1
    with pytest.raises(InputError, match="no plan keeps all promises") as caught:
        Exact().solve(replace(CITY, features=(CoverageFloors(GROUPS, np.ones(4)),)), CLOCK)
    share = np.floor(best * 1000 + 1e-6) / 1000
    assert all(f"promise {share:.1%} or less" in str(fault) for fault in caught.value.faults)
    kept = replace(CITY, features=(CoverageFloors(GROUPS, np.full(4, share)),))
    assert verify(kept, Exact().solve(kept, CLOCK)).right


def test_a_narrow_gap_that_shares_care_is_kept() -> None:
    """A bound that moves care from the best covered to the worst is no withheld care."""
    city = replace(CITY, features=(CoverageGap(GROUPS, 0.05),))
    plan = Exact().solve(city, CLOCK)
    found = plan.decision(Covered)
    assert found is not None
    assert found.gap == pytest.approx(0.05, abs=1e-6)
    assert verify(city, plan).right


def test_a_gap_may_have_a_price() -> None:
    """The dearer the gap, the narrower it is."""
    gaps = [_covered(CITY, CoverageGap(GROUPS, price=price)).gap for price in (0.0, 500.0, 1e6)]
    assert gaps[0] > gaps[1] + 0.01
    assert gaps[1] >= gaps[2]


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0, 2.0, 4.0])
def test_the_chords_of_utility_are_off_by_what_they_state(alpha: float) -> None:
    """On a fine grid the chords lie below utility, by at most the stated error."""
    fair = AlphaFair(GROUPS, alpha, 1.0, 12)
    grid = np.linspace(0, 1, 100_001)
    off = fair.utility(grid) - np.interp(grid, fair.ends, fair.utility(fair.ends))
    assert off.min() >= -1e-9 * max(1.0, abs(fair.utility(np.zeros(1))[0]))
    assert off.max() <= fair.off * (1 + 1e-9) + 1e-9
    assert off.max() >= 0.98 * fair.off - 1e-9
    assert AlphaFair(GROUPS, alpha, 1.0).off_coverage <= 0.0012 * alpha


def test_many_groups_are_compared_by_chords_with_the_stated_error() -> None:
    """Above a hundred groups the chords come by themselves, near the absolute Gini."""
    rng = np.random.default_rng(3)
    coverage, need = rng.random(300), rng.integers(1, 90, 300).astype(np.float64)
    fair = GiniPenalty(Groups(np.arange(300), tuple(map(str, range(300)))), 1.0)
    share = need / need.sum()
    exact = np.abs(coverage[:, None] - coverage) @ share @ share / 2
    assert 0 <= exact - fair.measure(coverage, need) <= fair.error(coverage, need)
    assert fair.error(coverage, need) < 0.0007


def test_a_search_without_time_still_tells_its_true_cost() -> None:
    """Columns that measure fairness loosely at a stop do not enter the cost of the plan."""
    city = featured_city(5, whole=True)
    fair = replace(city, features=(*city.features, MaxMin(GROUPS, 500.0)))
    assert verify(fair, Exact(Stop(seconds=0.0)).solve(fair, CLOCK)).right


@pytest.mark.parametrize("cases", [1e-12, 1e-9, 1e-7, 2e-6, 1e-4, 0.01])
@pytest.mark.parametrize("fair", [MaxMin(GROUPS, 100.0), GiniPenalty(GROUPS, 100.0)])
def test_a_district_with_next_to_no_need_harms_no_plan(cases: float, fair: Fair) -> None:
    """What a solver serves of a millionth of a case is chance, and no coverage to be judged."""
    need = CITY.need.copy()
    need[1] *= cases / need[1].sum()
    tiny = replace(CITY, need=need, features=(fair,))
    plan = Exact().solve(tiny, CLOCK)
    assert verify(tiny, plan).right
    found = covered(plan, fair.name)
    assert found is not None
    assert np.isnan(found.coverage[1]) == (cases < 1e-6)


def test_where_nobody_is_served_the_gini_is_none() -> None:
    """The rounding of a solver is shared out by chance; verify found it to be unfair."""
    noise = np.array([0.0, 0.0, 1.1e-16, 3e-9])
    assert fairness(noise, np.full(4, 10.0)).gini == 0.0


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    "fair",
    [
        MaxMin(GROUPS, 1e3),
        CoverageGap(GROUPS, 0.3, withhold=True),
        CoverageFloors(GROUPS, np.full(4, 0.1)),
        GiniPenalty(GROUPS, 1e3),
        AlphaFair(GROUPS, 1.0, 10.0),
    ],
    ids=lambda fair: fair.name if hasattr(fair, "name") else str(fair),
)
def test_fairness_stands_beside_staff_law_in_any_order(fair: Fair, *, first: bool) -> None:
    """Both read what the others do; neither asks the other."""
    city = staffed_city(7)
    for others in (city.features, city.features[-1:]):
        features = (fair, *others) if first else (*others, fair)
        even = replace(city, features=features)
        plan = Exact().solve(even, CLOCK)
        assert verify(even, plan).right
        other_way = replace(even, features=features[::-1])
        assert Exact().solve(other_way, CLOCK).cost == pytest.approx(plan.cost)


def test_steps_and_fronts_stand_beside_staff_law() -> None:
    """The fairest plan and the front are found in a city with every feature."""
    city = staffed_city(7)
    steps = leximin(city, GROUPS, CLOCK)
    assert verify(steps.problem, steps.plan).right
    even = replace(city, features=(*city.features, MaxMin(GROUPS, 1e3)))
    assert len(front(even, CLOCK, count=3).points) >= 2


@pytest.mark.parametrize("fair", [CoverageGap(GROUPS, 0.0), GiniPenalty(GROUPS, 1e5)])
def test_coverage_of_nobody_is_no_false_claim(fair: Fair) -> None:
    """Where nobody can be served, rounding of the coverage is not held against a plan."""
    empty = replace(CITY, capacity=0.0 * CITY.capacity, features=(fair,))
    for method in (Exact(), Prices()):
        plan = method.solve(empty, CLOCK)
        assert verify(empty, plan).right
        assert plan.cases.sum() == 0
