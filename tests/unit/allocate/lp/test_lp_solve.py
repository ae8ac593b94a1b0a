"""The standard form: what it refuses, what it solves, and which way its duals point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import sparse

from salus.allocate.lp import textbook
from salus.allocate.lp.program import LinearProgram, Sense
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import ranges, solve
from salus.allocate.lp.stop import Stop
from salus.allocate.lp.verify import verify
from salus.core.rng import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

WYNDOR = ([[1, 0], [0, 2], [3, 2]], [4, 12, 18])


def _optimum(program: LinearProgram) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
    found = solve(program)
    assert found.x is not None
    assert found.objective is not None
    assert found.row_duals is not None
    return found.x, found.objective, found.row_duals


def test_both_senses_agree() -> None:
    """Maximising c'x and minimising -c'x have the same x and opposite objectives and duals."""
    x, most, duals = _optimum(textbook.program([3, 5], *WYNDOR, sense=Sense.MAX))
    again, least, opposite = _optimum(textbook.program([-3, -5], *WYNDOR))
    assert most == pytest.approx(36)
    assert least == pytest.approx(-36)
    np.testing.assert_allclose(x, again)
    np.testing.assert_allclose(duals, -opposite)


def test_rows_may_stand_in_a_tuple() -> None:
    """Three rows in a tuple are a matrix, as they are in a list."""
    rows, side = WYNDOR
    assert _optimum(textbook.program([-3, -5], tuple(rows), side))[1] == -36


@pytest.mark.parametrize("sense", list(Sense))
@pytest.mark.parametrize("seed", range(5))
def test_a_dual_is_the_change_of_the_objective(sense: Sense, seed: int) -> None:
    """A dual is what the objective changes by when the side of its row grows by a little."""
    draw = stream(seed, "duals")
    a, c = draw.integers(1, 9, (4, 6)).astype(float), draw.integers(1, 9, 6).astype(float)
    b, step = draw.integers(10, 20, 4).astype(float), 1e-4

    def program(side: NDArray[np.float64]) -> LinearProgram:
        sign = 1 if sense is Sense.MAX else -1
        return textbook.program(c, sign * a, side, sense=sense)

    side = b if sense is Sense.MAX else -b
    duals = _optimum(program(side))[2]
    for row, nudge in enumerate(step * np.eye(4)):
        slope = _optimum(program(side + nudge))[1] - _optimum(program(side - nudge))[1]
        assert duals[row] == pytest.approx(slope / (2 * step), abs=1e-6)


def test_reduced_costs_are_what_the_rows_leave() -> None:
    """Reduced costs are c - A'y."""
    program = textbook.program([3, 5, 1], [[1, 2, 9]], [4], sense=Sense.MAX)
    solution = solve(program)
    assert solution.row_duals is not None
    assert solution.reduced_costs is not None
    left = program.c - program.matrix.T @ solution.row_duals
    np.testing.assert_allclose(solution.reduced_costs, left)


def test_equalities_and_bounds_hold() -> None:
    """Rows with = are met, and bounds hold."""
    program = textbook.program([1, 2], A_eq=[[1, 1]], b_eq=[5], bounds=[(0, 3), (1, 9)])
    assert _optimum(program)[0].tolist() == [3, 2]


def test_a_programme_without_rows_is_solved() -> None:
    """Bounds alone make a programme."""
    assert solve(textbook.program([2.0], bounds=(3, None))).objective == 6


@pytest.mark.parametrize(
    ("program", "status"),
    [
        (textbook.program([1], [[1]], [-1]), Status.INFEASIBLE),
        (textbook.program([1], A_eq=[[0]], b_eq=[1]), Status.INFEASIBLE),
        (textbook.program([-1], [[-1]], [0]), Status.UNBOUNDED),
        (
            textbook.program([-1, -1], [[1, -1], [-1, 1]], [-1, -1]),
            Status.INFEASIBLE,
        ),
    ],
)
def test_having_no_optimum_is_a_status(program: LinearProgram, status: Status) -> None:
    """Infeasible and unbounded programmes are told apart, and carry no figures."""
    solution = solve(program)
    assert solution.status is status
    assert (solution.x, solution.objective, solution.row_duals, solution.reduced_costs) == (
        None,
        None,
        None,
        None,
    )


