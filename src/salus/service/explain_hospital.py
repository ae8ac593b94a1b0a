"""Explain a plan of a hospital: its cost by origin, why patients wait, what is worth most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.costs import costs
from salus.allocate.hospital.explain.reasons import reasons
from salus.allocate.hospital.explain.worth import worths
from salus.allocate.hospital.files import read_hospital, read_plan
from salus.allocate.hospital.law.permitted import worked
from salus.allocate.hospital.law.verify import verify_nurse_rules
from salus.allocate.hospital.overrun.chance import Lengths, theatre_days
from salus.allocate.hospital.verify import verify
from salus.core.messages import say
from salus.core.progress import part_of
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salus.allocate.hospital.explain.costs import Costs
    from salus.allocate.hospital.explain.reasons import Reason
    from salus.allocate.hospital.explain.worth import Worths
    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.law.verify import RuleBreach
    from salus.allocate.hospital.overrun.chance import TheatreDay
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """Which plan is explained.

    Parameters
    ----------
    instance, solution : Path
        Files of the competition, or folders.
    """

    instance: Path
    solution: Path


@dataclass(frozen=True, slots=True, eq=False)
class ExplainedHospital:
    """A plan of a hospital, and why it is as it is.

    Parameters
    ----------
    name : str
        What the hospital is called.
    hospital : Hospital
        With all that is stated of it.
    problem : HospitalProblem
        What was planned; under rules of nurses, with the shifts that the plan says are worked.
    plan : HospitalPlan
        What was decided.
    verification : HospitalVerification
        What it breaks and costs.
    costs : Costs
        The cost by origin.
    reasons : tuple of Reason
        Why patients are not admitted, or not earlier.
    worths : Worths
        What one more nurse, bed or hour is worth at least.
    breaches : tuple of RuleBreach
        What the plan breaks of the rules of nurses.
    theatre_days : tuple of TheatreDay
        How likely each day of a theatre takes longer than it may.
    """

    name: str
    hospital: Hospital
    problem: HospitalProblem
    plan: HospitalPlan
    verification: HospitalVerification
    costs: Costs
    reasons: tuple[Reason, ...]
    worths: Worths
    breaches: tuple[RuleBreach, ...] = ()
    theatre_days: tuple[TheatreDay, ...] = ()

    @property
    def first(self) -> date | None:
        """The first day; ``None`` where days have no dates."""
        return self.hospital.first

    @property
    def spare(self) -> int:
        """Number of shifts that nurses offer and the plan leaves free."""
        return _shifts(self.hospital.problem) - _shifts(self.problem)


def _name(request: ExplainRequest) -> str:
    return request.instance.name or str(request.instance)


@guarded(Permission.EXPLAIN_HOSPITAL, Kind.HOSPITAL, _name)
def explain_hospital(context: Context, request: ExplainRequest) -> ExplainedHospital:
    """Read a hospital and a plan of it, and explain the plan.

    Parameters
    ----------
    context : Context
        What is in use.
    request : ExplainRequest
        Which plan.

    Returns
    -------
    ExplainedHospital

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it; every fault is named with its place.
    ForbiddenError
        If the policy does not permit it.
    """
    hospital = read_hospital(request.instance)
    plan = read_plan(request.solution, hospital)
    problem = worked(hospital, plan)
    context.progress(say("adding up the plan"), 0.1)
    verification, found = verify(problem, plan), costs(problem, plan)
    why = reasons(problem, plan, part_of(context.progress, 0.2, 0.6))
    worth = worths(problem, plan, part_of(context.progress, 0.6, 1.0))
    return ExplainedHospital(
        request.instance.stem,
        hospital,
        problem,
        plan,
        verification,
        found,
        why,
        worth,
        verify_nurse_rules(hospital, plan),
        theatre_days(Lengths.of(problem, hospital.known), plan),
    )


def _shifts(problem: HospitalProblem) -> int:
    return sum(len(nurse.loads) for nurse in problem.nurses)
