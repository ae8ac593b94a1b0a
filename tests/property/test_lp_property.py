"""Linear programmes of any kind: scipy agrees, the check agrees, and files lose nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from salus.allocate.lp import textbook
from salus.allocate.lp.bound import bound_at_stop
from salus.allocate.lp.conflict import conflict
from salus.allocate.lp.files import program_text, read_program
from salus.allocate.lp.implied import with_implied_bounds
from salus.allocate.lp.mps.write import mps_text
from salus.allocate.lp.program import LinearProgram, Sense
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.verify import verify

FROM_SCIPY = {0: Status.OPTIMAL, 2: Status.INFEASIBLE, 3: Status.UNBOUNDED}
COEFFICIENTS = st.integers(-4, 4)
LOWERS = st.sampled_from([None, -3, 0, 0, 0, 1])
SPANS = st.sampled_from([None, None, 0, 2, 7])
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def textbooks(draw: st.DrawFn) -> dict[str, object]:
    """Draw what the textbooks' door takes: often degenerate, infeasible or unbounded."""
    n = draw(st.integers(1, 5))
    most, same = draw(st.integers(0, 5)), draw(st.integers(0, 2))

    def matrix(rows: int) -> list[list[int]]:
        row = st.lists(COEFFICIENTS, min_size=n, max_size=n)
        return draw(st.lists(row, min_size=rows, max_size=rows))

    def sides(rows: int) -> list[int]:
        return draw(st.lists(st.integers(-6, 12), min_size=rows, max_size=rows))

    bounds = []
    for low, span in draw(st.lists(st.tuples(LOWERS, SPANS), min_size=n, max_size=n)):
        bounds.append((low, None if span is None else (low or 0) + span))
    return {
        "c": draw(st.lists(COEFFICIENTS, min_size=n, max_size=n)),
        "A_ub": matrix(most) or None,
        "b_ub": sides(most) or None,
        "A_eq": matrix(same) or None,
        "b_eq": sides(same) or None,
        "bounds": bounds,
    }


@settings(max_examples=300)
@given(textbooks(), st.booleans())
def test_scipy_agrees_on_programmes(stated: dict[str, object], most: bool) -> None:  # noqa: FBT001
    """Status and objective are scipy's, and every claim of the answer is recomputed."""
    program = textbook.program(**stated, sense="max" if most else "min")  # type: ignore[arg-type]
    found = solve(program)
    sign = -1 if most else 1
    theirs = linprog(**{**stated, "c": sign * np.array(stated["c"])})
    if theirs.status in {2, 4}:
        # Scipy calls some unbounded programmes infeasible; without an objective it tells.
        idle = linprog(**{**stated, "c": np.zeros(program.c.size)})
        assert found.status is (Status.INFEASIBLE if idle.status == 2 else Status.UNBOUNDED)
    else:
        assert found.status is FROM_SCIPY[theirs.status]
    if found.status is Status.OPTIMAL:
        assert found.objective == pytest.approx(sign * theirs.fun, abs=1e-7)
    assert verify(program, found).right
    assert (found.ray is None) == (found.status is not Status.UNBOUNDED)
    assert (found.proof is None) == (found.status is not Status.INFEASIBLE)


@settings(max_examples=60)
@given(textbooks())
def test_scipy_agrees_on_whole_numbers(stated: dict[str, object]) -> None:
    """With integers within bounds, too; there a bound takes the place of duals."""
    n = len(stated["c"])  # type: ignore[arg-type]
    stated = {**stated, "bounds": [(0, 3)] * n}
    program = textbook.program(**stated, integrality=1)  # type: ignore[arg-type]
    found, theirs = solve(program), linprog(**stated, integrality=np.ones(n))
    assert found.status is FROM_SCIPY[theirs.status]
    if found.status is Status.OPTIMAL:
        assert found.objective == pytest.approx(theirs.fun, abs=1e-6)
        assert found.bound == pytest.approx(theirs.fun, abs=1e-5)
    assert verify(program, found).right


@settings(max_examples=200)
@given(textbooks(), st.lists(st.booleans(), min_size=5, max_size=5), st.booleans())
def test_whole_numbers_without_bounds_end_rightly(
    stated: dict[str, object],
    whole: list[bool],
    most: bool,  # noqa: FBT001
) -> None:
    """With an end exactly where the programme without whole numbers has one, or no point at all."""
    n = len(stated["c"])  # type: ignore[arg-type]
    program = textbook.program(
        **stated,  # type: ignore[arg-type]
        integrality=whole[:n],
        sense="max" if most else "min",
    )
    found, loose = solve(program), solve(replace(program, integral=None))
    idle = solve(replace(program, c=np.zeros(n)))
    assert (found.status is Status.INFEASIBLE) == (idle.status is Status.INFEASIBLE)
    if found.status is not Status.INFEASIBLE:
        assert found.status is loose.status
    assert (found.ray is None) == (found.status is not Status.UNBOUNDED)
    assert verify(program, found).right


