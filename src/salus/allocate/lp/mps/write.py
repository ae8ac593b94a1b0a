"""Writes a programme as an MPS file in free format, each number exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.names import names_of
from salus.allocate.lp.program import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.lp.program import LinearProgram

ENDLESS = 1e30  # the custom for infinity, where a card needs a number


def mps_text(program: LinearProgram) -> str:
    """Write a programme as an MPS file in free format.

    Parameters
    ----------
    program : LinearProgram
        What to write; without names, its columns are x0, x1, ... and its rows row0, row1, ...

    Returns
    -------
    str
        :func:`~salus.allocate.lp.mps.read.read_mps` reads the same programme from it, bit for bit.

    Raises
    ------
    InputError
        If a name is empty or holds a blank, which no free format can.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> one = LinearProgram([2], [[1]], [3], [np.inf], [0], [np.inf])
    >>> print(mps_text(one))
    NAME salus
    ROWS
     N objective
     G row0
    COLUMNS
     x0 objective 2.0
     x0 row0 1.0
    RHS
     RHS row0 3.0
    RANGES
    BOUNDS
    ENDATA
    <BLANKLINE>
    """
    columns, rows = names_of(program)
    goal = "objective"
    while goal in rows:
        goal += "_"
    sense = ["OBJSENSE", " MAX"] if program.sense is Sense.MAX else []
    low, high = program.row_lower, program.row_upper
    kinds = np.select([low == high, np.isfinite(low)], ["E", "G"], "L")
    side = np.where(np.isfinite(low), low, np.where(np.isfinite(high), high, ENDLESS))
    both = np.isfinite(low) & np.isfinite(high) & (low != high)
    lines = ["NAME salus", *sense, "ROWS", f" N {goal}"]
    lines += [f" {kind} {name}" for kind, name in zip(kinds, rows, strict=True)]
    lines += ["COLUMNS", *_entries(program, columns, rows, goal), "RHS"]
    if program.offset:
        lines.append(f" RHS {goal} {-program.offset!r}")
    sides = zip(rows, side.tolist(), strict=True)
    lines += [f" RHS {name} {value!r}" for name, value in sides if value]
    lines.append("RANGES")
    lines += [f" RANGES {rows[i]} {float(high[i] - low[i])!r}" for i in np.flatnonzero(both)]
    lines += ["BOUNDS", *_bounds(program, columns), "ENDATA", ""]
    return "\n".join(lines)


def _entries(
    program: LinearProgram, columns: tuple[str, ...], rows: tuple[str, ...], goal: str
) -> Iterator[str]:
    a = program.matrix
    ends, which, values = a.indptr.tolist(), a.indices.tolist(), a.data.tolist()
    whole = np.zeros(len(columns), np.bool_) if program.integral is None else program.integral
    before = False
    for j, name in enumerate(columns):
        if whole[j] != before:
            before = bool(whole[j])
            yield f" MARKER 'MARKER' '{'INTORG' if before else 'INTEND'}'"
        # A column is there because a card names it.
        if program.c[j] or ends[j] == ends[j + 1]:
            yield f" {name} {goal} {float(program.c[j])!r}"
        for k in range(ends[j], ends[j + 1]):
            yield f" {name} {rows[which[k]]} {values[k]!r}"
    if before:
        yield " MARKER 'MARKER' 'INTEND'"


def _bounds(program: LinearProgram, columns: tuple[str, ...]) -> Iterator[str]:
    whole = np.zeros(len(columns), np.bool_) if program.integral is None else program.integral
    told = zip(columns, program.lower.tolist(), program.upper.tolist(), whole.tolist(), strict=True)
    for name, low, high, integer in told:
        if low == high:
            yield f" FX BOUNDS {name} {low!r}"
        elif low == -np.inf and high == np.inf:
            yield f" FR BOUNDS {name}"
        else:
            if low == -np.inf:
                yield f" MI BOUNDS {name}"
            elif low or integer or high < np.inf:
                yield f" LO BOUNDS {name} {low!r}"
            if high < np.inf:
                yield f" UP BOUNDS {name} {high!r}"
