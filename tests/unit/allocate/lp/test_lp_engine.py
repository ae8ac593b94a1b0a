"""A programme that stays in the solver: changes, warm starts, limits and certificates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from salus.allocate.lp import textbook
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.program import LinearProgram, Sense
from salus.allocate.lp.solution import LinearSolution, Status
from salus.allocate.lp.solve import ranges, solve
from salus.allocate.lp.start import Basis, Start
from salus.allocate.lp.stop import Stop
from salus.allocate.lp.verify import verify
from salus.core.rng import stream


def _wyndor() -> LinearProgram:
    return textbook.program([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18], sense=Sense.MAX)


def _knapsack(size: int = 40) -> LinearProgram:
    draw = stream(5, "knapsack")
    weights = draw.integers(20, 99, (8, size)).astype(float)
    return textbook.program(
        draw.integers(20, 99, size),
        weights,
        weights.sum(axis=1) / 3,
        bounds=(0, 1),
        integrality=1,
        sense=Sense.MAX,
    )


def test_every_change_is_as_if_stated_anew() -> None:
    """Columns, rows, costs, bounds and sides that change lead to what is read back."""
    engine = Engine(_wyndor())
    engine.solve()
    engine.add_columns([4], [0], [2], [[1], [0], [1]])
    engine.add_rows([-np.inf], [9], sparse.csr_array([[1.0, 1.0, 1.0]]))
    engine.change_cost([0], [2])
    engine.change_bounds([1], [1], [5])
    engine.change_row_sides([2], [-np.inf], [20])
    stated = engine.program
    assert stated.c.tolist() == [2, 5, 4]
    assert stated.upper.tolist() == [np.inf, 5, 2]
    assert stated.matrix.toarray().tolist() == [[1, 0, 1], [0, 2, 0], [3, 2, 1], [1, 1, 1]]
    warm, cold = engine.solve(), solve(stated)
    assert warm.objective == pytest.approx(cold.objective)
    assert verify(stated, warm).right


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda e: e.change_cost([2], [1.0]), "columns must be numbers from 0 to 1"),
        (lambda e: e.change_cost([0], [np.nan]), "cost must be finite"),
        (lambda e: e.change_bounds([0, 0], [0, 0], [1, 1]), "named once"),
        (lambda e: e.change_bounds([0], [2], [1]), "lower must not exceed upper"),
        (lambda e: e.change_row_sides([0], [0, 1], [1]), "must have shape"),
        (lambda e: e.add_columns([1], [0], [1], [[1], [2]]), "row_lower must have shape"),
        (lambda e: e.add_rows([1], [0], [[1, 1]]), "row_lower must not exceed row_upper"),
        (lambda e: e.solve(start=Start(x=np.zeros(3))), "x of the start"),
        (
            lambda e: e.solve(start=Start(basis=Basis(np.ones(1, np.int8), np.zeros(1, np.int8)))),
            "the basis must have",
        ),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: object, fault: str) -> None:
    """What does not fit is named, and the programme stays as it was."""
    engine = Engine(_wyndor())
    with pytest.raises(ValueError, match=fault):
        change(engine)  # type: ignore[operator]
    assert engine.solve().objective == pytest.approx(36)


def test_a_basis_is_refused_that_is_none() -> None:
    """Too few basic rows, and places that are none."""
    with pytest.raises(ValueError, match="2 must be basic"):
        Basis(np.zeros(3, np.int8), np.zeros(2, np.int8))
    with pytest.raises(ValueError, match="columns must be places"):
        Basis(np.full(1, 7, np.int8), np.ones(1, np.int8))


def test_a_basis_starts_another_solve() -> None:
    """From its own basis, a solution is found again without a step."""
    program = _wyndor()
    first = solve(program)
    again = solve(program, start=Start(basis=first.basis))
    assert again.objective == first.objective
    assert again.basis is not None
    assert first.basis is not None
    assert again.basis.columns.tolist() == first.basis.columns.tolist()


def test_a_limit_leaves_the_best_point_and_its_bound() -> None:
    """A solve of whole numbers that may take no time keeps the point it began from."""
    program = _knapsack()
    good = solve(program, stop=Stop(gap=0.05))
    assert good.status is Status.OPTIMAL
    assert good.gap is not None
    assert good.gap <= 0.05
    stopped = solve(program, stop=Stop(seconds=0.0), start=Start(x=good.x))
    assert stopped.status is Status.TIME_LIMIT
    assert stopped.x is not None
    assert stopped.objective == pytest.approx(good.objective)
    assert stopped.gap is not None
    assert verify(program, stopped).right


def test_a_limit_leaves_the_point_where_nothing_is_done() -> None:
    """If nothing better is found in time, serving nobody is still a plan, with a bound."""
    draw = stream(2, "nothing")
    a = draw.random((300, 300))
    program = textbook.program(
        draw.random(300), a, 1 + draw.random(300), bounds=(0, 1), sense="max"
    )
    stopped = solve(program, stop=Stop(seconds=0.0))
    assert stopped.status is Status.TIME_LIMIT
    assert stopped.objective == 0
    assert stopped.bound is not None
    assert stopped.bound >= solve(program).objective  # type: ignore[operator]


def test_limits_are_refused_that_none_could_keep() -> None:
    """All are named."""
    with pytest.raises(ValueError, match=r"seconds must .* gap must .* nodes must"):
        Stop(seconds=-1, gap=np.nan, nodes=-1)


def test_a_limit_of_nodes_ends_each_solve_alike() -> None:
    """Fewer nodes prove less, and the same number finds the same point."""
    draw = stream(3, "nodes")
    worth, weight = draw.integers(50, 99, 40), draw.integers(20, 99, (6, 40))
    program = textbook.program(
        worth, weight, weight.sum(axis=1) // 3, bounds=(0, 1), integrality=1, sense="max"
    )
    first, again = (solve(program, stop=Stop(nodes=1)) for _ in range(2))
    assert first.status is Status.TIME_LIMIT
    assert first.x is not None
    assert first.x.tolist() == again.x.tolist()  # type: ignore[union-attr]
    assert first.bound >= solve(program).objective  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(8))
def test_ranges_hold_to_their_ends_and_no_farther(seed: int) -> None:
    """Within a range x or the dual stays; a step beyond it, the objective leaves the line."""
    draw = stream(seed, "ranges")
    a, c = draw.random((4, 6)), draw.random(6)
    program = textbook.program(c, a, 1 + draw.random(4), sense=Sense.MAX)
    first = solve(program)
    found = ranges(program, first)
    assert found is not None
    assert first.x is not None
    for row in range(4):
        for end, way in ((found.side_low[row], -1), (found.side_high[row], 1)):
            if not np.isfinite(end):
                continue
            line = _line(program, first, row, end)
            engine = Engine(program)
            engine.change_row_sides([row], [-np.inf], [end])
            assert engine.solve().objective == pytest.approx(line, abs=1e-7)
            beyond = end + way * 0.05
            engine.change_row_sides([row], [-np.inf], [beyond])
            farther = engine.solve()
            if farther.objective is not None:
                assert farther.objective <= _line(program, first, row, beyond) + 1e-9
    for column in range(6):
        for end in (found.cost_low[column], found.cost_high[column]):
            if np.isfinite(end):
                cost = program.c.copy()
                cost[column] = end
                engine = Engine(program)
                engine.change_cost([column], [end])
                assert engine.solve().objective == pytest.approx(cost @ first.x, abs=1e-7)


def _line(program: LinearProgram, first: LinearSolution, row: int, side: float) -> float:
    assert first.objective is not None
    assert first.row_duals is not None
    return first.objective + float(first.row_duals[row]) * (side - float(program.row_upper[row]))


def test_what_has_no_ranges_says_so() -> None:
    """Programmes with whole numbers, and those without an optimum."""
    whole = _knapsack(10)
    assert ranges(whole, solve(whole)) is None
    engine = Engine(whole)
    assert engine.ranges(engine.solve()) is None
    assert engine.ray() is None
    assert engine.proof() is None


@pytest.mark.parametrize("integrality", [None, 1])
def test_an_unbounded_programme_has_a_ray(integrality: int | None) -> None:
    """With whole numbers or without, a check accepts the direction."""
    program = textbook.program([-1, -2], [[1, -1]], [1], integrality=integrality)
    found = solve(program)
    assert found.status is Status.UNBOUNDED
    assert found.ray is not None
    assert verify(program, found).right


def test_an_infeasible_programme_has_a_proof() -> None:
    """A check accepts the weights; where whole numbers alone are at fault, there are none."""
    program = textbook.program([1, 1], [[-1, -1], [1, 0], [0, 1]], [-5, 2, 2])
    found = solve(program)
    assert found.status is Status.INFEASIBLE
    assert found.proof is not None
    assert verify(program, found).right
    half = textbook.program([1], A_eq=[[2]], b_eq=[1], integrality=1)
    assert solve(half).status is Status.INFEASIBLE
    assert solve(half).proof is None
