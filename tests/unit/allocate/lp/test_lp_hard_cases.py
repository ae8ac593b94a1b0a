"""Programmes that are known to be hard, or have next to nothing in them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from salus.allocate.lp import textbook
from salus.allocate.lp.program import LinearProgram, Sense
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.verify import verify
from salus.core.rng import stream

BEALE = textbook.program(
    [-0.75, 20, -0.5, 6], [[0.25, -8, -1, 9], [0.5, -12, -0.5, 3], [0, 0, 1, 0]], [0, 0, 1]
)
"""Beale (1955), Cycling in the dual simplex algorithm: the plain simplex goes in circles."""


def _klee_minty(size: int) -> LinearProgram:
    a = np.tril(2.0 ** (1 + np.subtract.outer(np.arange(size), np.arange(size))), -1)
    return textbook.program(
        2.0 ** np.arange(size)[::-1], a + np.eye(size), 5.0 ** (1 + np.arange(size)), sense="max"
    )


def _degenerate(size: int) -> LinearProgram:
    # An assignment: every vertex has many bases.
    cost = stream(4, "degenerate").integers(1, 5, size * size)
    ones = sparse.csr_array(np.ones((1, size)))
    same = sparse.vstack(
        [sparse.kron(sparse.eye_array(size), ones), sparse.kron(ones, sparse.eye_array(size))]
    )
    return textbook.program(cost, A_eq=same, b_eq=np.ones(2 * size))


def _badly_scaled(size: int) -> LinearProgram:
    draw = stream(6, "scaled")
    a = draw.random((size, size)) + np.eye(size)
    rows, columns = 10.0 ** draw.integers(-4, 5, size), 10.0 ** draw.integers(-4, 5, size)
    c = draw.random(size)
    return textbook.program(c * columns, -a * rows[:, None] * columns, -rows)


@pytest.mark.parametrize(
    ("program", "optimum"),
    [
        (BEALE, -1.25),
        (_klee_minty(10), 5.0**10),
        (textbook.program([1, 1], A_eq=[[1, -1]], b_eq=[0], bounds=[(None, None), (2, None)]), 4.0),
        (textbook.program([1, 2], [[0, 0], [-1, -1]], [5, -3]), 3.0),
        (textbook.program([1, 2, 0], [[-1, -1, 0]], [-3], bounds=[(0, 9), (0, 9), (1, 7)]), 3.0),
        (textbook.program([1, -2], bounds=[(3, 3), (2, 2)]), -1.0),
        (textbook.program([0, 0], [[1, 1]], [3]), 0.0),
        (textbook.program([-2.5], bounds=(None, 4)), -10.0),
        (textbook.program([1, 1], [[1, 1]], [np.inf], bounds=(1, 2)), 2.0),
    ],
)
def test_the_optimum_is_known(program: LinearProgram, optimum: float) -> None:
    """Cycling, exponential paths, free and fixed variables, empty rows and columns, no rows."""
    found = solve(program)
    assert found.objective == pytest.approx(optimum)
    assert verify(program, found).right


@pytest.mark.parametrize("program", [_degenerate(12), _badly_scaled(40)])
def test_the_duals_close_the_gap(program: LinearProgram) -> None:
    """However degenerate or badly scaled, the proof stands."""
    found = solve(program)
    assert found.status is Status.OPTIMAL
    checked = verify(program, found)
    assert checked.right, [str(each) for each in checked.faults]
    assert checked.gap == pytest.approx(0, abs=1e-7)


def test_a_small_coefficient_counts() -> None:
    """1e-11 is no zero where its variable is large."""
    found = textbook.solve([1], [[-1e-11]], [-1])
    assert found.objective == pytest.approx(1e11)


def test_a_coefficient_in_parts_is_their_sum() -> None:
    """A sparse matrix may hold an entry twice."""
    twice = sparse.coo_array(([1.0, 2.0], ([0, 0], [0, 0])), shape=(1, 1))
    assert textbook.solve([1], -twice, [-6]).objective == pytest.approx(2)


def test_an_offset_is_part_of_objective_and_bound() -> None:
    """It moves both, in both senses."""
    for sense in Sense:
        one = np.ones(1)
        program = LinearProgram(
            one, sparse.csc_array([[1.0]]), one, 2 * one, 0 * one, 9 * one, sense, offset=5.0
        )
        found = solve(program)
        assert found.objective == pytest.approx(6 if sense is Sense.MIN else 7)
        assert found.bound == pytest.approx(found.objective)
        assert verify(program, found).right


def test_an_unbounded_programme_of_whole_numbers_is_told_from_an_infeasible_one() -> None:
    """Both have a relaxation without an optimum."""
    up = textbook.solve([-1, 0], [[1, -1]], [0.5], integrality=1)
    no = textbook.solve([-1, 0], [[1, -1]], [0], [[0, 2]], [1], integrality=[1, 1])
    assert up.status is Status.UNBOUNDED
    assert no.status is Status.INFEASIBLE
