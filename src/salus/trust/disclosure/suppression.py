"""Small numbers hidden, and as many others as keep them from being found by subtraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.core.messages import say
from salus.trust.disclosure.counts import Release
from salus.trust.disclosure.cycle import Table, cheapest_cycle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.trust.disclosure.counts import CountTable

SMALL = 11
"""Counts of 1 to 10 are hidden: the cell size policy of the Centers for Medicare and Medicaid
Services (2020)."""


def suppress(table: CountTable, threshold: int = SMALL) -> Release:
    """Hide the small counts of a table and what would give them away.

    Counts and totals from 1 to ``threshold - 1`` are hidden (primary suppression); a 0 is shown.
    For each of them the cheapest cycle of cells is hidden too (secondary suppression): along it
    that count could be ``threshold - 1`` higher, others as much higher or lower, and every total
    that is shown would stay. So whoever knows all that is shown, and that a hidden number is at
    least 1, finds at least ``threshold`` values possible for every hidden number. The release does
    not tell which were hidden for themselves.

    Parameters
    ----------
    table : CountTable
        To be released with its totals.
    threshold : int
        The smallest count that may be shown, 2 or more.

    Returns
    -------
    Release
        Each number as it is, or None.

    Raises
    ------
    ValueError
        If the threshold is below 2.

    Notes
    -----
    To hide the fewest people is NP-hard, so this is a heuristic: it may hide more than is needed.
    It protects one table. Two tables that share cells, or the same table a week later, can give
    away by their difference what each hides.

    Examples
    --------
    >>> from salus.trust.disclosure.counts import CountTable
    >>> counts = np.array([[40, 3, 60], [50, 20, 70], [30, 45, 90]])
    >>> release = suppress(CountTable(("A", "B", "C"), ("x", "y", "z"), counts))
    >>> for row in release.cells:
    ...     print(row)
    (None, None, 60, 103)
    (None, None, 70, 140)
    (30, 45, 90, 165)
    (120, 68, 220, 408)

    References
    ----------
    Cox, L. H. (1980). Suppression methodology and statistical disclosure control. Journal of the
    American Statistical Association 75, 377-385. Castro, J. (2007). A shortest-paths heuristic for
    statistical data protection in positive tables. INFORMS Journal on Computing 19, 520-533.
    """
    within("threshold", threshold, 2)
    counts = table.with_totals
    hidden = (counts > 0) & (counts < threshold)
    small = [(int(row), int(column)) for row, column in np.argwhere(hidden)]
    for cell in sorted(small, key=lambda at: (-counts[at], at)):
        for row, column in cheapest_cycle(Table(counts, hidden, threshold), cell):
            hidden[row, column] = True
    return _release(table, hidden, threshold)


def _release(table: CountTable, hidden: NDArray[np.bool_], threshold: int) -> Release:
    cells = tuple(
        tuple(None if unseen else count for count, unseen in zip(*pair, strict=True))
        for pair in zip(table.with_totals.tolist(), hidden.tolist(), strict=True)
    )
    said = say(
        "Not shown: {hidden} of {cells} numbers, since they are below {threshold}, or since one "
        "below {threshold} could be found from them by subtraction.",
        hidden=int(hidden.sum()),
        cells=hidden.size,
        threshold=threshold,
    )
    return Release(table.rows, table.columns, cells, said)
