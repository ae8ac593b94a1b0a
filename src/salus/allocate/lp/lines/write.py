"""Writes a programme in the LP format, each number exactly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.lp.lines.words import WORD
from salus.allocate.lp.names import names_of
from salus.allocate.lp.program import Sense
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salus.allocate.lp.program import LinearProgram

ACROSS = 8  # terms of a line
CALLED_SO = re.compile(r"(?i)free|inf|infinity|e\d*")


def lp_text(program: LinearProgram) -> str:
    r"""Write a programme in the LP format.

    Parameters
    ----------
    program : LinearProgram
        What to write; without names, its columns are x0, x1, ... and its rows row0, row1, ...

    Returns
    -------
    str
        :func:`~salus.allocate.lp.lines.read.read_lp` reads the same programme from it.

    Raises
    ------
    InputError
        If a name cannot stand in this format; one of them is shown.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> print(lp_text(LinearProgram([2], [[1]], [3], [np.inf], [0], [9])))
    Minimize
     objective: + 2.0 x0
    Subject To
     row0: + 1.0 x0 >= 3.0
    Bounds
     0.0 <= x0 <= 9.0
    End
    <BLANKLINE>
    """
    columns, rows = names_of(program)
    _refuse_names((*columns, *rows))
    goal = [_term(value, name) for value, name in zip(program.c, columns, strict=True)]
    goal += [_signed(program.offset)] if program.offset else []
    lines = ["Minimize" if program.sense is Sense.MIN else "Maximize"]
    lines += [_joined(" objective:", goal), "Subject To", *_rows(program, columns, rows)]
    lines += ["Bounds", *_bounds(program, columns)]
    if program.integral is not None:
        lines += ["Generals", *(f" {columns[j]}" for j in np.flatnonzero(program.integral))]
    return "\n".join([*lines, "End", ""])


def _refuse_names(names: tuple[str, ...]) -> None:
    wrong = [name for name in names if not _plain(name)]
    if wrong:
        what = say("the LP format cannot hold {count:,} of the names", count=len(wrong))
        remedy = say("write an MPS file, or use other names")
        raise InputError(Fault(what, Where(say("names")), remedy, wrong[0][:40]))


def _plain(name: str) -> bool:
    match = WORD.fullmatch(name)
    return match is not None and match.lastgroup == "name" and not CALLED_SO.fullmatch(name)


def _rows(program: LinearProgram, columns: tuple[str, ...], rows: tuple[str, ...]) -> Iterator[str]:
    a = sparse.csr_array(program.matrix)
    for i, name in enumerate(rows):
        place = slice(a.indptr[i], a.indptr[i + 1])
        terms = [
            _term(value, columns[j])
            for value, j in zip(a.data[place], a.indices[place], strict=True)
        ] or [_term(0.0, columns[0])]
        low, high = float(program.row_lower[i]), float(program.row_upper[i])
        head, tail = f" {name}:", f" <= {high!r}"
        if low == high:
            tail = f" = {low!r}"
        elif np.isinf(high):
            tail = f" >= {low!r}"
        elif np.isfinite(low):
            head += f" {low!r} <="
        yield _joined(head, terms) + tail


def _bounds(program: LinearProgram, columns: tuple[str, ...]) -> Iterator[str]:
    told = zip(columns, program.lower.tolist(), program.upper.tolist(), strict=True)
    for name, low, high in told:
        if (low, high) == (-np.inf, np.inf):
            yield f" {name} free"
        elif low == high:
            yield f" {name} = {low!r}"
        elif (low, high) != (0.0, np.inf):
            yield f" {low!r} <= {name} <= {high!r}"


def _term(value: float, name: str) -> str:
    return f"{_signed(float(value))} {name}"


def _signed(value: float) -> str:
    return f"{'-' if value < 0 else '+'} {abs(value)!r}"


def _joined(head: str, terms: Iterable[str]) -> str:
    words = list(terms)
    parts = [" ".join(words[i : i + ACROSS]) for i in range(0, len(words), ACROSS)]
    return f"{head} " + "\n  ".join(parts)
