"""Solve a linear programme that a file states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salus.allocate.lp.conflict import conflict
from salus.allocate.lp.files import read_program
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import ranges, solve
from salus.allocate.lp.stop import Stop
from salus.allocate.lp.verify import verify
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.lp.conflict import Claim
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.ranges import Ranges
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.verify import Verification
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class ProgramRequest:
    """Which programme is solved, and how long.

    Parameters
    ----------
    path : Path
        A file that ends in .mps or .lp, or either and .gz.
    stop : Stop
        Limits of time and gap; by default, the optimum is proved.
    """

    path: Path
    stop: Stop = field(default_factory=Stop)


@dataclass(frozen=True, slots=True, eq=False)
class SolvedProgram:
    """A programme and what is known of it.

    Parameters
    ----------
    program : LinearProgram
        As the file states it.
    solution : LinearSolution
        What the solver found.
    verification : Verification
        What a check that knows no solver says to it.
    ranges : Ranges or None
        How far costs and sides may move; of an optimum without integers.
    conflict : tuple of Claim or None
        Constraints that cannot hold together; of an infeasible programme, where the limit of time
        allowed to find them.
    """

    program: LinearProgram
    solution: LinearSolution
    verification: Verification
    ranges: Ranges | None = None
    conflict: tuple[Claim, ...] | None = None


def _name(request: ProgramRequest) -> str:
    return request.path.name or str(request.path)


@guarded(Permission.SOLVE_PROGRAM, Kind.PROGRAM, _name)
def solve_program(context: Context, request: ProgramRequest) -> SolvedProgram:
    """Read a programme, solve it, check the answer, and say why where there is none.

    Parameters
    ----------
    context : Context
        What is in use.
    request : ProgramRequest
        Which programme, and how long.

    Returns
    -------
    SolvedProgram

    Raises
    ------
    InputError
        If the file states no programme; every fault is named with its line.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    program = read_program(request.path)
    solution = solve(program, stop=request.stop)
    infeasible = solution.status is Status.INFEASIBLE
    return SolvedProgram(
        program,
        solution,
        verify(program, solution),
        ranges(program, solution) if solution.status is Status.OPTIMAL else None,
        conflict(program, Stop(request.stop.seconds)) if infeasible else None,
    )
