"""The part of a roster that keeps the rules, whatever rooms its nurses are given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.law.bare import why_bare
from salus.allocate.hospital.law.expected import expected_work
from salus.allocate.hospital.law.limits import Offers, limited
from salus.allocate.hospital.plan import Duty, HospitalPlan
from salus.allocate.lp.solve import solve
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.lp.draft import Draft

GAP = 1e-4
"""Relative gap at which the choice of shifts is good enough; the rules hold exactly."""
SPARE = 1e-3
"""Worth of work beyond what is expected, as a share of expected work."""


def permitted(hospital: Hospital) -> HospitalProblem:
    """Choose which of the offered shifts nurses work, so that all rules hold by construction.

    An integer programme keeps the shifts with the most useful capacity: for each skill level, the
    loads of the nurses who have it, up to the work that is expected to ask for it. At least one
    nurse stays in each shift. Whoever is chosen is at work there, with or without rooms.

    Parameters
    ----------
    hospital : Hospital
        With rules; without any, its problem is returned as it is.

    Returns
    -------
    HospitalProblem
        The same, with fewer shifts: each plan of it keeps the rules.

    Raises
    ------
    InputError
        If the rules leave nobody for a shift; shifts, nurses and rules are named.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> from salus.allocate.hospital.nurse_rules import NurseRules
    >>> hospital = replace(Hospital.plain(random_hospital(7)), rules=NurseRules(rest=11 * 60))
    >>> sum(len(nurse.loads) for nurse in hospital.problem.nurses)
    24
    >>> sum(len(nurse.loads) for nurse in permitted(hospital).nurses)
    18
    """
    if not hospital.rules:
        return hospital.problem
    offers, problem = Offers.of(hospital), hospital.problem
    draft = limited(hospital, offers)
    kept = draft.column.blocks["kept"].indices
    for shift in range(problem.horizon):
        members = kept[offers.shift == shift]
        draft.put(draft.rows(f"somebody {shift}", (1,), lower=1), members, 1.0)
    _value(draft, problem, offers)
    found = solve(draft.program({"value": 1.0}), stop=Stop(gap=GAP))
    if found.x is None:
        raise why_bare(hospital, offers)
    return chosen(problem, offers, np.flatnonzero(found.x[kept] > 1 / 2))


def at_work(problem: HospitalProblem, plan: HospitalPlan) -> HospitalPlan:
    """Name every nurse on duty in a plan, those without rooms too.

    Parameters
    ----------
    problem : HospitalProblem
        With the shifts that are worked.
    plan : HospitalPlan
        Of it.

    Returns
    -------
    HospitalPlan
        With a duty for each nurse and shift, in their order; it breaks and costs the same.
    """
    named = {(each.nurse, each.shift) for each in plan.duties}
    more = [
        Duty(nurse.id, shift, ())
        for nurse in problem.nurses
        for shift in nurse.loads
        if (nurse.id, shift) not in named
    ]
    order = {each.id: place for place, each in enumerate(problem.nurses)}
    duties = sorted((*plan.duties, *more), key=lambda each: (order[each.nurse], each.shift))
    return HospitalPlan(plan.admissions, tuple(duties))


def on_duty(problem: HospitalProblem, plan: HospitalPlan) -> HospitalPlan:
    """Leave out of a plan the duties of nurses who are off duty.

    Parameters
    ----------
    problem : HospitalProblem
        With the shifts that are worked.
    plan : HospitalPlan
        Of the same hospital with other shifts.

    Returns
    -------
    HospitalPlan
        Which may leave rooms without a nurse.
    """
    loads = {each.id: each.loads for each in problem.nurses}
    kept = (each for each in plan.duties if each.shift in loads.get(each.nurse, ()))
    return HospitalPlan(plan.admissions, tuple(kept))


def worked(hospital: Hospital, plan: HospitalPlan) -> HospitalProblem:
    """Keep the shifts that a plan says are worked, so that another plan of them keeps the rules.

    Parameters
    ----------
    hospital : Hospital
        With rules; without any, its problem is returned as it is.
    plan : HospitalPlan
        Of it, that keeps the rules.

    Returns
    -------
    HospitalProblem
        A shift for which the plan names nobody who offers it keeps all its nurses.
    """
    problem = hospital.problem
    if not hospital.rules:
        return problem
    offered = {each.id: each.loads for each in problem.nurses}
    named = {
        (each.nurse, each.shift)
        for each in plan.duties
        if each.shift in offered.get(each.nurse, ())
    }
    manned = {shift for _, shift in named}
    nurses = (
        replace(
            nurse,
            loads={
                shift: load
                for shift, load in nurse.loads.items()
                if (nurse.id, shift) in named or shift not in manned
            },
        )
        for nurse in problem.nurses
    )
    return replace(problem, nurses=tuple(nurses))


def _value(draft: Draft, problem: HospitalProblem, offers: Offers) -> None:
    """Let each unit of useful capacity be worth what its absence costs."""
    kept, expected = draft.column.blocks["kept"].indices, expected_work(problem)
    weights = np.full(problem.levels, max(1, problem.weights.skill), dtype=float)
    weights[0] = max(1, problem.weights.overload)
    useful = draft.columns("useful", expected.shape, upper=expected)
    rows = draft.rows("useful", expected.shape, upper=0)
    draft.put(rows, useful, 1.0)
    for level in range(problem.levels):
        able = np.flatnonzero(offers.skill >= level)
        draft.put(rows[level, offers.shift[able]], kept[able], -offers.load[able].astype(float))
    draft.charge("value", useful, -np.broadcast_to(weights[:, None], expected.shape))
    # Beyond it, a shift kept is still worth a little: the expectation is only one.
    draft.charge("value", kept, -SPARE * (1 + offers.load) * weights.max())


def chosen(problem: HospitalProblem, offers: Offers, places: NDArray[np.int64]) -> HospitalProblem:
    """Keep some of the shifts that are offered.

    Parameters
    ----------
    problem : HospitalProblem
        With all of them.
    offers : Offers
        Of it.
    places : ndarray of int
        Places of the offers that are kept.

    Returns
    -------
    HospitalProblem
    """
    loads: list[dict[int, int]] = [{} for _ in problem.nurses]
    for which, shift, load in zip(
        *(each[places].tolist() for each in (offers.nurse, offers.shift, offers.load)), strict=True
    ):
        loads[which][shift] = load
    nurses = (replace(nurse, loads=each) for nurse, each in zip(problem.nurses, loads, strict=True))
    return replace(problem, nurses=tuple(nurses))
