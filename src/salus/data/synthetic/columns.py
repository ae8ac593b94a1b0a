"""Arrow columns from arrays: keys, codes, moments, numbers with gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOMENT = pa.timestamp("us", "UTC")
SPREAD, PATIENTS = 61_803_399, 10**8
"""Multiplying by a number prime to the modulus shuffles without ever meeting twice."""


def keys(prefix: str, numbers: NDArray[np.int64], width: int = 9) -> pa.Array:
    """Make keys of a prefix and a number.

    Parameters
    ----------
    prefix : str
        A letter.
    numbers : ndarray of int, shape (n,)
        0 or more.
    width : int
        Digits, filled up with zeros.

    Examples
    --------
    >>> keys("E", np.array([7]), 3).to_pylist()
    ['E007']
    """
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, pa.scalar(""))


def patient_keys(numbers: NDArray[np.int64]) -> pa.Array:
    """Make keys of patients, from which the order of the numbers cannot be seen.

    Examples
    --------
    >>> patient_keys(np.array([1, 2])).to_pylist()
    ['P61803399', 'P23606798']
    """
    return keys("P", (numbers * SPREAD) % PATIENTS, 8)


def chosen(
    values: Sequence[str | None],
    places: NDArray[np.int64],
    known: NDArray[np.bool_] | None = None,
) -> pa.Array:
    """Take the values at some places; nothing where it is not known.

    Parameters
    ----------
    values : sequence of str or None
        What to take from.
    places : ndarray of int, shape (n,)
        Where.
    known : ndarray of bool, shape (n,), optional
        Where there is something; everywhere by default.

    Examples
    --------
    >>> chosen(["a", "b"], np.array([1, 0])).to_pylist()
    ['b', 'a']
    """
    index = pa.array(places, mask=None if known is None else ~known)
    return pa.array(values, pa.string()).take(index)


def same(value: str | None, n: int) -> pa.Array:
    """Repeat a value."""
    return pa.repeat(pa.scalar(value, pa.string()), n)


def moments(seconds: NDArray[np.int64], known: NDArray[np.bool_] | None = None) -> pa.Array:
    """Turn seconds since 1970 began into moments; nothing where it is not known.

    Examples
    --------
    >>> str(moments(np.array([0]))[0].as_py())
    '1970-01-01 00:00:00+00:00'
    """
    mask = None if known is None else ~known
    ticks = np.where(True if known is None else known, seconds, 0) * 1_000_000
    return pa.array(ticks, pa.int64(), mask=mask).cast(MOMENT)


def numbers(values: NDArray[np.float64]) -> pa.Array:
    """Take numbers; nothing where one is not a number."""
    return pa.array(values.astype(np.float64), pa.float64(), from_pandas=True)
