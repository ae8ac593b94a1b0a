"""Trees of random cuts, all grown at once: how deep a row lies tells how usual it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Places = NDArray[np.int64]

EULER = 0.5772156649015329
"""The Euler-Mascheroni constant."""


@dataclass(frozen=True, slots=True, eq=False)
class IsolationTrees:
    """Binary trees in flat arrays: the children of node ``k`` are ``2 k + 1`` and ``2 k + 2``.

    Parameters
    ----------
    column : ndarray of int, shape (n_trees, n_nodes)
        Which column a node cuts; -1 where nothing is left to cut.
    cut : ndarray, shape (n_trees, n_nodes)
        A row goes left when its value is at most this.
    depth : ndarray, shape (n_trees, n_nodes)
        Cuts that a row in this leaf has taken, with those that its neighbours would still need.
    sample : int
        Rows that each tree was grown from.
    """

    column: Places
    cut: Values
    depth: Values
    sample: int

    def scores(self, rows: Values) -> Values:
        """Score rows from 0 to 1; the sooner a row is set apart, the higher.

        Parameters
        ----------
        rows : ndarray, shape (n, n_columns)
            Without gaps.

        Returns
        -------
        ndarray, shape (n,)
        """
        usual = float(usual_depth(np.array([self.sample]))[0])
        return np.exp2(-self._depths(rows).mean(0) / max(usual, 1.0))

    def _depths(self, rows: Values) -> Values:
        trees = np.arange(len(self.column))[:, None]
        place = np.zeros((len(self.column), len(rows)), dtype=np.int64)
        row = np.arange(len(rows))[None, :]
        for _ in range((self.column.shape[1] + 1).bit_length() - 2):
            column = self.column[trees, place]
            right = rows[row, column] > self.cut[trees, place]
            place = np.where(column >= 0, 2 * place + 1 + right, place)
        return self.depth[trees, place]


def grow(rows: Values, trees: int, sample: int, rng: np.random.Generator) -> IsolationTrees:
    """Grow trees, each from a sample of the rows.

    A node that holds several different rows cuts a random column, of those that differ, at a
    random value between the smallest and the largest; a tree ends at the depth at which its sample
    would be set apart if all cuts were even.

    Parameters
    ----------
    rows : ndarray, shape (n, n_columns)
        Without gaps.
    trees : int
        How many.
    sample : int
        Rows for each, 2 to ``n``.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    IsolationTrees

    References
    ----------
    F. T. Liu, K. M. Ting, Z.-H. Zhou (2008), Isolation forest. IEEE International Conference on
    Data Mining.
    """
    levels = int(np.ceil(np.log2(max(sample, 2))))
    nodes = 2 ** (levels + 1) - 1
    taken = np.argsort(rng.random((trees, len(rows))), axis=1, kind="stable")[:, :sample]
    column = np.full(trees * nodes, -1)
    cut, depth = np.zeros(trees * nodes), np.zeros(trees * nodes)
    held = rows[taken.ravel()]
    base = np.repeat(np.arange(trees) * nodes, sample)
    place = np.zeros(trees * sample, dtype=np.int64)
    for level in range(levels + 1):
        order = np.argsort(base + place, kind="stable")
        base, place, held = base[order], place[order], held[order]
        starts = np.flatnonzero(np.diff(base + place, prepend=-1))
        node, size = (base + place)[starts], np.diff(starts, append=len(place))
        depth[node] = level + usual_depth(size)
        low, high = np.minimum.reduceat(held, starts), np.maximum.reduceat(held, starts)
        chosen = _any_of(high > low, rng) if level < levels else np.full(len(starts), -1)
        across = np.arange(len(starts)), np.maximum(chosen, 0)
        column[node], cut[node] = chosen, rng.uniform(low[across], high[across])
        group = np.repeat(np.arange(len(starts)), size)
        going = chosen[group] >= 0
        base, place, held, group = base[going], place[going], held[going], group[going]
        if not len(place):
            break
        right = held[np.arange(len(held)), chosen[group]] > cut[base + place]
        place = 2 * place + 1 + right
    shape = (trees, nodes)
    return IsolationTrees(column.reshape(shape), cut.reshape(shape), depth.reshape(shape), sample)


def usual_depth(size: Places) -> Values:
    """Count the cuts that a random row of so many takes until it is alone, on average.

    Examples
    --------
    >>> usual_depth(np.array([1, 2, 256])).round(2)
    array([ 0.  ,  1.  , 10.24])
    """
    many = np.maximum(size, 3) - 1.0
    mean = 2 * (np.log(many) + EULER) - 2 * many / (many + 1)
    return np.where(size > 2, mean, np.where(size == 2, 1.0, 0.0))  # noqa: PLR2004 (two rows take one cut)


def _any_of(allowed: NDArray[np.bool_], rng: np.random.Generator) -> Places:
    """Choose one of the allowed columns of each node; -1 where there is none."""
    heights = np.where(allowed, rng.random(allowed.shape), -1.0)
    return np.where(allowed.any(1), heights.argmax(1), -1)
