"""The admissions of a hospital without its rooms, theatres and nurses one by one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.choices import site
from salus.allocate.lp.draft import Draft

if TYPE_CHECKING:
    from salus.allocate.hospital.bound.choices import Choices, Site
    from salus.allocate.hospital.problem import HospitalProblem

ADMIT, OPEN, TRANSFER, CARE = "admit", "open", "transfer", "care"
"""Blocks of columns."""


class Part(StrEnum):
    """What a lower bound is made of."""

    MIXED_AGE = "mixed age"
    """Of occupants, who lie where they lie."""
    NURSING = "nursing"
    """Continuity, skill and overload together."""
    OPEN_THEATRE = "open theatres"
    TRANSFER = "transfers"
    DELAY = "delay"
    POSTPONED = "postponed"
    WHOLE = "whole numbers"
    """What is added as no patient is admitted, and no theatre opened, in part."""


def relaxation(problem: HospitalProblem, admissible: Choices) -> Draft:
    """Write what every plan keeps, over patients and days alone.

    For each patient p and day d of admission, ``x[p, d]``; for each theatre t and day, ``y[t, d]``:

    * a mandatory patient is admitted once, another at most once;
    * a surgeon's day holds the minutes of the surgeon's patients;
    * the theatres that are open on a day hold the minutes of all;
    * the beds hold, each day, all who are in the house;
    * a surgeon whose minutes exceed the longest theatre has a transfer for each further one.

    Rooms one by one, genders and fit rooms add nothing to the linear programme on the public
    instances, and are left out. The one column ``care`` waits for cuts.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    admissible : Choices
        When the patients could be admitted.

    Returns
    -------
    Draft
        Its terms are members of ``Part``.
    """
    draft, on = Draft(), site(problem)
    admitted = draft.columns(ADMIT, admissible.day.shape, upper=1.0, integral=True)
    _people(draft, problem, admissible)
    surgeons = draft.rows("surgeon", on.surgeon_minutes.shape, upper=on.surgeon_minutes)
    draft.put(surgeons[admissible.surgeon, admissible.day], admitted, admissible.minutes)
    _theatres(draft, problem, admissible, on)
    _transfers(draft, problem, admissible, on)
    _beds(draft, problem, admissible)
    care = draft.columns(CARE, (1,))
    draft.charge(Part.NURSING, care, 1.0)
    draft.constant(Part.MIXED_AGE, problem.weights.mixed_age * _mixed_ages(problem))
    return draft


def _people(draft: Draft, problem: HospitalProblem, admissible: Choices) -> None:
    weights, admitted = problem.weights, draft.column.blocks[ADMIT].indices
    must = np.array([each.mandatory for each in problem.patients], np.bool_)
    release = np.array([each.release for each in problem.patients], np.int64)
    once = draft.rows("once", must.shape, lower=np.where(must, 1.0, 0.0), upper=1.0)
    draft.put(once[admissible.patient], admitted, 1.0)
    late = admissible.day - release[admissible.patient]
    draft.charge(Part.DELAY, admitted, weights.delay * late)
    optional = ~must[admissible.patient]
    draft.charge(Part.POSTPONED, admitted, -weights.postponed * optional)
    draft.constant(Part.POSTPONED, weights.postponed * int((~must).sum()))


def _theatres(draft: Draft, problem: HospitalProblem, admissible: Choices, on: Site) -> None:
    there = on.theatre_minutes
    opened = draft.columns(OPEN, there.shape, upper=np.where(there > 0, 1.0, 0.0), integral=True)
    draft.charge(Part.OPEN_THEATRE, opened, problem.weights.open_theatre)
    rows = draft.rows("theatres", (problem.days,), upper=0.0)
    admitted = draft.column.blocks[ADMIT].indices
    draft.put(rows[admissible.day], admitted, admissible.minutes)
    draft.put(np.broadcast_to(rows, there.shape), opened, -there)


def _transfers(draft: Draft, problem: HospitalProblem, admissible: Choices, on: Site) -> None:
    # A surgeon who has no more minutes than the longest theatre may need no second one.
    longest = on.theatre_minutes.max(axis=0, initial=0)
    surgeons, days = np.nonzero((on.surgeon_minutes > longest) & (longest > 0))
    place = np.full(on.surgeon_minutes.shape, -1)
    place[surgeons, days] = np.arange(days.size)
    most = float(len(problem.theatres))
    further = draft.columns(TRANSFER, days.shape, upper=most, integral=True)
    draft.charge(Part.TRANSFER, further, problem.weights.transfer)
    rows = draft.rows("longest", days.shape, upper=longest[days])
    draft.put(rows, further, -longest[days])
    mine = place[admissible.surgeon, admissible.day]
    admitted = draft.column.blocks[ADMIT].indices[mine >= 0]
    draft.put(rows[mine[mine >= 0]], admitted, admissible.minutes[mine >= 0])


def _beds(draft: Draft, problem: HospitalProblem, admissible: Choices) -> None:
    free = np.full(problem.days, sum(each.beds for each in problem.rooms), np.float64)
    for each in problem.occupants:
        free[: each.stay] -= 1
    rows, admitted = (
        draft.rows("beds", free.shape, upper=free),
        draft.column.blocks[ADMIT].indices,
    )
    choice, day = admissible.nights()
    draft.put(rows[day], admitted[choice], 1.0)


def _mixed_ages(problem: HospitalProblem) -> int:
    ages: dict[tuple[str, int], list[int]] = {}
    for each in problem.occupants:
        for day in range(min(each.stay, problem.days)):
            ages.setdefault((each.room, day), []).append(each.age)
    return sum(max(there) - min(there) for there in ages.values())
