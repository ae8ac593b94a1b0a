"""Why a hospital has no plan that keeps the rules."""

from __future__ import annotations

from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.beds import crowded_rooms, too_few_beds, without_a_bed
from salus.allocate.hospital.bound.choices import Choices, choices, mandatory, site
from salus.allocate.hospital.bound.conflict import Conflict, Scarce
from salus.allocate.hospital.bound.minutes import too_few_minutes, without_a_day
from salus.allocate.hospital.bound.no_packing import no_packing
from salus.allocate.hospital.bound.packing import Packing
from salus.allocate.lp.conflict import irreducible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salus.allocate.hospital.problem import HospitalProblem

SHARE = 0.5
"""Of the time that is left, for each programme but the last."""


def reasons(problem: HospitalProblem, *, seconds: float | None = None) -> tuple[Conflict, ...]:
    """Prove that no plan of a hospital keeps the rules, naming who competes for what.

    Quick proofs come first: occupants who cannot lie where they lie, patients without a day or a
    bed, and stretches of days in which mandatory patients need more minutes or beds than there are.
    Where they find nothing, and time is given, programmes in whole numbers admit the mandatory
    patients alone: to each surgeon, to the theatres, to the rooms, and to all of these. Who is not
    needed for a proof is left out of it.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    seconds : float, optional
        For the programmes; without it, only quick proofs are tried.

    Returns
    -------
    tuple of Conflict
        Empty where nothing is proved.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> hospital = random_hospital(11)
    >>> reasons(hospital, seconds=5)
    ()
    >>> away = tuple(replace(each, minutes=0 * each.minutes) for each in hospital.surgeons)
    >>> [found] = reasons(replace(hospital, surgeons=away))
    >>> found.people, found.where, found.span, found.wanted, found.there
    (('p4',), ('s0',), Span(first=1, last=1), 30, 0)
    """
    on, admissible = site(problem), choices(problem)
    must = mandatory(problem, admissible)
    quick = (
        crowded_rooms(problem),
        without_a_bed(problem, on),
        without_a_day(problem, on),
        too_few_minutes(problem, on, must),
        too_few_beds(problem, on, must),
    )
    found = _telling(chain(*quick))
    if not found and seconds is not None:
        found = _packed(problem, must, monotonic() + seconds)
    return tuple(found)


def _telling(conflicts: Iterable[Conflict]) -> list[Conflict]:
    # What holds of the same people once more, of the theatres after a surgeon, adds little.
    found: list[Conflict] = []
    named: set[str] = set()
    for each in conflicts:
        if not named.issuperset(each.people):
            found.append(each)
            named.update(each.people)
    return found


def _packed(problem: HospitalProblem, must: Choices, until: float) -> list[Conflict]:
    found = [
        conflict
        for at in range(len(problem.surgeons))
        for conflict in _tried(problem, _of_surgeon(must, at), Scarce.SURGEON, until)
    ]
    for scarce in (Scarce.THEATRE, Scarce.ROOM, Scarce.BOTH):
        if not found:
            found += _tried(problem, must, scarce, until)
    return found


def _of_surgeon(must: Choices, surgeon: int) -> Choices:
    return Choices(*(each[must.surgeon == surgeon] for each in must))


def _tried(
    problem: HospitalProblem, must: Choices, scarce: Scarce, until: float
) -> Iterator[Conflict]:
    if not must.patient.size:
        return
    share = 1.0 if scarce is Scarce.BOTH else SHARE
    end = monotonic() + share * (until - monotonic())
    packing = Packing(problem, must, scarce)

    def holds(patients: list[int]) -> bool | None:
        return packing.holds(patients, max(0.0, end - monotonic()))

    waiting = np.unique(must.patient).tolist()
    if holds(waiting) is False:
        end = max(end, until)
        yield no_packing(problem, must, scarce, sorted(irreducible(holds, waiting)))
