"""A solved linear programme, for programs: one JSON document, or one table."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING

from salus.allocate.lp.start import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.allocate.lp.program import Floats
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.start import Places
    from salus.core.canonical import Json
    from salus.service.solve_program import SolvedProgram


def program_document(solved: SolvedProgram) -> dict[str, Json]:
    """Write a solved programme as JSON; what is infinite or unknown is null.

    Parameters
    ----------
    solved : SolvedProgram
        The programme and what is known of it.

    Returns
    -------
    dict
        Figures, and one entry for each variable and row.
    """
    program, solution = solved.program, solved.solution
    check = solved.verification
    return {
        "status": "within gap" if solution.within_gap else solution.status.value,
        "sense": program.sense.value,
        "objective": _number(solution.objective),
        "bound": _number(solution.bound),
        "gap": _number(solution.gap),
        "checked": check.right and _shows_something(solution),
        "faults": [str(fault) for fault in check.faults],
        "variables": _variables(solved),
        "rows": _rows(solved),
        "conflict": None
        if solved.conflict is None
        else [
            {
                "name": claim.name(program),
                "side": claim.side.value,
                "value": _number(claim.value(program)),
            }
            for claim in solved.conflict
        ],
    }


def program_table(solved: SolvedProgram) -> str:
    """Write the variables and rows of a solved programme as CSV.

    Parameters
    ----------
    solved : SolvedProgram
        The programme and what is known of it.

    Returns
    -------
    str
        The columns kind, name, value, price (reduced cost or dual), low and high (ranges).
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["kind", "name", "value", "price", "low", "high"])
    for each in _variables(solved):
        table.writerow(["variable", *(_blank(each[key]) for key in VARIABLE)])
    for each in _rows(solved):
        table.writerow(["row", *(_blank(each[key]) for key in ROW)])
    return out.getvalue()


def _shows_something(solution: LinearSolution) -> bool:
    # Where there is nothing to recompute, nothing was checked.
    return any(part is not None for part in (solution.x, solution.ray, solution.proof))


VARIABLE = ("name", "value", "reduced_cost", "cost_low", "cost_high")
ROW = ("name", "activity", "dual", "side_low", "side_high")


def _variables(solved: SolvedProgram) -> list[dict[str, Json]]:
    solution, ranges = solved.solution, solved.ranges
    n = solved.program.c.size
    names = [solved.program.column_name(j) for j in range(n)]
    figures: list[Iterable[Json]] = [
        _numbers(solution.x, n),
        _numbers(solution.reduced_costs, n),
        _numbers(ranges.cost_low if ranges else None, n),
        _numbers(ranges.cost_high if ranges else None, n),
        _numbers(solution.ray, n),
        _places(None if solution.basis is None else solution.basis.columns, n),
    ]
    keys = (*VARIABLE, "ray", "basis")
    return [dict(zip(keys, each, strict=True)) for each in zip(names, *figures, strict=True)]


def _rows(solved: SolvedProgram) -> list[dict[str, Json]]:
    program, solution, ranges = solved.program, solved.solution, solved.ranges
    m = program.row_lower.size
    names = [program.row_name(i) for i in range(m)]
    figures: list[Iterable[Json]] = [
        _numbers(None if solution.x is None else program.matrix @ solution.x, m),
        _numbers(solution.row_duals, m),
        _numbers(ranges.side_low if ranges else None, m),
        _numbers(ranges.side_high if ranges else None, m),
        _numbers(solution.proof, m),
        _places(None if solution.basis is None else solution.basis.rows, m),
    ]
    keys = (*ROW, "proof", "basis")
    return [dict(zip(keys, each, strict=True)) for each in zip(names, *figures, strict=True)]


def _numbers(values: Floats | None, count: int) -> Iterable[float | None]:
    return [None] * count if values is None else map(_number, values.tolist())


def _places(places: Places | None, count: int) -> Iterable[str | None]:
    if places is None:
        return [None] * count
    return [Place(place).name.lower() for place in places.tolist()]


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _blank(value: Json) -> Json:
    return "" if value is None else value
