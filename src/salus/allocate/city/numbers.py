"""What must be numbers and is none, told by its field before anything counts with it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

ARRAYS = ("Floats", "Whole")


def no_numbers(value: object, name: str = "") -> Iterator[str]:
    """Name the fields of a value that must hold numbers, and hold none.

    Parameters
    ----------
    value : dataclass
        Its fields are looked at by their annotations, and values within it too.
    name : str
        What the value is called in a fault, with a point behind it; empty for nothing.

    Yields
    ------
    str

    Examples
    --------
    >>> from salus.allocate.city.features.waiting import Waiting
    >>> for fault in no_numbers(Waiting([1.0], np.array(["2"])), "waiting."):
    ...     print(fault)
    waiting.price must be a numpy array, but is a list
    waiting.longest must hold numbers, but holds <U1
    """
    if not is_dataclass(value):
        return
    for field in fields(value):
        found, kind = getattr(value, field.name), str(field.type).removesuffix(" | None")
        if found is None and kind != field.type:
            continue
        if kind in ARRAYS:
            yield from _array(found, name + field.name)
        elif kind == "float" and not isinstance(found, int | float | np.number):
            yield f"{name}{field.name} must be a number, but is {found!r}"
        elif not kind.startswith("tuple"):
            yield from no_numbers(found, f"{name}{field.name}.")


def _array(found: object, name: str) -> Iterator[str]:
    if not isinstance(found, np.ndarray):
        yield f"{name} must be a numpy array, but is a {type(found).__name__}"
    elif found.dtype.kind not in "iufb":
        yield f"{name} must hold numbers, but holds {found.dtype}"
