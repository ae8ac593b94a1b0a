"""The cheapest cells that must be hidden with a small one, as a shortest path.

Rows and columns are nodes, the totals being one row and one column more; each cell is an edge
between its row and its column. Shifting people around a cycle of edges, up and down in turn, leaves
every sum as it is. A total counts against its row or column, so there up and down are exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

Cell: TypeAlias = "tuple[int, int]"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Counts with totals, and what is hidden so far.

    Parameters
    ----------
    counts : ndarray of int, shape (n_rows + 1, n_columns + 1)
        With totals.
    hidden : ndarray of bool, same shape
        What is not shown.
    threshold : int
        A cell that goes down must hold so many.
    """

    counts: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    threshold: int

    @property
    def rows(self) -> int:
        """Number of rows with the total."""
        return int(self.counts.shape[0])

    def price(self, row: int, column: int) -> int:
        """Return how many people are hidden with a cell."""
        return 0 if self.hidden[row, column] else int(self.counts[row, column])

    def sign(self, row: int, column: int) -> int:
        """Return -1 for the total of a row or a column, 1 for any other cell."""
        last_row, last_column = (size - 1 for size in self.counts.shape)
        return -1 if (row == last_row) != (column == last_column) else 1


def cheapest_cycle(table: Table, cell: Cell) -> list[Cell]:
    """Find the cells along which a cell can rise by one less than the threshold.

    Parameters
    ----------
    table : Table
        With what is hidden so far, which costs nothing.
    cell : tuple of int
        Row and column of a count of 1 or more.

    Returns
    -------
    list of tuple of int
        The other cells of the cycle, each of 1 or more; those that go down of ``threshold`` or
        more. There always is one: up through the totals of the cell's row, its column and all.

    Examples
    --------
    >>> import numpy as np
    >>> counts = np.array([[3, 40, 43], [20, 30, 50], [23, 70, 93]])
    >>> table = Table(counts, counts < 11, 11)
    >>> sorted(cheapest_cycle(table, (0, 0)))
    [(0, 1), (1, 0), (1, 1)]

    References
    ----------
    Dijkstra, E. W. (1959). A note on two problems in connexion with graphs. Numerische Mathematik
    1, 269-271.
    """
    row, column = cell
    start, goal = table.rows + column, row
    best, before, open_ = {start: 0}, dict[int, int](), [(0, start)]
    while open_:
        cost, node = heappop(open_)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for following, price in _steps(table, cell, node):
            if cost + price < best.get(following, cost + price + 1):
                best[following], before[following] = cost + price, node
                heappush(open_, (cost + price, following))
    return list(_way_back(table, before, goal, start))


def _steps(table: Table, cell: Cell, node: int) -> Iterator[tuple[int, int]]:
    # From a column to a row a plain cell changes against the one to be raised, from a row with it.
    is_row = node < table.rows
    turn = table.sign(*cell) * (1 if is_row else -1)
    for other in range(table.counts.shape[1] if is_row else table.rows):
        at = (node, other) if is_row else (other, node - table.rows)
        rises = turn * table.sign(*at) > 0
        if at != cell and table.counts[at] >= (1 if rises else table.threshold):
            yield (table.rows + other if is_row else other), table.price(*at)


def _way_back(table: Table, before: dict[int, int], goal: int, start: int) -> Iterator[Cell]:
    node = goal
    while node != start:
        row, column = sorted((node, before[node]))
        yield row, column - table.rows
        node = before[node]
