"""The search for a plan of a hospital, around its moves."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.fit.scope import MOST_DAYS
from salus.allocate.hospital.fit.site import MOST_WEIGHT
from salus.allocate.hospital.keep import Keep, Perturbation
from salus.allocate.hospital.plan import Admission, HospitalPlan
from salus.allocate.hospital.search.state import OUT
from salus.allocate.hospital.site import Weights
from salus.allocate.hospital.solve import Progress, solve
from salus.allocate.hospital.solver.first_days import first_days
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verification import Hard
from salus.allocate.hospital.verify import verify

HOSPITAL = random_hospital(5)
SHORT = Stop(iterations=20_000)


def cost(plan: HospitalPlan) -> int:
    """Add up a plan that breaks no rule."""
    found = verify(HOSPITAL, plan)
    assert found.total_violations == 0
    return sum(found.costs.values())


def test_an_interrupt_keeps_the_best_plan_so_far() -> None:
    """Ctrl-C ends the search, not the program."""
    told: list[Progress] = []

    def interrupt(now: Progress) -> None:
        told.append(now)
        if len(told) == 3:
            raise KeyboardInterrupt

    plan = solve(HOSPITAL, Stop(seconds=600), cores=2, watch=interrupt)
    assert verify(HOSPITAL, plan).total_violations == 0
    assert len(told) == 3


def test_progress_tells_what_the_plan_costs() -> None:
    """The last that is told is what comes out."""
    told: list[Progress] = []
    found = verify(HOSPITAL, solve(HOSPITAL, SHORT, cores=2, watch=told.append))
    assert (told[-1].cost, told[-1].broken) == (found.total_cost, 0)
    assert told[-1].part == 1
    assert told[-1].tried == 40_000


def test_a_warm_plan_is_never_made_worse() -> None:
    """Even by a search that has no time."""
    warm = solve(HOSPITAL, SHORT)
    again = solve(HOSPITAL, Stop(iterations=1), warm=warm)
    assert cost(again) <= cost(warm)


def test_any_plan_that_can_be_read_begins_a_search() -> None:
    """Whatever it breaks."""
    for seed in range(20):
        problem = random_hospital(seed)
        solve(problem, Stop(iterations=1000), warm=random_plan(problem, seed))


def test_a_plan_that_is_kept_stays() -> None:
    """Where each change weighs more than anything it could save, nothing is changed."""
    plan = solve(HOSPITAL, Stop(iterations=400), seed=3)
    dear = Perturbation(10**5, 10**5, 10**5, 10**5)
    assert verify(HOSPITAL, plan).total_violations == 0
    kept = solve(HOSPITAL, SHORT, keep=Keep(plan, 0, dear))
    assert set(kept.admissions) == set(plan.admissions)


@pytest.mark.parametrize("since", [1, 2, 3])
def test_what_has_begun_stays(since: int) -> None:
    """Who was admitted, and who cared for them, before the first day that may change."""
    plan = solve(HOSPITAL, Stop(iterations=400), seed=3)
    kept = solve(HOSPITAL, SHORT, keep=Keep(plan, since, Perturbation(0, 0, 0, 0)))
    assert verify(HOSPITAL, kept).total_violations == 0
    begun = {each for each in plan.admissions if each.day < since}
    assert begun == {each for each in kept.admissions if each.day < since}
    early = since * len(HOSPITAL.shifts)
    before = {each for each in plan.duties if each.shift < early}
    assert before == {each for each in kept.duties if each.shift < early}


@pytest.mark.parametrize(
    "limits", [{}, {"seconds": 1, "iterations": 1}, {"seconds": 0}, {"iterations": 0}]
)
def test_a_search_has_one_end(limits: dict[str, int]) -> None:
    """By the clock or by its moves, and not at once."""
    with pytest.raises(ValueError, match=r"seconds|iterations"):
        Stop(**limits)


@pytest.mark.parametrize("stop", [SHORT, Stop(seconds=0.2)])
def test_a_plan_that_keeps_the_rules_is_there_early(stop: Stop) -> None:
    """After a tenth of the search at the latest, and no dearer than twice what comes out."""
    told: list[Progress] = []
    solve(HOSPITAL, stop, watch=told.append)
    early = next(each for each in told if each.part > 0.1)
    assert early.broken == 0
    assert early.cost <= 2 * told[-1].cost


def test_where_nobody_waits_the_nurses_are_planned() -> None:
    """Occupants have nurses, and an empty hospital has them on paper."""
    for occupants in (HOSPITAL.occupants, ()):
        bare = replace(HOSPITAL, patients=(), occupants=occupants)
        plan = solve(bare, SHORT, cores=2)
        assert verify(bare, plan).total_violations == 0
        assert not plan.admissions


@pytest.mark.parametrize("seed", range(12))
def test_first_days_are_within_the_minutes_of_the_surgeons(seed: int) -> None:
    """And on days on which the patients can come."""
    problem = random_hospital(seed, patients=12)
    days = first_days(problem)
    must = {each.id for each in problem.patients if each.mandatory}
    chosen = tuple(
        Admission(each.id, int(day), problem.rooms[0].id, problem.theatres[0].id)
        for each, day in zip(problem.patients, days, strict=True)
        if day != OUT
    )
    found = verify(problem, HospitalPlan(chosen, ()))
    assert {each.patient for each in chosen} <= must
    assert found.violations[Hard.SURGEON_OVERTIME] == 0
    assert found.violations[Hard.ADMISSION_DAY] == 0


def test_the_largest_weights_are_counted_as_they_are() -> None:
    """On the longest horizon, with the largest weights of changes too."""
    hospital = random_hospital(5)
    weights = Weights(*[MOST_WEIGHT] * len(fields(Weights)))
    hospital = replace(hospital, weights=weights)
    told: list[Progress] = []
    plan = solve(hospital, Stop(iterations=20_000), watch=told.append)
    found = verify(hospital, plan)
    assert (found.total_violations, found.total_cost) == (0, told[-1].cost)
    shown = (MOST_DAYS - 1) * MOST_WEIGHT + 2 * 1_000_000
    assert shown < np.iinfo(np.int32).max