def _mixed(
    rows: list[list[float]], sides: list[tuple[float, float]], **parts: Any
) -> LinearProgram:
    low, high = zip(*sides, strict=True)
    return LinearProgram(
        matrix=np.array(rows), row_lower=np.array(low), row_upper=np.array(high), **parts
    )


@pytest.mark.parametrize(
    "program",
    [
        # Branch and cut gives these up, or takes a point of them for the best one.
        _mixed(
            [[-2, -3, 0, -3, -2, 0], [-2, 1, -2, 1, 0, 0]],
            [(-np.inf, -2), (-np.inf, -2)],
            c=[1, 0, -4, 2, 0, 4],
            lower=[0, 0, 0, 1, 0, -np.inf],
            upper=[np.inf, 2, np.inf, 1, np.inf, 3],
            integral=[1, 1, 0, 1, 0, 0],
        ),
        _mixed(
            [[3, -3, 2, -3, 0], [-1, 1, -2, 1, 0]],
            [(-np.inf, 6), (-np.inf, 5)],
            c=[2, 1, 3, -1, 1],
            lower=[0, 0, 0, -np.inf, 0],
            upper=[np.inf, np.inf, 6, np.inf, 0],
            sense=Sense.MAX,
            integral=[1, 1, 0, 1, 1],
        ),
        _mixed(
            [[2, 2, 1, 0, 0, -3], [1, 2, 2, -2, 2, -3]],
            [(-np.inf, 2), (1, np.inf)],
            c=[4, -1, -4, 0, 3, -1],
            lower=[-np.inf, 0, 0, 0, 1, 0],
            upper=[np.inf, 1, np.inf, np.inf, 7, 2],
            integral=[1, 1, 1, 1, 0, 1],
        ),
    ],
)
def test_whole_numbers_may_be_unbounded(program: LinearProgram) -> None:
    """The status says so, and the ray proves it."""
    found = solve(program)
    assert found.status is Status.UNBOUNDED
    assert found.ray is not None
    assert verify(program, found).right


def test_a_programme_without_rows_is_asked_for_everything() -> None:
    """No ranges, no defect; and bounds that pay without end are a ray."""
    free = textbook.program([1], bounds=(1, None))
    assert ranges(free, solve(free)) is None
    assert solve(textbook.program([-1])).status is Status.UNBOUNDED


def test_a_time_limit_is_a_status() -> None:
    """A solve that may take no time ends as such."""
    draw = stream(1, "large")
    a = sparse.random_array((300, 300), density=0.3, rng=draw)
    program = textbook.program(draw.random(300), -a, -draw.random(300))
    assert solve(program, stop=Stop(seconds=0.0)).status is Status.TIME_LIMIT


def test_all_misfits_are_named_at_once() -> None:
    """Every wrong shape is named in one error."""
    with pytest.raises(ValueError, match=r"c must.*lower must.*row_upper must.*columns must") as e:
        LinearProgram(
            c=np.ones(3),
            matrix=sparse.csc_array(np.ones((2, 2))),
            row_lower=np.zeros(2),
            row_upper=np.ones(1),
            lower=np.zeros(1),
            upper=np.ones(2),
            columns=("x",),
        )
    assert "upper must have shape (2,)" not in str(e.value).replace("row_upper", "")


def test_all_impossible_numbers_are_named_at_once() -> None:
    """NaN, infinite costs and crossed sides are named in one error."""
    with pytest.raises(ValueError, match=r"c must be finite.*matrix must.*lower must.*row_lower"):
        LinearProgram(
            c=np.array([np.inf, 1]),
            matrix=sparse.csc_array([[np.nan, 1]]),
            row_lower=np.array([2.0]),
            row_upper=np.array([1.0]),
            lower=np.array([np.nan, 0]),
            upper=np.ones(2),
        )


def test_no_variables_make_no_programme() -> None:
    """A programme needs a variable."""
    with pytest.raises(ValueError, match="at least one variable"):
        textbook.program([])
