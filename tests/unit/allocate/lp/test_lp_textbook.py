"""The textbooks' door: what it takes, how it names, and what it refuses all at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import sparse

from salus.allocate.lp import textbook

DENSE = [[1.0, 0.0], [0.0, 2.0], [3.0, 2.0]]
SIDES = [4.0, 12.0, 18.0]


@pytest.mark.parametrize(
    "matrix",
    [
        DENSE,
        np.array(DENSE),
        sparse.csr_array(DENSE),
        sparse.coo_matrix(DENSE),
        pa.Tensor.from_numpy(np.array(DENSE)),
        pa.SparseCSRMatrix.from_dense_numpy(np.array(DENSE)),
        pa.table({"a": [1.0, 0.0, 3.0], "b": [0, 2, 2]}),
        pa.record_batch({"a": [1.0, 0.0, 3.0], "b": [0, 2, 2]}),
    ],
)
def test_every_form_of_matrix_is_taken(matrix: object) -> None:
    """Lists, numpy, scipy and Arrow state the same programme."""
    found = textbook.solve(pa.array([3, 5]), matrix, SIDES, sense="max")
    assert found.objective == pytest.approx(36)


def test_tables_name_the_variables_and_are_joined_by_name() -> None:
    """The columns of a table are variables; a second table may order them differently."""
    stated = textbook.program(
        [1, 2],
        pa.table({"beds": [1.0], "nurses": [3.0]}),
        [9],
        pa.table({"nurses": [5.0], "beds": [7.0]}),
        [8],
    )
    assert stated.columns == ("beds", "nurses")
    assert stated.matrix.toarray().tolist() == [[1, 3], [7, 5]]


def test_bounds_may_be_one_pair_or_many_and_open() -> None:
    """None is no bound, as in scipy."""
    stated = textbook.program([1, 1], bounds=[(None, 3), (2, None)])
    assert stated.lower.tolist() == [-np.inf, 2]
    assert stated.upper.tolist() == [3, np.inf]
    assert textbook.program([1, 1], bounds=(0, 1)).upper.tolist() == [1, 1]


def test_whole_numbers_are_whole() -> None:
    """A knapsack of whole things carries less than one of parts."""
    rows: tuple[list[list[int]], list[int]] = ([[2, 3]], [4])
    parts = textbook.solve([3, 5], *rows, bounds=(0, 1), sense="max")
    whole = textbook.solve([3, 5], *rows, bounds=(0, 1), integrality=1, sense="max")
    assert parts.objective == pytest.approx(3 * 0.5 + 5)
    assert whole.objective == pytest.approx(5)
    assert whole.bound == pytest.approx(5)


def test_everything_wrong_is_named_at_once() -> None:
    """NaN, infinite, misshapen, crossed, unknown: one error names them all."""
    with pytest.raises(ValueError, match="c must be finite") as error:
        textbook.program(
            [1, np.nan],
            [[1, 2, 3]],
            [np.nan],
            [[1, np.inf]],
            [1, 2],
            bounds=[(0, 1), (5, 4)],
            integrality=[0, 2],
            sense="most",
            columns=["a", "a"],
            rows=["r"],
        )
    for part in (
        "c must be finite, but holds nan at 1",
        "A_ub must have 2 columns like c, but has 3",
        "b_ub must be numbers, but holds nan at 0",
        "A_eq must be finite, but holds inf in row 0, column 1",
        "b_eq must have shape (1,) like A_eq, but has (2,)",
        "lower bounds must not exceed upper bounds, but they are 5.0 and 4.0 at 1",
        "integrality must be 0 or 1, but is 2",
        "sense must be min or max, but is most",
        "columns must have different names, but 'a' comes 2 times",
        "rows must name 3, but names 1",
    ):
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (([1, 2], [[1, 2]]), "A_ub and b_ub must be given together"),
        (([1, 2], [[1, "x"]], [1]), "A_ub must be a matrix of numbers"),
        ((["x", 2],), "c must be numbers"),
        (([[1, 2]],), "c must have one dimension"),
        (([1, 2], None, None, None, None, [(0, 1)]), "bounds must be one pair or have shape"),
        (([1, 2], None, None, None, None, "many"), "bounds must be"),
        (([1, 2], None, None, None, None, None, [1, 0, 1]), "integrality must have shape"),
        (([1, 2], pa.table({"a": [1], "b": ["x"]}), [1]), "A_ub must be a matrix of numbers"),
    ],
)
def test_what_is_no_programme_is_refused(arguments: tuple[Any, ...], fault: str) -> None:
    """Each part says what it should be."""
    with pytest.raises(ValueError, match=fault):
        textbook.program(*arguments)


def test_tables_of_other_variables_are_refused() -> None:
    """A name that one table has and the other not is named."""
    with pytest.raises(ValueError, match="'beds' differs"):
        textbook.program([1], pa.table({"beds": [1]}), [1], pa.table({"nurse": [1]}), [1])
