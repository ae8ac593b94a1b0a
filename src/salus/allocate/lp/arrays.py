"""Numbers in any form that people bring: lists, numpy, scipy sparse, Arrow and data frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats


@dataclass(frozen=True, slots=True)
class Block:
    """Coefficients by columns, and the names that a table gives its columns.

    Parameters
    ----------
    matrix : scipy sparse array, shape (k, n)
        The coefficients.
    names : tuple of str, optional
        Names of the columns.
    """

    matrix: sparse.csc_array
    names: tuple[str, ...] | None = None


def vector_of(name: str, given: Any, faults: list[str], *, infinite: bool = False) -> Floats:  # noqa: ANN401 - anything goes
    """Take numbers in a row; what is wrong is added to the faults.

    Parameters
    ----------
    name : str
        What the numbers are called.
    given : array_like or Arrow array, shape (n,)
        The numbers.
    faults : list of str
        Grows by what is wrong.
    infinite : bool
        Whether they may be infinite.

    Returns
    -------
    ndarray, shape (n,)
        Empty, where they are no numbers.

    Examples
    --------
    >>> faults = []
    >>> vector_of("c", [1, float("nan")], faults).size, faults
    (2, ['c must be finite, but holds nan at 1'])
    """
    try:
        numbers = np.atleast_1d(np.asarray(given, dtype=np.float64))
    except (TypeError, ValueError):
        faults.append(f"{name} must be numbers, but some are not")
        return np.zeros(0)
    if numbers.ndim != 1:
        faults.append(f"{name} must have one dimension, but has shape {numbers.shape}")
        return numbers.ravel()
    wrong = np.flatnonzero(np.isnan(numbers) if infinite else ~np.isfinite(numbers))
    if wrong.size:
        kind = "numbers" if infinite else "finite"
        faults.append(f"{name} must be {kind}, but holds {numbers[wrong[0]]} at {wrong[0]}")
    return numbers


def matrix_of(name: str, given: Any, faults: list[str]) -> Block:  # noqa: ANN401 - anything goes
    """Take coefficients in any form; what is wrong is added to the faults.

    Parameters
    ----------
    name : str
        What they are called.
    given : array_like, scipy sparse, Arrow tensor, table or batch, or a data frame
        The coefficients, shape (k, n).
    faults : list of str
        Grows by what is wrong.

    Returns
    -------
    Block
        Empty, where they are no numbers.

    Examples
    --------
    >>> import pyarrow as pa
    >>> block = matrix_of("A_ub", pa.table({"beds": [1, 0], "nurses": [0, 2]}), [])
    >>> block.names, block.matrix.toarray().tolist()
    (('beds', 'nurses'), [[1.0, 0.0], [0.0, 2.0]])
    """
    try:
        block = _read(given)
    except (TypeError, ValueError):
        faults.append(f"{name} must be a matrix of numbers, but is not")
        return Block(sparse.csc_array((0, 0)))
    if not np.isfinite(block.matrix.data).all():
        row, column = (int(at[0]) for at in _wrong(block.matrix))
        held = block.matrix[row, column]
        faults.append(f"{name} must be finite, but holds {held} in row {row}, column {column}")
    return block


def _wrong(matrix: sparse.csc_array) -> tuple[np.ndarray, np.ndarray]:
    entries = matrix.tocoo()
    bad = ~np.isfinite(entries.data)
    return entries.coords[0][bad], entries.coords[1][bad]


def _read(given: Any) -> Block:  # noqa: ANN401 - anything goes
    if sparse.issparse(given):
        return Block(_columns(sparse.csc_array(given)))
    if hasattr(given, "to_scipy"):  # the sparse tensors of Arrow
        return Block(_columns(sparse.csc_array(given.to_scipy())))
    if hasattr(given, "__arrow_c_stream__") or hasattr(given, "__arrow_c_array__"):
        return _table(given)
    if hasattr(given, "to_numpy"):  # its dense tensors
        given = given.to_numpy()
    dense = np.asarray(given, dtype=np.float64)
    if dense.ndim != 2:  # noqa: PLR2004 - rows and columns
        message = f"a matrix has two dimensions, not {dense.ndim}"
        raise ValueError(message)
    return Block(sparse.csc_array(dense))


def _table(given: Any) -> Block:  # noqa: ANN401 - any frame
    import pyarrow as pa  # noqa: PLC0415 - slow to load, and needed by those only who bring tables

    table = pa.table(given)
    dense = np.column_stack(
        [np.zeros((table.num_rows, 0))]
        + [column.to_numpy().astype(np.float64) for column in table.columns]
    )
    return Block(sparse.csc_array(dense), tuple(table.column_names))


def _columns(matrix: sparse.csc_array) -> sparse.csc_array:
    return matrix.astype(np.float64, copy=False)
