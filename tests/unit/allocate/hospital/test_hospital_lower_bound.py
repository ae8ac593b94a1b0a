"""What no plan of a hospital undercuts, part by part."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import inf
from threading import Event
from typing import Any

import numpy as np
import pytest

from salus.allocate.hospital.bound.care import Care
from salus.allocate.hospital.bound.choices import choices
from salus.allocate.hospital.bound.lower_bound import HospitalBound, lower_bound
from salus.allocate.hospital.bound.nursing import nursing
from salus.allocate.hospital.bound.relaxation import Part
from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.people import Gender, Occupant, Person
from salus.allocate.hospital.problem import HospitalProblem
from salus.allocate.hospital.site import Nurse, Room, Surgeon, Theatre, Weights

HOSPITAL = random_hospital(7, patients=8, days=5)


def least_care(problem: HospitalProblem, person: Person, day: int) -> float:
    """Try all sets of nurses for one who has them for oneself."""
    shifts = range(len(problem.shifts) * min(person.stay, problem.days - day))
    first, weights, best = len(problem.shifts) * day, problem.weights, inf
    for size in range(1, len(problem.nurses) + 1):
        for team in combinations(problem.nurses, size):
            lacking = [
                [
                    max(0, int(person.need[at]) - one.skill)
                    for one in team
                    if first + at in one.loads
                ]
                for at in shifts
            ]
            if all(lacking):
                missing = sum(map(min, lacking))
                best = min(best, weights.continuity * size + weights.skill * missing)
    return best


def small(**changed: Any) -> HospitalProblem:
    """Make a hospital of two days, a bed, a theatre, a nurse and nobody."""
    whole = HospitalProblem(
        days=2,
        shifts=("day",),
        levels=2,
        ages=("adult", "elderly"),
        weights=Weights(5, 10, 3, 7, 30, 11, 15, 350),
        occupants=(),
        patients=(),
        surgeons=(Surgeon("s0", np.array([400, 400])),),
        theatres=(Theatre("t0", np.array([300, 300])),),
        rooms=(Room("r0", 2),),
        nurses=(Nurse("n0", 0, {0: 4, 1: 4}),),
    )
    return replace(whole, **changed)


def never() -> bool:
    """Tell nobody to stop."""
    return False


def test_the_care_of_each_stay_is_bounded() -> None:
    """Never above the best team of nurses, and near it."""
    found = choices(HOSPITAL)
    care = Care(nursing(HOSPITAL, found), found.day.size)
    cut = care.cut(never)
    exact = [
        least_care(HOSPITAL, HOSPITAL.patients[who], int(day))
        for who, day in zip(found.patient, found.day, strict=True)
    ]
    assert (cut.stay <= np.array(exact) + 1e-9).all()
    assert cut.stay.sum() >= 0.9 * sum(exact)
    occupants = sum(least_care(HOSPITAL, each, 0) for each in HOSPITAL.occupants)
    assert cut.fixed <= occupants + 1e-9


def test_prices_of_duties_only_help() -> None:
    """With them, more is proved of the same admissions than without."""
    found = choices(HOSPITAL)
    care, taken = Care(nursing(HOSPITAL, found), found.day.size), np.ones(found.day.size)
    before = care.cut(never)
    care.improve(taken, never)
    after = care.cut(never)
    assert after.fixed + after.stay @ taken > before.fixed + before.stay @ taken
    assert (care.prices.duty >= 0).all()
    assert (care.prices.duty <= HOSPITAL.weights.overload).all()


def test_nobody_costs_nothing() -> None:
    """A hospital without people has a plan for free."""
    assert lower_bound(small(), seconds=5).total == 0


def test_occupants_cost_what_they_must() -> None:
    """A nurse each, the skill that is missing, the overload, and ages that lie together."""
    lying = [
        Occupant(
            f"a{each}", Gender.A, each, 2, np.full(2, 3), np.array([each, 0]), "r0"
        )
        for each in range(2)
    ]  # fmt: skip
    found = lower_bound(small(occupants=tuple(lying)), seconds=5)
    ages, nurses, skill, overload = 2 * 5, 2 * 3, 10, 2 * 2 * 7
    assert found.total == ages + nurses + skill + overload
    assert found.parts[Part.MIXED_AGE] == ages
    assert found.parts[Part.NURSING] == pytest.approx(nurses + skill + overload, abs=0.1)


def test_patients_cost_theatres_delay_and_transfers() -> None:
    """Two surgeries of 200 minutes take two theatres on a day, or two days."""
    one = replace(
        random_hospital(7).patients[0], id="p0", gender=Gender.A, stay=1, age=0,
        work=np.zeros(1, np.int64), need=np.zeros(1, np.int64), mandatory=True, release=0, due=0,
        minutes=200, surgeon="s0", barred=frozenset(),
    )  # fmt: skip
    theatres = (Theatre("t0", np.array([300, 0])), Theatre("t1", np.array([300, 0])))
    both = small(patients=(one, replace(one, id="p1")), theatres=theatres)
    found = lower_bound(both, seconds=5)
    assert found.total == 2 * 30 + 11 + 2 * 3
    late = small(patients=(one, replace(one, id="p1", due=1)))
    assert lower_bound(late, seconds=5).total == 2 * 30 + 15 + 2 * 3
    spare = replace(one, id="p1", mandatory=False, due=None, minutes=400)
    assert lower_bound(small(patients=(one, spare)), seconds=5).total == 30 + 350 + 3


def test_without_a_plan_there_is_no_bound() -> None:
    """It is proved that no plan keeps the rules."""
    surgeons = tuple(replace(each, minutes=0 * each.minutes) for each in HOSPITAL.surgeons)
    found = lower_bound(replace(HOSPITAL, surgeons=surgeons), seconds=5)
    assert found == HospitalBound(None, {})
    assert found.gap(100) is None


def test_the_gap_of_a_plan_that_costs_nothing() -> None:
    """It is none."""
    assert HospitalBound(0, {}).gap(0) == 0


def test_a_bound_that_nobody_reached_is_no_gap() -> None:
    """That a cost is not below 0 is no news."""
    assert HospitalBound(0, {}).gap(100) is None


def test_a_bound_ends_when_it_is_told_to() -> None:
    """Whatever time it has."""
    over = Event()
    found = lower_bound(random_hospital(5), seconds=1e6, watch=lambda _: over.set(), over=over)
    assert found.total is not None
    over.set()
    assert lower_bound(random_hospital(5), seconds=1e6, over=over).total is not None
