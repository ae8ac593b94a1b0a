"""The normal region of each source: a forest over all that it measures together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.monitor.detectors.isolation_trees import grow, usual_depth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.monitor.detectors.isolation_trees import IsolationTrees
    from salus.monitor.stream.params import StreamParams

    Values = NDArray[np.float64]

CLIP = 6.0
"""Standard deviations beyond which a coordinate says no more."""


@dataclass(slots=True)
class Region:
    """What one source has shown to be normal.

    Parameters
    ----------
    quantities : tuple of str
        What it measures, sorted: the columns.
    rows : list of ndarray, shape (n_quantities,)
        Standardised rows in control, until there are enough of them.
    trees : IsolationTrees or None
        Grown from the rows once there are enough, and again when a checkpoint is read.
    """

    quantities: tuple[str, ...]
    rows: list[Values]
    trees: IsolationTrees | None = None

    def learn(self, row: Values, source: str, params: StreamParams) -> None:
        """Keep a row in control; with the last one the forest is grown."""
        self.rows.append(np.clip(row, -CLIP, CLIP))
        self.settle(source, params)

    def settle(self, source: str, params: StreamParams) -> None:
        """Grow the forest if the rows suffice; the same rows give the same forest."""
        if self.trees is None and len(self.rows) >= params.region:
            rng = stream(params.seed, f"stream/{source}")
            self.trees = grow(np.stack(self.rows), params.trees, params.region // 2, rng)


def scores(regions: list[Region], rows: list[Values]) -> Values:
    """Score rows, each by the forest of its own source, all at once.

    Parameters
    ----------
    regions : list of Region
        One for each row, with a forest; the same region may stand for several rows.
    rows : list of ndarray
        Standardised, one coordinate for each quantity of the region.

    Returns
    -------
    ndarray, shape (n_rows,)
        0 to 1; the sooner a row is set apart, the higher.

    References
    ----------
    F. T. Liu, K. M. Ting, Z.-H. Zhou (2008), Isolation forest. IEEE International Conference on
    Data Mining.
    """
    if not rows:
        return np.zeros(0)
    found = {id(region): region for region in regions}
    place_of = {key: place for place, key in enumerate(found)}
    grown = [region.trees for region in found.values() if region.trees is not None]
    column, cut, depth = (
        np.stack([getattr(trees, name) for trees in grown]) for name in ("column", "cut", "depth")
    )
    which = np.array([place_of[id(region)] for region in regions])[:, None]
    padded = np.zeros((len(rows), max(len(row) for row in rows)))
    for number, row in enumerate(rows):
        padded[number, : len(row)] = np.clip(row, -CLIP, CLIP)
    tree, line = np.arange(column.shape[1])[None, :], np.arange(len(rows))[:, None]
    place = np.zeros((len(rows), column.shape[1]), dtype=np.int64)
    for _ in range((column.shape[2] + 1).bit_length() - 2):
        by = column[which, tree, place]
        right = padded[line, by] > cut[which, tree, place]
        place = np.where(by >= 0, 2 * place + 1 + right, place)
    usual = float(usual_depth(np.array([grown[0].sample]))[0])
    answer: Values = np.exp2(-depth[which, tree, place].mean(1) / max(usual, 1.0))
    return answer
