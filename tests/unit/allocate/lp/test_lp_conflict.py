"""Conflicts: irreducible, by name, with bounds and with whole numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.lp import textbook
from salus.allocate.lp.conflict import Claim, Side, conflict
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.stop import Stop
from salus.core.rng import stream

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram


def _only(program: LinearProgram, claims: list[Claim]) -> Status:
    m, n = program.matrix.shape
    parts = {
        Side.ROW_LOWER: np.full(m, -np.inf),
        Side.ROW_UPPER: np.full(m, np.inf),
        Side.LOWER: np.full(n, -np.inf),
        Side.UPPER: np.full(n, np.inf),
    }
    whole = np.zeros(n, np.bool_)
    for claim in claims:
        if claim.side is Side.WHOLE:
            whole[claim.index] = True
        else:
            parts[claim.side][claim.index] = claim.value(program)
    bare = replace(
        program,
        c=np.zeros(n),
        row_lower=parts[Side.ROW_LOWER],
        row_upper=parts[Side.ROW_UPPER],
        lower=parts[Side.LOWER],
        upper=parts[Side.UPPER],
        integral=whole,
    )
    return solve(bare).status


def _is_irreducible(program: LinearProgram) -> None:
    found = conflict(program)
    assert found
    assert _only(program, list(found)) is Status.INFEASIBLE
    for left_out in found:
        rest = [claim for claim in found if claim != left_out]
        assert _only(program, rest) is Status.OPTIMAL, left_out.text(program)


@pytest.mark.parametrize("whole", [None, 1])
@pytest.mark.parametrize("seed", range(12))
def test_each_proper_part_of_a_conflict_can_hold(seed: int, whole: int | None) -> None:
    """Leaving out any one constraint makes the rest feasible."""
    draw = stream(seed, "conflicts")
    a = draw.integers(-3, 4, (12, 5)).astype(float)
    x = draw.integers(0, 4, 5)
    b = a @ x - draw.integers(0, 4, 12)
    program = textbook.program(np.ones(5), a, b, bounds=(0, 3), integrality=whole)
    if solve(program).status is Status.INFEASIBLE:
        _is_irreducible(program)
    else:
        assert conflict(program) is None


def test_bounds_take_part_by_name() -> None:
    """Two bounds and a row, and nothing that has no part in it."""
    program = textbook.program(
        [1, 1, 1],
        [[-1, -1, 0], [0, 1, 1]],
        [-50, 900],
        bounds=[(0, 20), (0, 10), (0, 5)],
        columns=["ward", "icu", "other"],
        rows=["need", "idle"],
    )
    found = conflict(program)
    assert found is not None
    assert [claim.text(program) for claim in found] == ["need <= -50", "ward <= 20", "icu <= 10"]


def test_whole_numbers_conflict_where_parts_do_not() -> None:
    """Half a bed is no bed: one row, and that x is whole, without which it could hold."""
    program = textbook.program([1], A_eq=[[2]], b_eq=[1], integrality=1)
    found = conflict(program)
    assert found is not None
    texts = [claim.text(program) for claim in found]
    assert texts == ["row0 >= 1", "row0 <= 1", "x0 is whole"]
    _is_irreducible(program)


def test_whole_numbers_that_have_no_part_are_not_named() -> None:
    """Two rows that no number meets say nothing of whole ones."""
    program = textbook.program([1], [[1], [-1]], [2, -3], integrality=1)
    found = conflict(program)
    assert found is not None
    assert [claim.text(program) for claim in found] == ["row0 <= 2", "row1 <= -3"]


def test_an_empty_row_conflicts_alone() -> None:
    """0 x >= 1 needs no other."""
    program = textbook.program([1], [[0]], [-1])
    found = conflict(program)
    assert found is not None
    assert [claim.text(program) for claim in found] == ["row0 <= -1"]


def test_a_limit_leaves_a_set_that_is_infeasible() -> None:
    """However little time each solve has, what is returned cannot hold together."""
    draw = stream(3, "large conflict")
    a = draw.random((30, 30))
    program = textbook.program(np.ones(30), -a, -a.sum(axis=1), bounds=(0, 0.9), integrality=1)
    found = conflict(program, Stop(seconds=0.01))
    assert found is None or _only(program, list(found)) is Status.INFEASIBLE
