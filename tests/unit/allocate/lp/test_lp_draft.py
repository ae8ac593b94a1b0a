"""Blocks of rows and columns, filled by arrays."""

from __future__ import annotations

import numpy as np
import pytest

from salus.allocate.lp.draft import Draft


def test_what_meets_twice_adds_up_and_zeros_are_left_out() -> None:
    """Coefficients of one place are their sum; those of zero are not kept."""
    draft = Draft()
    rows, columns = draft.rows("r", (2,), upper=1), draft.columns("c", (2,))
    draft.put(rows[:, None], columns, [[1.0, 0.0], [2.0, 3.0]])
    draft.put(rows[0], columns[0], 4.0)
    matrix = draft.matrix()
    assert matrix.toarray().tolist() == [[5.0, 0.0], [2.0, 3.0]]
    assert matrix.nnz == 3
    assert matrix.indices.dtype == np.int32


def test_what_was_put_stays_when_the_arrays_change() -> None:
    """A draft keeps its own numbers."""
    draft = Draft()
    rows, columns, values = draft.rows("r", (2,)), draft.columns("c", (2,)), np.array([1.0, 2.0])
    draft.put(rows, columns, values)
    values[:] = 9.0
    assert draft.matrix().toarray().tolist() == [[1.0, 0.0], [0.0, 2.0]]


def test_charges_of_one_column_add_up() -> None:
    """A column charged twice for a term costs the sum."""
    draft = Draft()
    columns = draft.columns("c", (3,))
    draft.charge("travel", columns[[0, 0, 2]], [1.0, 2.0, 5.0])
    draft.charge("travel", columns, 1.0)
    assert draft.cost("travel").tolist() == [4.0, 1.0, 6.0]


def test_a_name_is_used_once() -> None:
    """A second block of the same name is refused."""
    draft = Draft()
    draft.rows("need", (1,))
    with pytest.raises(ValueError, match="'need' is taken"):
        draft.rows("need", (1,))
