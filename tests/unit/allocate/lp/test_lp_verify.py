"""The check of a solution catches each figure that is wrong, and needs no solver for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.lp import textbook
from salus.allocate.lp.program import Sense
from salus.allocate.lp.solution import LinearSolution, Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.verify import cannot_be_met, improves_for_ever, verify

PROGRAM = textbook.program([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18], sense=Sense.MAX)
SOLUTION = solve(PROGRAM)
WHOLE = replace(PROGRAM, integral=np.array([True, False]))


def test_a_right_solution_has_no_fault() -> None:
    """All figures of an optimum are rounding."""
    found = verify(PROGRAM, SOLUTION)
    assert found.right
    assert found.gap == pytest.approx(0)
    assert found.bound == pytest.approx(36)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"x": np.array([4.0, 6.0])}, "a row misses its side"),
        ({"x": np.array([-1.0, 6.0])}, "a variable misses its bound"),
        ({"objective": 35.0}, "the objective is not that of x"),
        ({"row_duals": np.array([0.0, 1.0, 1.0])}, "not what the duals leave"),
        ({"row_duals": np.array([0.0, -1.5, 1.0])}, "a side that is not there"),
        ({"row_duals": np.array([3.0, 2.5, 0.0])}, "a side that is not reached"),
        ({"row_duals": np.array([3.0, 2.5, 0.0])}, "leave a gap"),
        ({"x": None, "objective": None}, "an optimal solution has no x"),
        ({"bound": 35.0}, "better than the bound allows"),
    ],
)
def test_each_wrong_figure_is_named(wrong: dict[str, object], fault: str) -> None:
    """One altered figure is found, whichever it is."""
    altered = replace(SOLUTION, **wrong)  # type: ignore[arg-type]
    if "row_duals" in wrong and fault.startswith(("a side", "leave")):
        left = PROGRAM.c - PROGRAM.matrix.T @ altered.row_duals
        altered = replace(altered, reduced_costs=left)
    assert any(fault in str(each) for each in verify(PROGRAM, altered).faults)


def test_a_fraction_is_no_whole_number() -> None:
    """A half where a whole number is wanted."""
    half = LinearSolution(Status.OPTIMAL, np.array([1.5, 6.0]), 34.5, bound=36.0, gap=0.05)
    assert "misses a whole number by 0.5" in str(verify(WHOLE, half).faults[0])


def test_rays_are_checked() -> None:
    """A ray must stay within every row and bound, and improve."""
    open_ended = textbook.program([-1, 0], [[1, -1]], [1])
    assert improves_for_ever(open_ended, np.array([1.0, 1.0]))
    assert not improves_for_ever(open_ended, np.array([1.0, 0.0]))
    assert not improves_for_ever(open_ended, np.array([0.0, 1.0]))
    assert not improves_for_ever(open_ended, np.array([-1.0, -1.0]))
    assert not improves_for_ever(open_ended, np.zeros(2))
    wrong = LinearSolution(Status.UNBOUNDED, ray=np.array([0.0, 1.0]))
    assert "the ray" in str(verify(open_ended, wrong).faults[0])


def test_proofs_are_checked() -> None:
    """Weights must leave a sum that no x can meet."""
    no = textbook.program([1], [[1], [-1]], [2, -3])
    assert cannot_be_met(no, np.array([-1.0, -1.0]))
    assert not cannot_be_met(no, np.array([-1.0, 1.0]))
    assert not cannot_be_met(PROGRAM, np.array([-1.0, 1.0, 0.5]))
    wrong = LinearSolution(Status.INFEASIBLE, proof=np.array([1.0, 1.0]))
    assert "do not prove" in str(verify(no, wrong).faults[0])
