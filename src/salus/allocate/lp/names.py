"""The names of a programme in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram


def names_of(program: LinearProgram) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the variables and rows for a file; by their numbers where they have no names.

    Parameters
    ----------
    program : LinearProgram
        What is written.

    Returns
    -------
    tuple of tuple of str
        Of the variables, and of the rows.

    Raises
    ------
    InputError
        If a name is empty or holds a blank; one of them is shown.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> names_of(LinearProgram([2], [[1]], [3], [4], [0], [5]))
    (('x0',), ('row0',))
    """
    m, n = program.matrix.shape
    columns = tuple(map(program.column_name, range(n)))
    rows = tuple(map(program.row_name, range(m)))
    wrong = [name for name in (*columns, *rows) if name.split() != [name]]
    if wrong:
        what = say("a file cannot hold {count:,} of the names", count=len(wrong))
        remedy = say("use names without blanks")
        raise InputError(Fault(what, Where(say("names")), remedy, wrong[0][:40]))
    return columns, rows