@settings(max_examples=100)
@given(textbooks(), st.lists(st.floats(-5, 5), min_size=7, max_size=7), st.booleans())
def test_a_bound_at_stop_is_beaten_by_nobody(
    stated: dict[str, object],
    weights: list[float],
    most: bool,  # noqa: FBT001
) -> None:
    """Whatever the weights, and with the bounds that rows imply, which change no optimum."""
    program = textbook.program(**stated, sense="max" if most else "min")  # type: ignore[arg-type]
    found = solve(program)
    if found.objective is None:
        return
    sign = -1 if most else 1
    bound = bound_at_stop(program, np.array(weights[: program.row_lower.size]))
    assert sign * bound <= sign * found.objective + 1e-6
    assert solve(with_implied_bounds(program)).objective == pytest.approx(found.objective, abs=1e-6)


@settings(max_examples=60)
@given(textbooks())
def test_conflicts_are_irreducible(stated: dict[str, object]) -> None:
    """What cannot hold together can when any one of it is left out."""
    program = textbook.program(**stated)  # type: ignore[arg-type]
    found = conflict(program)
    assert (found is None) == (solve(program).status is not Status.INFEASIBLE)
    for left_out in found or ():
        name = left_out.side.replace(" ", "_")
        sides = getattr(program, name).copy()
        sides[left_out.index] = np.inf if name.endswith("upper") else -np.inf
        assert conflict_without(program, found or (), replace(program, **{name: sides}))


def conflict_without(
    program: LinearProgram, found: tuple[object, ...], relaxed: LinearProgram
) -> bool:
    """Tell whether the claims of a conflict can hold in a relaxed programme."""
    kept = {(claim.side.replace(" ", "_"), claim.index) for claim in found}  # type: ignore[attr-defined]
    parts = {}
    for name in ("row_lower", "row_upper", "lower", "upper"):
        open_end = np.inf if name.endswith("upper") else -np.inf
        values = np.full_like(getattr(program, name), open_end)
        for side, index in kept:
            if side == name:
                values[index] = getattr(relaxed, name)[index]
        parts[name] = values
    return solve(replace(program, c=np.zeros_like(program.c), **parts)).status is Status.OPTIMAL


@st.composite
def programmes(draw: st.DrawFn) -> LinearProgram:
    """Draw programmes with every kind of row, bound and number."""
    n, m = draw(st.integers(1, 4)), draw(st.integers(0, 4))
    value = st.one_of(st.just(0.0), NUMBERS)

    def numbers(count: int) -> np.ndarray:
        return np.array(draw(st.lists(value, min_size=count, max_size=count)), dtype=float)

    def ends(count: int) -> tuple[np.ndarray, np.ndarray]:
        kind = np.array(draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)), int)
        low, high = np.sort([numbers(count), numbers(count)], axis=0)
        high = np.where(kind == 0, low, high)
        return (
            np.where((kind == 1) | (kind == 3), -np.inf, low),
            np.where((kind == 2) | (kind == 3), np.inf, high),
        )

    whole = np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    return LinearProgram(
        numbers(n),
        numbers(m * n).reshape(m, n),
        *ends(m),
        *ends(n),
        draw(st.sampled_from(Sense)),
        integral=whole,
        offset=draw(value),
    )


@settings(max_examples=100)
@given(programmes(), st.sampled_from([".mps", ".lp"]))
def test_files_lose_nothing(program: LinearProgram, ending: str) -> None:
    """What is written is read again: bit for bit but for the widths of two-sided MPS rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_text(program_text(program, path))
        again = read_program(path)
    for name in ("c", "row_lower", "lower", "upper"):
        np.testing.assert_array_equal(getattr(again, name), getattr(program, name), err_msg=name)
    np.testing.assert_allclose(again.row_upper, program.row_upper, rtol=1e-15, atol=1e-9)
    np.testing.assert_array_equal(again.matrix.toarray(), program.matrix.toarray())
    assert again.offset == program.offset
    assert again.sense is program.sense
    np.testing.assert_array_equal(_whole(again), _whole(program))


LAYOUTS = ["\r\n", "\n\n", "\n* a comment\n", " \t \n"]


@settings(max_examples=60)
@given(programmes(), st.sampled_from(LAYOUTS))
def test_cards_mean_the_same_however_they_are_laid_out(program: LinearProgram, end: str) -> None:
    """Ends of lines, empty lines, comments and tabs change nothing."""
    plain = mps_text(program)
    lines = [
        " " + line.replace(" ", "\t  ") if line[0] == " " else line
        for line in plain.split("\n")
        if line
    ]
    with TemporaryDirectory() as folder:
        for name, text in (("a.mps", plain), ("b.mps", end.join([*lines, ""]))):
            (Path(folder) / name).write_text(text, newline="")
        read, again = (read_program(Path(folder) / name) for name in ("a.mps", "b.mps"))
    for name in ("c", "row_lower", "row_upper", "lower", "upper"):
        np.testing.assert_array_equal(getattr(again, name), getattr(read, name), err_msg=name)
    np.testing.assert_array_equal(again.matrix.toarray(), read.matrix.toarray())
    np.testing.assert_array_equal(_whole(again), _whole(read))
    assert (again.columns, again.rows) == (read.columns, read.rows)


def _whole(program: LinearProgram) -> np.ndarray:
    return np.zeros(program.c.size, bool) if program.integral is None else program.integral
