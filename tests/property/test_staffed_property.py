"""Loans, staff law and transfers: right, proven, and the same as trying every way by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.checks import small_city, staffed_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.gini import GiniPenalty
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.loans import Lent
from salus.allocate.city.features.moved import Moved
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staff_rules import Rest
from salus.allocate.city.features.transfers import Transfers
from salus.allocate.city.verify import verify
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from tests.fakes.naive_city import Rules, all_loans, least_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.features.fairness.fair import Fair
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem, Feature

    Floats = NDArray[np.float64]

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)


def solve(city: CityProblem) -> CityPlan:
    """Plan a city exactly."""
    return Exact().solve(city, CLOCK)


def names(city: CityProblem, plan: CityPlan) -> set[str]:
    """Name the rules that a plan breaks."""
    return {one.constraint.name for one in verify(city, plan).violations}


def only(city: CityProblem, *kinds: type[Feature]) -> CityProblem:
    """Keep some features of a city."""
    return replace(city, features=tuple(one for one in city.features if isinstance(one, kinds)))


def feature(city: CityProblem, kind: type) -> Feature:
    """Find a feature of a city."""
    return next(one for one in city.features if isinstance(one, kind))


def swapped(city: CityProblem, new: Feature) -> CityProblem:
    """Put another feature in the place of that of its name."""
    kept = tuple(new if one.name == new.name else one for one in city.features)
    return replace(city, features=kept)


@given(SEEDS, st.sampled_from(["maxmin", "gini", "gap"]), st.booleans())
def test_fairness_beside_staff_law_is_kept_in_time_or_not(
    seed: int,
    kind: str,
    hurried: bool,  # noqa: FBT001
) -> None:
    """With the law and any way of being fair the plan is right, also where it had no time."""
    city = staffed_city(seed)
    groups = Groups.districts(city)
    kinds: dict[str, Fair] = {
        "maxmin": MaxMin(groups, 1e3),
        "gini": GiniPenalty(groups, 1e3),
        "gap": CoverageGap(groups, 0.3, withhold=True),
    }
    city = replace(city, features=(kinds[kind], *city.features))
    plan = Exact(Stop(0.0) if hurried else None).solve(city, CLOCK)
    found = verify(city, plan)
    assert found.right
    assert hurried or abs(found.gap) <= 1e-6
    assert plan.stopped is hurried


@given(SEEDS)
def test_a_staffed_city_keeps_every_rule_and_is_proven(seed: int) -> None:
    """With waiting, surge, transfers, loans and law the plan is right and leaves no gap."""
    city = staffed_city(seed)
    found = verify(city, solve(city))
    assert found.right
    assert abs(found.gap) <= 1e-6


@settings(max_examples=20)
@given(SEEDS)
def test_whole_nurses_and_patients_lie_between_proof_and_cost(seed: int) -> None:
    """In whole numbers the plan is right, and its claim lies between its proof and its cost."""
    city = staffed_city(seed, whole=True)
    plan = solve(city)
    assert verify(city, plan).right
    assert plan.bound is not None
    assert plan.claim is not None
    assert plan.bound <= plan.claim * (1 + 1e-6)
    assert plan.claim <= plan.cost * (1 + 1e-6)
    assert solve(staffed_city(seed)).cost <= plan.cost * (1 + 1e-9)


@settings(max_examples=20)
@given(SEEDS, st.booleans(), st.lists(st.booleans(), min_size=6, max_size=6))
def test_more_offers_to_lend_never_make_it_worse(
    seed: int,
    whole: bool,  # noqa: FBT001
    kept: list[bool],
) -> None:
    """A plan with some of the offers costs no less than one with all."""
    city = staffed_city(seed, whole=whole)
    all_offers = feature(city, Lending)
    assert isinstance(all_offers, Lending)
    rows = ("lender", "host", "resource", "most", "gives", "price", "away_price", "going")
    part = {name: getattr(all_offers, name)[kept] for name in (*rows, "returning", "least")}
    fewer = replace(all_offers, unit=all_offers.unit[: sum(kept)], **part)
    assert solve(city).cost <= solve(swapped(city, fewer)).cost * (1 + 1e-7)


@settings(max_examples=20)
@given(SEEDS, st.booleans(), st.integers(0, 2))
def test_more_options_to_transfer_never_make_it_worse(seed: int, whole: bool, gone: int) -> None:  # noqa: FBT001
    """A plan without one of the options costs no less than one with all."""
    city = staffed_city(seed, whole=whole)
    options = feature(city, Transfers)
    assert isinstance(options, Transfers)
    rows = ("group", "receiver", "takes", "minutes", "price", "vehicle_hours", "escort_hours")
    part = {name: np.delete(getattr(options, name), gone, axis=0) for name in (*rows, "base")}
    fewer = swapped(city, replace(options, **part))
    assert solve(city).cost <= solve(fewer).cost * (1 + 1e-7)


@settings(max_examples=20)
@given(SEEDS)
def test_a_stricter_law_never_makes_it_cheaper(seed: int) -> None:
    """More rest costs at least as much, and no law at most as much."""
    city = staffed_city(seed)
    law = feature(city, StaffLaw)
    assert isinstance(law, StaffLaw)
    stricter = swapped(city, StaffLaw(law.staff, (*law.rules, Rest(2, 0.4, 2, 3))))
    costs = [solve(each).cost for each in (replace(city, features=city.features[:-1]), city)]
    assert costs[0] <= costs[1] * (1 + 1e-9)
    assert costs[1] <= solve(stricter).cost * (1 + 1e-9)


@settings(max_examples=20)
@given(SEEDS)
def test_false_decisions_are_found(seed: int) -> None:
    """A plan that lends or moves what it may not breaks the rule that forbids it."""
    city = staffed_city(seed)
    plan = solve(city)
    lent, moved = plan.decision(Lent), plan.decision(Moved)
    assert lent is not None
    assert moved is not None
    others = tuple(one for one in plan.decisions if one is not lent and one is not moved)

    def broken(lent: Lent, moved: Moved) -> set[str]:
        return names(city, replace(plan, decisions=(*others, lent, moved)))

    assert {"consent", "agreed"} <= broken(Lent(lent.sent + 9, lent.returned), moved)
    assert {"least_loan"} <= broken(Lent(lent.sent, lent.returned + 9), moved)
    assert {"fit", "accepted", "vehicles", "escorts"} <= broken(lent, Moved(moved.patients + 9))
    assert {"moved"} <= broken(lent, Moved(moved.patients - 9))
    # Nurses of H1 go and never come: the ratio and the hours are broken where they served.
    away = np.zeros_like(lent.sent)
    away[0, 0] = 99
    assert {"ratio", "hours", "rest", "capacity"} <= broken(
        Lent(lent.sent + away, lent.returned), moved
    )


def _rules(heads: Floats) -> Rules:
    """Say the law of the staffed city again: four or two patients, 20 hours in 2 days, rest."""
    runs = [(2, 20 / 12, heads), (1, 1.0, heads), (3, 2.0, heads)]
    return Rules(2, {0: 1 / 4, 1: 1 / 2}, runs)


@settings(max_examples=25)
@given(SEEDS)
def test_the_law_is_that_of_plain_loops(seed: int) -> None:
    """The law alone gives the same best cost as rows that are written one by one."""
    city = only(staffed_city(seed), StaffLaw)
    plan = solve(city)
    assert verify(city, plan).right
    again = least_cost(city, city.capacity, _rules(city.capacity[:, 2]))
    assert plan.cost == pytest.approx(again, rel=1e-7)


def _lending_city(seed: int) -> tuple[CityProblem, Lending]:
    draw = np.random.default_rng(seed)
    city = small_city(seed % 50, coupled=True)
    lender, host, _ = draw.permutation(3)
    lending = Lending(
        lender=np.array([lender, lender]),
        host=np.array([host, host]) if seed % 2 else np.array([host, 3 - lender - host]),
        resource=np.array([0, seed % 2]),
        most=np.array([1.0, 1.0]),
        gives=draw.choice([0.5, 3.0, 6.0], (2, 3)),
        price=draw.choice([0.0, 15.0], 2),
        away_price=draw.choice([0.0, 4.0], 2),
        going=draw.choice([0.0, 0.25, 1.0, 1.5], 2),
        returning=draw.choice([0.0, 0.25, 1.0], 2),
        least=draw.choice([0.0, 1.0, 1.5], 2),
        home=bool(draw.integers(2)),
    )
    return replace(city, features=(lending,)), lending


@settings(max_examples=10)
@given(SEEDS)
def test_loans_are_those_of_every_life_of_every_unit(seed: int) -> None:
    """The best loans cost what the best of all lives that the units could lead costs."""
    city, lending = _lending_city(seed)
    cheapest = least_cost(city, city.capacity)
    for lives in _loans_by_offer(lending):
        capacity = city.capacity.copy()
        for k, (heads, _) in enumerate(lives):
            capacity[:, lending.resource[k]] += heads * lending.gives[k]
        lent = sum(cost for _, cost in lives)
        if lent < cheapest and capacity.min() >= 0:
            cheapest = min(cheapest, lent + least_cost(city, capacity))
    plan = solve(city)
    assert verify(city, plan).right
    assert plan.cost == pytest.approx(cheapest, rel=1e-7)


def _loans_by_offer(lending: Lending) -> Iterator[tuple[tuple[Floats, float], ...]]:
    """List all ways to lend, offer by offer, each different one once, at its least cost."""
    offers = []
    for k in range(2):
        rows = {name: getattr(lending, name)[k : k + 1] for name in _OFFER}
        best: dict[bytes, tuple[Floats, float]] = {}
        for heads, cost in all_loans(replace(lending, **rows), 3, 3):
            key = heads.tobytes()
            if key not in best or cost < best[key][1]:
                best[key] = heads, cost
        offers.append([*best.values()])
    return product(*offers)


_OFFER = (
    *("lender", "host", "resource", "most", "gives", "price", "away_price", "going"),
    *("returning", "least"),
)


@settings(max_examples=8)
@given(SEEDS)
def test_whole_loans_under_the_law_are_those_of_every_life(seed: int) -> None:
    """Where two nurses may go under the law, the best plan is the best of all they could do."""
    city = only(staffed_city(seed, whole=True), Lending, StaffLaw)
    offers = feature(city, Lending)
    assert isinstance(offers, Lending)
    k = seed % 6
    rows = {name: getattr(offers, name)[k : k + 1] for name in _OFFER} | {"most": np.array([2.0])}
    one = replace(offers, unit=offers.unit[:1], agreed=None, **rows)
    city = swapped(city, one)
    cheapest = np.inf
    for heads, cost in all_loans(one, 3, 3):
        capacity = city.capacity.copy()
        capacity[:, 2] += heads
        if capacity.min() >= 0 and cost < cheapest:
            again = least_cost(city, capacity, _rules(city.capacity[:, 2] + heads))
            cheapest = min(cheapest, cost + again)
    plan = solve(city)
    assert verify(city, plan).right
    assert plan.cost == pytest.approx(cheapest, rel=1e-7)


@settings(max_examples=8)
@given(SEEDS)
def test_transfers_are_the_best_of_all_ways_to_move(seed: int) -> None:
    """The best transfers under the law cost what the best of all ways to move patients costs."""
    city = only(staffed_city(seed, whole=True), Transfers, StaffLaw)
    options = feature(city, Transfers)
    assert isinstance(options, Transfers)
    people = replace(options.inpatients, count=np.array([2.0, 1.0]))
    options = replace(options, inpatients=people)
    city = swapped(city, options)
    cheapest = np.inf
    for moves in _ways_to_move(options):
        cost = sum(options.minutes[k] + options.price[k] for k, _ in moves)
        if cost < cheapest and _allowed(options, moves):
            occupied = np.zeros_like(city.capacity)
            for k, t in moves:
                occupied[options.receiver[k], :, t:] += options.takes[k, :, t:]
                group = options.group[k]
                occupied[people.facility[group], :, t:] -= people.uses[group, :, t:]
            rules = _rules(city.capacity[:, 2])
            cheapest = min(cheapest, cost + least_cost(city, city.capacity, rules, occupied))
    plan = solve(city)
    assert verify(city, plan).right
    assert plan.cost == pytest.approx(cheapest, rel=1e-7)


def _ways_to_move(options: Transfers) -> Iterator[tuple[tuple[int, int], ...]]:
    """List what the two patients of the first group and the one of the second may do."""
    first = [(k, t) for k in range(3) if options.group[k] == 0 for t in range(3)]
    second = [(k, t) for k in range(3) if options.group[k] == 1 for t in range(2)]
    for size, some in product(range(3), [(), *((move,) for move in second)]):
        for pair in combinations_with_replacement(first, size):
            yield (*pair, *some)


def _allowed(options: Transfers, moves: tuple[tuple[int, int], ...]) -> bool:
    """Tell by plain sums whether the moves keep the limits."""
    people = options.inpatients
    for t in range(3):
        now = [k for k, when in moves if when == t]
        for g in range(2):
            gone = sum(1 for k, when in moves if options.group[k] == g and when <= t)
            if gone > people.stable[g, t] * people.count[g] + 1e-9:
                return False
        for j in range(3):
            sent = sum(options.escort_hours[k] for k in now if options.sender[k] == j)
            if sum(1 for k in now if options.receiver[k] == j) > options.accepts[j, t]:
                return False
            if sent > options.escorts[j, t] + 1e-9:
                return False
        for b in range(2):
            driven = sum(options.vehicle_hours[k] for k in now if options.base[k] == b)
            if driven > options.fleet[b, t] + 1e-9:
                return False
    return True
