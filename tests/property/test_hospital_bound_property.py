"""No plan undercuts the bound, and a hospital has a reason exactly where it has no plan."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.bound.lower_bound import lower_bound
from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.site import Room, Surgeon, Theatre
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verify import verify
from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salus.allocate.hospital.people import Patient, Person
    from salus.allocate.hospital.problem import HospitalProblem

SEEDS = st.integers(0, 10_000)


def tight(seed: int) -> HospitalProblem:
    """Make a hospital in which all must be admitted, with little room to do it."""
    draw = stream(seed, "tight hospital")
    made = random_hospital(seed, patients=int(draw.integers(3, 7)), days=3)
    patients = []
    for each in made.patients:
        release = int(draw.integers(0, 2))
        due = int(draw.integers(release, 3))
        patients.append(replace(each, mandatory=True, release=release, due=due))
    minutes = int(draw.integers(6, 9)) * 30
    return replace(
        made,
        patients=tuple(patients),
        surgeons=tuple(Surgeon(each.id, np.full(3, minutes)) for each in made.surgeons),
        theatres=(Theatre("t0", np.full(3, 240)), Theatre("t1", np.full(3, 120))),
        rooms=tuple(Room(each.id, int(draw.integers(1, 3))) for each in made.rooms),
    )


def admissible(problem: HospitalProblem, patients: Sequence[Patient]) -> bool:
    """Try all days, rooms and theatres of the patients, one after the other."""
    return _tried(problem, list(patients), [])


def _tried(
    problem: HospitalProblem, left: list[Patient], taken: list[tuple[Patient, int, str, str]]
) -> bool:
    if not _kept(problem, taken):
        return False
    if not left:
        return True
    one, *others = left
    ways = product(
        range(one.release, problem.last_day(one) + 1),
        (each.id for each in problem.rooms if each.id not in one.barred),
        (each.id for each in problem.theatres),
    )
    return any(_tried(problem, others, [*taken, (one, *way)]) for way in ways)


def _kept(problem: HospitalProblem, taken: list[tuple[Patient, int, str, str]]) -> bool:
    lying: list[tuple[Person, int, str]] = [(one, 0, one.room) for one in problem.occupants]
    lying += [(one, day, room) for one, day, room, _ in taken]
    for day in range(problem.days):
        for room in problem.rooms:
            there = [
                one for one, first, at in lying if at == room.id and first <= day < first + one.stay
            ]
            if len(there) > room.beds or len({one.gender for one in there}) > 1:
                return False
        today = [(one, theatre) for one, first, _, theatre in taken if first == day]
        of_surgeons = [
            (each.minutes[day], [one for one, _ in today if one.surgeon == each.id])
            for each in problem.surgeons
        ]
        of_theatres = [
            (each.minutes[day], [one for one, at in today if at == each.id])
            for each in problem.theatres
        ]
        for minutes, ones in (*of_surgeons, *of_theatres):
            if sum(one.minutes for one in ones) > minutes:
                return False
    return True


def named(problem: HospitalProblem, people: Iterable[str]) -> list[Patient]:
    """Take the patients of a conflict; occupants are there in any case."""
    return [problem.patient[each] for each in people if each in problem.patient]


def cost_of_a_plan(problem: HospitalProblem) -> int | None:
    """Search for a plan, and tell its cost if it breaks no rule."""
    found = verify(problem, solve(problem, Stop(iterations=50_000)))
    return None if found.total_violations else found.total_cost


@given(SEEDS, st.integers(1, 9), st.integers(2, 6))
@settings(max_examples=30)
def test_no_plan_undercuts_the_bound(seed: int, patients: int, days: int) -> None:
    """Whatever the annealing finds costs at least as much; parts add up to the bound."""
    problem = random_hospital(seed, patients=patients, days=days)
    cost = cost_of_a_plan(problem)
    if cost is None:
        return
    found = lower_bound(problem, seconds=20)
    assert found.total is not None
    assert found.total <= cost
    gap = found.gap(cost)
    assert gap is not None
    assert 0 <= gap <= 1
    assert found.total - 1.001 <= sum(found.parts.values()) <= found.total + 0.001


@given(SEEDS, st.floats(0, 0.02))
@settings(max_examples=10)
def test_a_bound_is_valid_whenever_it_stops(seed: int, seconds: float) -> None:
    """In no time at all as well; and it only ever rises."""
    problem = random_hospital(seed, patients=9, days=6)
    heard: list[int] = []
    full = lower_bound(problem, seconds=20, watch=lambda each: heard.append(each.total or 0))
    short = lower_bound(problem, seconds=seconds)
    assume(full.total is not None)
    assert heard == sorted(heard)
    assert heard[-1] == full.total
    assert short.total is not None
    cost = cost_of_a_plan(problem)
    assert cost is None or short.total <= cost


@given(SEEDS)
@settings(max_examples=40)
def test_reasons_are_there_exactly_where_no_plan_is(seed: int) -> None:
    """As trying all ways to admit those who must be tells."""
    problem = tight(seed)
    found = conflicts(problem, seconds=20)
    assert bool(found) is not admissible(problem, problem.patients)
    if not found:
        assert lower_bound(problem, seconds=5).total is not None
    for each in found:
        assert each.wanted > 0
        assert not admissible(problem, named(problem, each.people))


@given(SEEDS)
@settings(max_examples=40)
def test_nobody_is_named_who_is_not_needed(seed: int) -> None:
    """Without any one of them, the others of a conflict have a plan."""
    problem = tight(seed)
    for each in conflicts(problem, seconds=20):
        patients = [one for one in each.people if one in problem.patient]
        for one in patients:
            others = named(problem, set(each.people) - {one})
            assert admissible(problem, others)
