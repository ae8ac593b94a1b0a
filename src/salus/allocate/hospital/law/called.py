"""Who works after something has happened: the roster that was told, and who must be called in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.law.limits import Offers, limited
from salus.allocate.hospital.law.permitted import chosen, worked
from salus.allocate.lp.solve import solve
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem

SPARE = 1e-6
"""Worth of a unit of work that a nurse can do, beside one shift changed."""

MISSING = 1_000.0
"""What a nurse who is missing for a share of skill costs beside one shift changed."""


def called_in(hospital: Hospital, plan: HospitalPlan, today: int) -> HospitalProblem:
    """Change the fewest shifts of a roster so that somebody is in each one and all rules hold.

    An integer programme over the shifts that are offered: a nurse may be called in, and another
    shift of hers left out for her rest. Where no roster has all shares of skill, rest and hours
    come first, and as few nurses as can be are missing for the shares.

    Parameters
    ----------
    hospital : Hospital
        After the events, with rules; without any, its problem is returned as it is.
    plan : HospitalPlan
        From before them; names the shifts that are worked.
    today : int
        First day that may change: shifts before it stay as they are.

    Returns
    -------
    HospitalProblem
        With the shifts that are worked. Where no roster keeps rest and hours, those of the plan,
        and in a shift where none of them is left everybody who offers it.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> from salus.allocate.hospital.law.permitted import at_work, permitted
    >>> from salus.allocate.hospital.nurse_rules import NurseRules
    >>> from salus.allocate.hospital.plan import HospitalPlan
    >>> hospital = replace(Hospital.plain(random_hospital(7)), rules=NurseRules(rest=11 * 60))
    >>> roster = permitted(hospital)
    >>> found = called_in(hospital, at_work(roster, HospitalPlan((), ())), 0)
    >>> [nurse.loads for nurse in found.nurses] == [nurse.loads for nurse in roster.nurses]
    True
    """
    if not hospital.rules:
        return hospital.problem
    problem, offers = hospital.problem, Offers.of(hospital)
    told = {(each.nurse, each.shift) for each in plan.duties}
    names = [each.id for each in problem.nurses]
    was = np.array(
        [
            (names[nurse], shift) in told
            for nurse, shift in zip(offers.nurse.tolist(), offers.shift.tolist(), strict=True)
        ]
    )
    roster = _fewest_changes(hospital, offers, was, today, None)
    if roster is None and hospital.rules.shares:
        roster = _fewest_changes(hospital, offers, was, today, MISSING)
    return worked(hospital, plan) if roster is None else chosen(problem, offers, roster)


def _fewest_changes(
    hospital: Hospital,
    offers: Offers,
    was: NDArray[np.bool_],
    today: int,
    short: float | None,
) -> NDArray[np.int64] | None:
    """Choose the offers that are kept; ``None`` where the rules leave no choice."""
    problem, draft = hospital.problem, limited(hospital, offers, short)
    kept, first = draft.column.blocks["kept"].indices, today * len(problem.shifts)
    begun = offers.shift < first
    sides = was[begun].astype(float)
    draft.put(draft.rows("begun", sides.shape, lower=sides, upper=sides), kept[begun], 1.0)
    somebody = draft.rows("somebody", (problem.horizon - first,), lower=1.0)
    draft.put(somebody[offers.shift[~begun] - first], kept[~begun], 1.0)
    draft.charge("changes", kept, np.where(was, -1.0, 1.0) - SPARE * offers.load)
    found = solve(draft.program(dict.fromkeys(draft.terms, 1.0)), stop=Stop(gap=0.0))
    return None if found.x is None else np.flatnonzero(found.x[kept] > 1 / 2)
