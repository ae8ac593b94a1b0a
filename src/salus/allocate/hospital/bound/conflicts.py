"""Why a hospital has no plan that keeps the rules."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salus.allocate.hospital.bound.beds import crowded_rooms, too_few_beds, without_a_bed
from salus.allocate.hospital.bound.choices import choices, mandatory, site, some
from salus.allocate.hospital.bound.conflict import Conflict, Scarce
from salus.allocate.hospital.bound.minutes import too_few_minutes, without_a_day
from salus.allocate.hospital.bound.no_packing import no_packing
from salus.allocate.hospital.bound.packing import Packing
from salus.allocate.lp.conflict import irreducible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from salus.allocate.hospital.bound.choices import Choices
    from salus.allocate.hospital.problem import HospitalProblem

SHARE = 0.5
"""Of the time that is left, for each programme but the last."""
FEWEST = 5.0
"""Seconds to leave out of all conflicts whom they do not need."""


def conflicts(
    problem: HospitalProblem,
    *,
    seconds: float | None = None,
    over: Callable[[], bool] | None = None,
) -> tuple[Conflict, ...]:
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
    over : callable, optional
        Tells whether to stop before.

    Returns
    -------
    tuple of Conflict
        Empty where nothing is proved.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> hospital = random_hospital(11)
    >>> conflicts(hospital, seconds=5)
    ()
    >>> away = tuple(replace(each, minutes=0 * each.minutes) for each in hospital.surgeons)
    >>> [found] = conflicts(replace(hospital, surgeons=away))
    >>> found.people, found.where, found.span, found.wanted, found.there
    (('p4',), ('s0',), Span(first=1, last=1), 30, 0)
    """
    must = mandatory(problem, choices(problem))
    found = _telling(_quick(problem, must))
    if not found and seconds is not None:
        until = monotonic() + seconds
        found = _packed(problem, must, _Limit(until, over))
    fewest = _Limit(monotonic() + FEWEST, over)
    return tuple(_telling(_least(problem, must, each, fewest) for each in found))


class _Limit(NamedTuple):
    until: float
    over: Callable[[], bool] | None

    @property
    def ended(self) -> bool:
        return self.over is not None and self.over()

    @property
    def left(self) -> float:
        return max(0.0, self.until - monotonic())


def _quick(problem: HospitalProblem, must: Choices) -> Iterator[Conflict]:
    on = site(problem)
    yield from crowded_rooms(problem)
    yield from without_a_bed(problem, on)
    yield from without_a_day(problem, on)
    yield from _crowded(problem, must)


def _crowded(problem: HospitalProblem, must: Choices) -> Iterator[Conflict]:
    on = site(problem)
    yield from too_few_minutes(problem, on, must)
    yield from too_few_beds(problem, on, must)


def _telling(claims: Iterable[Conflict]) -> list[Conflict]:
    # What holds of the same people once more, of the theatres after a surgeon, adds little.
    found: list[Conflict] = []
    named: set[str] = set()
    for each in claims:
        if not named.issuperset(each.people):
            found.append(each)
            named.update(each.people)
    return found


def _least(problem: HospitalProblem, must: Choices, conflict: Conflict, limit: _Limit) -> Conflict:
    """Leave out of a conflict whom another rule, or all together, show not to be needed."""
    names = [each.id for each in problem.patients]
    if len(conflict.people) == 1 or conflict.people[0] not in names:
        return conflict
    who = [names.index(each) for each in conflict.people]
    few = some(must, np.isin(must.patient, who))
    holds = _holds(problem, few, Scarce.BOTH, limit)
    left = sorted(irreducible(holds, who)) if holds(who) is False else who
    if len(left) == len(who):
        return conflict
    few = some(must, np.isin(must.patient, left))
    for each in _crowded(problem, few):
        if len(each.people) == len(left):
            return each
    for scarce in (Scarce.SURGEON, Scarce.THEATRE, Scarce.ROOM):
        if _holds(problem, few, scarce, limit)(left) is False:
            return no_packing(problem, few, scarce, left)
    return no_packing(problem, few, Scarce.BOTH, left)


def _holds(
    problem: HospitalProblem, must: Choices, scarce: Scarce, limit: _Limit
) -> Callable[[list[int]], bool | None]:
    packing = Packing(problem, must, scarce, limit.over)
    return lambda patients: packing.holds(patients, limit.left)


def _packed(problem: HospitalProblem, must: Choices, limit: _Limit) -> list[Conflict]:
    found = [
        conflict
        for at in range(len(problem.surgeons))
        for conflict in _tried(problem, some(must, must.surgeon == at), Scarce.SURGEON, limit)
    ]
    for scarce in (Scarce.THEATRE, Scarce.ROOM, Scarce.BOTH):
        if not found:
            found += _tried(problem, must, scarce, limit)
    return found


def _tried(
    problem: HospitalProblem, must: Choices, scarce: Scarce, limit: _Limit
) -> Iterator[Conflict]:
    if not must.patient.size or limit.ended:
        return
    share = 1.0 if scarce is Scarce.BOTH else SHARE
    first = monotonic() + share * limit.left
    packing = Packing(problem, must, scarce, limit.over)
    waiting = np.unique(must.patient).tolist()
    if packing.holds(waiting, max(0.0, first - monotonic())) is False:
        who = irreducible(lambda some: packing.holds(some, limit.left), waiting)
        yield no_packing(problem, must, scarce, sorted(who))
