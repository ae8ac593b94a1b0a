"""Counts rounded to a base, so that single people do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.core.messages import say
from salus.trust.disclosure.counts import Release, added_up

if TYPE_CHECKING:
    from salus.trust.disclosure.counts import CountTable

BASE = 5


def round_counts(table: CountTable, base: int = BASE) -> Release:
    """Round each count of a table to the nearest multiple of a base.

    The totals are those of the rounded counts. So they tell nothing that the cells do not: behind
    each number stand all counts that round to it. Totals that were rounded by themselves would be
    nearer to the truth, and could give the cells away.

    Parameters
    ----------
    table : CountTable
        To be released with its totals.
    base : int
        2 or more; halfway goes up.

    Returns
    -------
    Release
        Every number is shown; a total is off by at most half the base for each of its cells.

    Raises
    ------
    ValueError
        If the base is below 2.

    Examples
    --------
    >>> from salus.trust.disclosure.counts import CountTable
    >>> release = round_counts(CountTable(("A", "B"), ("x", "y"), np.array([[1, 7], [13, 24]])))
    >>> release.cells
    ((0, 5, 5), (15, 25, 40), (15, 30, 45))

    References
    ----------
    Hundepool, A. and others (2012). Statistical Disclosure Control. Wiley, chapter 5.
    """
    within("base", base, 2)
    rounded = added_up((table.counts.astype(np.int64) + base // 2) // base * base)
    said = say(
        "Each number is rounded to the nearest multiple of {base}; totals are those of the rounded "
        "numbers.",
        base=base,
    )
    return Release(table.rows, table.columns, tuple(map(tuple, rounded.tolist())), said)
