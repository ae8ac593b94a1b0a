"""Delayed journeys find what one programme finds, prove it for all journeys, and stop honestly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.by_prices import Prices
from salus.allocate.city.checks import featured_city, small_city, staffed_city
from salus.allocate.city.delayed import Rounds
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.gini import GiniPenalty
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.kept import Kept
from salus.allocate.city.recount import Recount
from salus.allocate.city.stocked import stocked_city
from salus.allocate.city.verify import verify
from salus.allocate.lp.solution import Status
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.limit import Limit
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)
# With so few journeys to begin with, even a small city takes several rounds.
SPARING = Rounds(first=1, more=1)


def _stays(seed: int) -> CityProblem:
    share = np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0], [0.25, 0.75, 0.0]])
    return replace(small_city(seed, coupled=True), stay=share)


def _priced(seed: int) -> CityProblem:
    city = featured_city(seed)
    return replace(city, arc_price=np.arange(city.arc_minutes.size, dtype=np.float64) % 7 * 3.0)


def _limited(seed: int) -> CityProblem:
    """Limit the travel and the practice of the whole city, which bind every journey."""
    city = _priced(seed)
    travel = 0.3 * float(city.need.sum() * city.arc_minutes.mean())
    practice = 0.2 * float(city.need.sum() * _added(city).mean())
    aims = Aims({Aim.TRAVEL: 0.5}, limits={Aim.TRAVEL: travel, Aim.PRACTICE: practice})
    return replace(city, aims=aims)


def _added(city: CityProblem) -> Floats:
    assert city.arc_price is not None
    return city.arc_price


def _weighed(seed: int) -> CityProblem:
    city = replace(small_city(seed), aims=Aims({Aim.TRAVEL: 0.5, Aim.UNMET: 3.0}))
    return replace(city, arc_price=np.arange(city.arc_minutes.size, dtype=np.float64) % 5 * 2.0)


def _fair(seed: int) -> CityProblem:
    city = featured_city(seed)
    districts = Groups.districts(city)
    fair = (
        MaxMin(districts, 900.0),
        GiniPenalty(districts, 2000.0),
        CoverageGap(districts, 0.3, withhold=True),
    )
    return replace(city, features=(*city.features, fair[seed % 3]))


CITIES: tuple[Callable[[int], CityProblem], ...] = (
    small_city,
    lambda seed: small_city(seed, coupled=True),
    _stays,
    _priced,
    featured_city,
    staffed_city,
    stocked_city,
    _limited,
    _weighed,
    _fair,
)


@dataclass(frozen=True, slots=True, eq=False)
class Promise:
    """Of each need, at most a share stays unmet: a rule that few journeys cannot keep."""

    share: float
    name: ClassVar[str] = "promise"
    first: ClassVar[tuple[str, ...]] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Fit every problem."""
        del problem
        return []

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Bound what is unmet."""
        rows = draft.rows("promise", problem.need.shape, upper=self.share * problem.need)
        draft.put(rows, draft.column.blocks["unmet"].indices, 1.0)

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> object:
        """Decide nothing."""
        del draft, x, problem
        return self

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Change nothing."""
        del problem, plan
        return Recount()


def _promising(seed: int) -> CityProblem:
    """Make a city with beds enough, though seldom where most would go, and all journeys."""
    city = small_city(seed, coupled=True, supply=1.6)
    place = np.indices((4, 3, 3)).reshape(3, -1)
    return replace(
        city,
        arc_district=place[0],
        arc_facility=place[1],
        arc_service=place[2],
        arc_minutes=5.0 + place[1] * 10,
        features=(Promise(0.0),),
    )


@given(SEEDS, st.sampled_from(CITIES), st.sampled_from((Rounds(), SPARING)))
def test_prices_find_the_optimum_and_prove_it(
    seed: int, make: Callable[[int], CityProblem], rounds: Rounds
) -> None:
    """Whatever a city decides, its plan by prices is right, costs the least, and leaves no gap."""
    city = make(seed)
    plan = Prices(rounds=rounds).solve(city, CLOCK)
    checked = verify(city, plan)
    assert checked.right
    assert not plan.stopped
    if plan.claim is None:
        assert abs(checked.gap) <= 1e-6
        assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-7, abs=1e-7)


@given(SEEDS, st.sampled_from(CITIES), st.integers(1, 3))
def test_a_stop_leaves_a_right_plan_and_a_true_bound(
    seed: int, make: Callable[[int], CityProblem], rounds: int
) -> None:
    """However early the rounds end, the best cost lies between the bound and the cost."""
    city = make(seed)
    plan = Prices(rounds=replace(SPARING, most=rounds)).solve(city, CLOCK)
    best = Exact().solve(city, CLOCK)
    assert verify(city, plan).right
    assert plan.bound is not None
    assert plan.bound <= best.cost * (1 + 1e-7) + 1e-7
    assert plan.cost >= best.cost * (1 - 1e-7) - 1e-7
    if plan.claim is None and not plan.stopped:
        assert plan.cost == pytest.approx(best.cost, rel=1e-7, abs=1e-7)


@settings(max_examples=20)
@given(SEEDS, st.sampled_from((0.0, 0.05, 0.5)))
def test_a_gap_that_suffices_ends_the_search(seed: int, gap: float) -> None:
    """With a limit on the gap, the gap that is left is no larger."""
    city = featured_city(seed)
    plan = Prices(Stop(gap=gap), SPARING).solve(city, CLOCK)
    checked = verify(city, plan)
    assert checked.right
    assert checked.gap <= max(gap, 1e-6)


@settings(max_examples=20)
@given(SEEDS)
def test_whole_numbers_are_decided_honestly(seed: int) -> None:
    """In whole bays the best cost lies between the claim and the cost, and the plan is right."""
    city = featured_city(seed, whole=True)
    plan, best = Prices(rounds=SPARING).solve(city, CLOCK), Exact().solve(city, CLOCK)
    assert verify(city, plan).right
    assert plan.claim is not None
    assert plan.claim <= best.cost * (1 + 1e-6)
    assert plan.cost >= best.cost * (1 - 1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_what_few_journeys_cannot_keep_is_kept_with_more(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the first journeys cannot keep a rule, others are found that can, at the least cost."""
    asked: list[Status] = []
    usual = Kept.make_possible

    def watched(kept: Kept, limit: Limit, count: int) -> Status:
        asked.append(usual(kept, limit, count))
        return asked[-1]

    monkeypatch.setattr(Kept, "make_possible", watched)
    city = _promising(seed)
    plan = Prices(rounds=SPARING).solve(city, CLOCK)
    assert asked == [Status.OPTIMAL]
    assert verify(city, plan).right
    assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-7)


def test_what_no_journeys_can_keep_is_refused() -> None:
    """A rule that the beds cannot keep is an error of the input, as it is to the exact method."""
    city = replace(small_city(3, coupled=True, supply=0.3), features=(Promise(0.1),))
    for method in (Prices(rounds=SPARING), Exact()):
        with pytest.raises(InputError, match="no plan keeps all"):
            method.solve(city, CLOCK)
