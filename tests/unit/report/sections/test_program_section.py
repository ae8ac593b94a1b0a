"""What is shown of a linear programme: clean figures, and the gap where one was asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from salus.allocate.lp import textbook
from salus.allocate.lp.solve import solve
from salus.allocate.lp.verify import verify
from salus.report.program_document import program_document
from salus.report.sections.program import program_sections
from salus.service.solve_program import SolvedProgram

ROWS = ([[1, 0], [0, 2], [3, 2]], [4, 12, 18])


def _solved() -> SolvedProgram:
    program = textbook.program([3, 5], *ROWS, sense="max", columns=["ward", "icu"])
    solution = solve(program)
    return SolvedProgram(program, solution, verify(program, solution))


def _cells(solved: SolvedProgram) -> list[str]:
    grids = program_sections(solved)[0].grids
    return [str(cell.value) for grid in grids for row in grid.rows for cell in row]


def test_rounding_noise_is_shown_as_nothing() -> None:
    """A figure of 1e-16 beside others of 1 is no figure; it neither fills a row nor a cell."""
    solved = _solved()
    noisy = replace(
        solved.solution,
        x=np.array([-4.996e-16, 6.0]),
        row_duals=np.array([-4.996e-16, 1.5, 1.0]),
        objective=-4.996e-16,
    )
    shown = replace(solved, solution=noisy)
    assert not [cell for cell in _cells(shown) if "e-16" in cell]
    assert "ward" not in _cells(shown)
    sentences = [str(each) for each in program_sections(shown)[0].sentences]
    assert "Objective: 0." in sentences


def test_an_optimum_within_a_gap_is_none_yet() -> None:
    """Neither the title nor the document calls it the optimum."""
    solved = _solved()
    near = replace(solved, solution=replace(solved.solution, gap=0.023))
    assert str(program_sections(near)[0].title) == "Solved to the gap that was asked for"
    assert program_document(near)["status"] == "within gap"
    assert program_document(solved)["status"] == "optimal"


def test_one_row_is_said_as_many_are() -> None:
    """Counts stand behind what they count, so that one is no other sentence."""
    one = textbook.program([1], [[1]], [1])
    found = solve(one)
    first = program_sections(SolvedProgram(one, found, verify(one, found)))[0].sentences[0]
    assert str(first).startswith("Variables: 1; rows: 1; coefficients: 1;")


def test_nothing_is_checked_where_nothing_is_claimed() -> None:
    """An answer without point, ray or proof was not recomputed."""
    half = textbook.program([1], A_eq=[[2]], b_eq=[1], integrality=1)
    found = solve(half)
    document = program_document(SolvedProgram(half, found, verify(half, found)))
    assert (document["status"], document["checked"]) == ("infeasible", False)
