"""Journeys priced one by one, the programme that keeps a few of them, and the rounds between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.by_prices import Prices
from salus.allocate.city.checks import check_city_solver, featured_city, small_city
from salus.allocate.city.delayed import Rounds, begin, price_in
from salus.allocate.city.journeys import list_journeys
from salus.allocate.city.kept import Kept
from salus.allocate.city.limit import Limit
from salus.allocate.city.programme import write
from salus.allocate.city.verify import verify
from salus.allocate.lp.bound import proved_bound
from salus.allocate.lp.stop import Stop
from salus.core.clock import FixedClock, SystemClock
from salus.core.rng import stream

CLOCK = SystemClock()
NOW = datetime(2026, 6, 28, tzinfo=UTC)
NONE = np.zeros(0, dtype=np.int64)


def test_prices_keep_the_promises_of_a_method() -> None:
    """The method passes the public check."""
    check_city_solver(Prices())


@pytest.mark.parametrize("seed", range(5))
def test_reduced_costs_are_those_of_the_whole_programme(seed: int) -> None:
    """Priced apart, each journey costs what its column of the whole programme costs at prices."""
    city = replace(
        featured_city(seed),
        arc_price=np.arange(featured_city(seed).arc_minutes.size, dtype=np.float64),
        aims=Aims({Aim.TRAVEL: 0.5, Aim.PRACTICE: 2.0}),
    )
    whole = write(city)
    program = whole.program()
    duals = stream(seed, "duals").normal(size=program.row_lower.size)
    expected = program.c - program.matrix.T @ duals
    journeys = list_journeys(write(city, NONE))
    found = journeys.reduced(duals).reshape(journeys.periods, -1)
    cases = whole.draft.column.blocks["cases"].indices
    for place, arc in enumerate(journeys.arc):
        row = np.flatnonzero(whole.arcs == arc)[0]
        assert found[:, place] == pytest.approx(expected[cases[row]])


def test_the_cheapest_of_each_need_are_found() -> None:
    """Of each need that anybody has, the lowest values below the limit are taken, and no more."""
    journeys = list_journeys(write(small_city(3), NONE))
    values = stream(1, "values").integers(-3, 3, journeys.size).astype(np.float64)
    found = journeys.cheapest(values, 2, 0.0)
    need = journeys.need(np.arange(journeys.size))
    for each in np.unique(need):
        ours = np.flatnonzero(need == each)
        able = np.sort(values[ours][(values[ours] < 0) & (journeys.most[each] > 0)])[:2]
        assert np.sort(values[found[need[found] == each]]).tolist() == able.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_what_is_proven_with_few_journeys_holds_for_all(seed: int) -> None:
    """At any prices, the bound of the kept programme is one of the whole programme."""
    city = featured_city(seed)
    kept = Kept(city)
    kept.add(np.arange(0, kept.journeys.size, 5))
    duals = 20 * stream(seed, "duals").normal(size=kept.program.row_lower.size)
    bound, proof = kept.prove(duals)
    assert bound == pytest.approx(proved_bound(write(city).program(), proof))


def test_few_journeys_are_enough() -> None:
    """The optimum of a city is found with a part of its journeys."""
    city = small_city(5, coupled=True)
    kept, limit = Kept(city), Limit(Stop(), CLOCK, CLOCK.ticks())
    begin(city, kept, Rounds(first=1, more=1), limit)
    assert price_in(kept, Rounds(first=1, more=1), limit).ended
    assert 0 < kept.columns.size < kept.journeys.size
    assert np.unique(kept.columns).size == kept.columns.size


@dataclass(slots=True)
class _Rushing:
    """A clock on which an hour passes at each look."""

    seconds: float = 0.0

    def now(self) -> datetime:
        """Return a fixed moment."""
        return NOW

    def ticks(self) -> float:
        """Go on by an hour."""
        self.seconds += 3600.0
        return self.seconds


@pytest.mark.parametrize("make", [small_city, featured_city])
def test_no_time_leaves_a_plan_all_the_same(make: type) -> None:
    """When the time is over at once, the plan is right and its bound is true."""
    city = make(2)
    plan = Prices(Stop(seconds=1.0)).solve(city, _Rushing())
    best = Prices().solve(city, CLOCK)
    assert verify(city, plan).right
    assert plan.bound is not None
    assert plan.bound <= best.cost <= plan.cost * (1 + 1e-9)


def test_a_clock_that_stands_still_limits_nothing() -> None:
    """With a limit that is never reached, the optimum is found."""
    plan = Prices(Stop(seconds=1.0)).solve(featured_city(2), FixedClock(NOW))
    assert not plan.stopped


def test_ordered_aims_are_refused() -> None:
    """Levels of aims are not weighed against one another, so they have no one price."""
    city = replace(small_city(0), aims=Aims(order=((Aim.UNMET,),)))
    assert not Prices().fits(city)
    with pytest.raises(ValueError, match="the aims of this problem are ordered"):
        Prices().solve(city, CLOCK)


def test_all_that_is_wrong_with_rounds_is_named() -> None:
    """Rounds that add nothing are refused, every number named."""
    with pytest.raises(ValueError, match=r"first must be at least 1, but is 0; most must be"):
        Rounds(first=0, most=-1)
