"""The search counts each change as a plain evaluation of the whole plan does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.search.anneal import FORCE, anneal, rebuild
from salus.allocate.hospital.search.moves import Prices
from salus.allocate.hospital.search.start import empty_plan, first_plan
from salus.allocate.hospital.search.state import BEDS, COST, MINUTES, Kept, State, empty_state
from salus.allocate.hospital.search.tables import Tables, tables
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.solver.decisions import plan_of
from salus.allocate.hospital.solver.first_days import first_days
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verification import Hard
from salus.allocate.hospital.verify import verify
from tests.fakes.tried_hospital import cheapest

SEEDS = st.integers(0, 10_000)
KINDS = range(FORCE + 1)
PRICES = Prices(20.0, 2.0)


def moved(problem_seed: int, kinds: tuple[int, ...], temperature: float) -> tuple[Tables, State]:
    """Move about in a random hospital by some kinds of moves."""
    problem = random_hospital(problem_seed, patients=9, days=6)
    given_tables = tables(problem)
    now = first_plan(given_tables, problem_seed + 1, PRICES, first_days(problem))
    shares = np.zeros(len(KINDS))
    shares[list(kinds)] = 1 / len(kinds)
    shares = np.cumsum(shares)
    shares[-1] = 1.0
    best = empty_plan(given_tables)
    anneal(given_tables, now, best, PRICES, temperature, 300, shares)
    return given_tables, now


def recounted(tables_of: Tables, now: State) -> State:
    """Count the same decisions anew."""
    again = empty_state(tables_of, 1)
    decided = now.place[: tables_of.patients, :3].copy()
    rebuild(tables_of, again, Kept(decided, now.nurse, now.total))
    return again


@pytest.mark.parametrize("kind", KINDS)
@given(SEEDS)
@settings(max_examples=15)
def test_every_count_follows_each_kind_of_move(kind: int, seed: int) -> None:
    """What a move changes is what counting everything anew finds."""
    given_tables, now = moved(seed, (kind,), 50.0)
    again = recounted(given_tables, now)
    for name in set(State._fields) - {"lying", "mark", "random", "aside", "place"}:
        assert np.array_equal(getattr(now, name), getattr(again, name)), name
    assert (now.place[:, 3] == again.place[:, 3]).all()


@given(SEEDS, st.sampled_from([1.0, 30.0, 300.0]))
@settings(max_examples=40)
def test_the_search_and_the_check_agree(seed: int, temperature: float) -> None:
    """Whatever the plan breaks, its totals are those of the check that knows no search."""
    problem = random_hospital(seed, patients=9, days=6)
    _, now = moved(seed, tuple(KINDS), temperature)
    found = verify(problem, plan_of(problem, now))
    people = found.violations[Hard.ROOM_GENDER_MIX] + found.violations[Hard.ROOM_CAPACITY]
    minutes = found.violations[Hard.SURGEON_OVERTIME]
    minutes += found.violations[Hard.OPERATING_THEATER_OVERTIME]
    assert (now.total[BEDS], now.total[MINUTES]) == (people, minutes)
    assert now.total[COST] == found.total_cost


@given(SEEDS)
@settings(max_examples=10)
def test_the_same_seed_gives_the_same_plan(seed: int) -> None:
    """Tries are counted, not timed."""
    problem = random_hospital(seed)
    first = solve(problem, Stop(iterations=20_000), seed)
    assert solve(problem, Stop(iterations=20_000), seed) == first


@given(SEEDS)
@settings(max_examples=10)
def test_two_cores_give_the_same_plan_each_time(seed: int) -> None:
    """Plans are exchanged after so many tries, not after so many seconds."""
    problem, stop = random_hospital(seed), Stop(iterations=20_000)
    assert solve(problem, stop, seed, cores=2) == solve(problem, stop, seed, cores=2)


@given(SEEDS)
@settings(max_examples=25)
def test_the_search_finds_what_trying_everything_finds(seed: int) -> None:
    """On hospitals so small that every plan can be tried."""
    problem = random_hospital(seed, patients=2, days=2)
    try:
        least = cheapest(problem)
    except ValueError:
        assume(condition=False)
    found = verify(problem, solve(problem, Stop(iterations=100_000)))
    if least is None:
        assert found.total_violations > 0
    else:
        assert (found.total_violations, found.total_cost) == (0, least)
