"""Plan a hospital's weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.verify import verify
from salus.core.messages import say
from salus.core.progress import silent
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.solve import Progress
    from salus.allocate.hospital.stop import Stop
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.core.messages import Message
    from salus.core.progress import Progress as Listener
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class PlanHospitalRequest:
    """Which hospital is planned, and how long.

    Parameters
    ----------
    instance : Path
        File of the competition.
    stop : Stop
        When the search ends.
    seed : int
        Of the random moves.
    cores : int
        How many searches go on side by side.
    warm : Path or None
        A plan to begin with.
    progress : callable
        Hears what is being done.
    """

    instance: Path
    stop: Stop
    seed: int = 1
    cores: int = 1
    warm: Path | None = None
    progress: Listener = silent


@dataclass(frozen=True, slots=True, eq=False)
class PlannedHospital:
    """A plan of a hospital, and what is known of it.

    Parameters
    ----------
    problem : HospitalProblem
        As the file states it.
    plan : HospitalPlan
        The best that was found.
    verification : HospitalVerification
        What a check that knows no search says to it.
    last : Progress
        How far the search had come when it ended.
    """

    problem: HospitalProblem
    plan: HospitalPlan
    verification: HospitalVerification
    last: Progress


def _name(request: PlanHospitalRequest) -> str:
    return request.instance.name or str(request.instance)


@guarded(Permission.PLAN_HOSPITAL, Kind.HOSPITAL, _name)
def plan_hospital(context: Context, request: PlanHospitalRequest) -> PlannedHospital:
    """Read a hospital, search for its best plan, and check it.

    Parameters
    ----------
    context : Context
        What is in use.
    request : PlanHospitalRequest
        Which hospital, and how long.

    Returns
    -------
    PlannedHospital

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it; every fault is named with its path.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    problem = read_instance(request.instance)
    warm = None if request.warm is None else read_solution(request.warm, problem)
    told: list[Progress] = []

    def watch(now: Progress) -> None:
        told[:] = [now]
        request.progress(_sentence(now), now.part)

    plan = solve(problem, request.stop, request.seed, cores=request.cores, warm=warm, watch=watch)
    return PlannedHospital(problem, plan, verify(problem, plan), told[0])


def _sentence(now: Progress) -> Message:
    rate = now.tried / max(now.seconds, 1e-9) / 1e6
    if now.broken:
        return say(
            "{broken} too many or minutes over, cost {cost}, {rate:.1f} million moves a second",
            broken=now.broken,
            cost=now.cost,
            rate=rate,
        )
    return say("cost {cost}, {rate:.1f} million moves a second", cost=now.cost, rate=rate)
