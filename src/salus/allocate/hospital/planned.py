"""A plan of a hospital as it is stated: with its rules of nurses, and theatres that end in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.law.permitted import at_work, on_duty, permitted
from salus.allocate.hospital.overrun.bounded import within_overrun
from salus.allocate.hospital.overrun.chance import Lengths

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.overrun.bounded import PlanWith
    from salus.allocate.hospital.plan import HospitalPlan


def planned(
    hospital: Hospital,
    plan_with: PlanWith,
    *,
    warm: HospitalPlan | None = None,
    overrun: float | None = None,
    over: Callable[[], bool] = lambda: False,
) -> HospitalPlan:
    """Plan a hospital so that its rules of nurses hold, and theatres overrun rarely enough.

    Parameters
    ----------
    hospital : Hospital
        What is stated.
    plan_with : callable
        Makes a plan of a problem, from another plan if there is one.
    warm : HospitalPlan, optional
        Plan to begin with.
    overrun : float, optional
        Largest chance that a day of a theatre takes longer than it may, between 0 and 1.
    over : callable, optional
        Tells whether no further plan is to be made; the last one may then exceed the chance.

    Returns
    -------
    HospitalPlan
        Where there are rules of nurses, with a duty for whoever is at work, also without rooms.

    Raises
    ------
    InputError
        If the rules leave nobody for a shift, or no plan keeps the chance.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> from salus.allocate.hospital.law.verify import verify_nurse_rules
    >>> from salus.allocate.hospital.nurse_rules import NurseRules
    >>> hospital = replace(Hospital.plain(random_hospital(7)), rules=NurseRules(rest=11 * 60))
    >>> plan = planned(hospital, lambda problem, warm: random_plan(problem, 1))
    >>> verify_nurse_rules(hospital, plan)
    ()
    """
    problem = permitted(hospital)
    begun = None if warm is None else on_duty(problem, warm)
    if overrun is None:
        plan = plan_with(problem, begun)
    else:
        lengths = Lengths.of(hospital.problem, hospital.known)
        plan = within_overrun(problem, lengths, overrun, plan_with, warm=begun, over=over).plan
    return at_work(problem, plan) if hospital.rules else plan
