"""Faults that every feature looks for: shapes, ranges, and indices that point nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.program import at_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def misfits(name: str, value: object, shapes: Mapping[str, tuple[int, ...]]) -> list[str]:
    """Name the arrays of a value that have another shape than they must.

    Parameters
    ----------
    name : str
        What the value is called in a fault.
    value : object
        Holds the arrays as attributes.
    shapes : mapping of str to tuple of int
        The shape that each array must have.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> misfits("lending", SimpleNamespace(price=np.zeros(2)), {"price": (3,)})
    ['lending.price must have shape (3,), but has (2,)']
    """
    return [
        f"{name}.{field} must have shape {shape}, but has {np.shape(getattr(value, field))}"
        for field, shape in shapes.items()
        if np.shape(getattr(value, field)) != shape
    ]


def out_of_range(
    name: str, value: object, fields: Iterable[str], most: float = np.inf
) -> list[str]:
    """Name the arrays of a value that hold what is not finite, below 0 or above the most.

    Parameters
    ----------
    name : str
        What the value is called in a fault.
    value : object
        Holds the arrays as attributes.
    fields : iterable of str
        Which of them to look at.
    most : float
        The most that they may hold.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> out_of_range("lending", SimpleNamespace(price=np.array([2.0, -1.0])), ["price"])
    ['lending.price must be finite and 0 or more, but holds -1.0 at [1]']
    """
    bound = "finite and 0 or more" if np.isinf(most) else f"from 0 to {most:g}"
    faults = []
    for field in fields:
        values = np.asarray(getattr(value, field), np.float64)
        wrong = np.argwhere(~(np.isfinite(values) & (values >= 0) & (values <= most)))
        if wrong.size and values.ndim:
            spots = at_places([", ".join(map(str, spot)) for spot in wrong.tolist()])
            first = values[tuple(wrong[0])]
            faults.append(f"{name}.{field} must be {bound}, but holds {first} at [{spots}]")
        elif len(wrong):
            faults.append(f"{name}.{field} must be {bound}, but is {values}")
    return faults


def lost(name: str, value: object, sizes: Mapping[str, int]) -> list[str]:
    """Name the arrays of indices that are not whole, or point beyond what there is.

    Parameters
    ----------
    name : str
        What the value is called in a fault.
    value : object
        Holds the arrays as attributes.
    sizes : mapping of str to int
        How many things each array may point at.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> lost("lending", SimpleNamespace(host=np.array([0, 3])), {"host": 3})
    ['lending.host must be from 0 to 2, but holds 3']
    """
    faults = []
    for field, size in sizes.items():
        values = np.asarray(getattr(value, field))
        if not np.issubdtype(values.dtype, np.integer):
            faults.append(f"{name}.{field} must hold whole numbers, but holds {values.dtype}")
        elif (wrong := values[(values < 0) | (values >= size)]).size:
            faults.append(f"{name}.{field} must be from 0 to {size - 1}, but holds {wrong[0]}")
    return faults
