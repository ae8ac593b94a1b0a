"""The isolation forest: what few random cuts set apart is unusual."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.core.rng import stream
from salus.monitor.detectors.base import Judgement
from salus.monitor.detectors.isolation_trees import grow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.monitor.detectors.isolation_trees import IsolationTrees

    Values = NDArray[np.float64]

TRACE = 1e-3
"""Noise in a column that never changed, in its own unit."""

NORMAL_IQR = 1.349
"""Interquartile range of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class ForestParams:
    """How a forest is grown and where it draws the line.

    Parameters
    ----------
    trees : int
        Trees of a forest, 10 to 1,000.
    sample : int
        Rows that each tree sees, 8 to 4,096; all, where there are fewer.
    false_alarms : float
        Share of normal rows that may be flagged, 0.0001 to 0.2.
    folds : int
        Parts of the history that are scored by a forest that has not seen them, 2 to 10.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    trees: int = 100
    sample: int = 256
    false_alarms: float = 0.01
    folds: int = 4

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("trees", self.trees, 10, 1000)
        within("sample", self.sample, 8, 4096, "rows")
        within("false_alarms", self.false_alarms, 0.0001, 0.2)
        within("folds", self.folds, 2, 10)


@dataclass(frozen=True, slots=True)
class IsolationForest:
    """Scores a row by how few random cuts isolate it from the rows of the history.

    History and live rows are cleaned alike: a gap takes the median of the column's history, and
    each column is centred on that median and scaled by its interquartile range. The limit is the
    ``1 - false_alarms`` quantile of the scores of held-out parts of the history. A column's
    contribution is how much the score falls when its value is replaced by the median; a reason is
    given only when the forest, asked again, agrees.

    Parameters
    ----------
    params : ForestParams
        How the forest is grown.

    Examples
    --------
    >>> history = stream(1, "example").normal(size=(200, 3))
    >>> live = np.array([[0.0, 0.0, 0.0], [0.0, 9.0, -9.0]])
    >>> judgement = IsolationForest().judge(history, live, seed=1)
    >>> judgement.flags, judgement.causes
    (array([False,  True]), ((), (2,)))

    References
    ----------
    F. T. Liu, K. M. Ting, Z.-H. Zhou (2008), Isolation forest. IEEE International Conference on
    Data Mining.
    """

    params: ForestParams = field(default_factory=ForestParams)
    name: ClassVar[str] = "isolation_forest"
    label: ClassVar[Message] = say("isolation forest")

    def judge(self, history: Values, live: Values, seed: int) -> Judgement:
        """Judge rows; see :class:`~salus.monitor.detectors.base.Detector`."""
        past, now = _cleaned(history, history), _cleaned(history, live)
        # No cut can set apart what leaves a constant: a trace of noise gives the trees something.
        trace = stream(seed, "isolation_forest/trace").normal(0, TRACE, past.shape)
        past = np.where(np.isfinite(history).any(0) & (np.ptp(past, 0) == 0), trace, past)
        limit = float(np.quantile(self._held_out(past, seed), 1 - self.params.false_alarms))
        forest = self._grown(past, seed, "whole")
        scores, contributions = _contributions(forest, now)
        # A row of normal values everywhere, as one of gaps only, is never flagged.
        limit = max(limit, float(forest.scores(np.zeros((1, now.shape[1])))[0]))
        causes = tuple(
            _causes(forest, row, shares, limit) if score > limit else ()
            for row, score, shares in zip(now, scores, contributions, strict=True)
        )
        return Judgement(scores, limit, contributions, causes)

    def _grown(self, past: Values, seed: int, part: str) -> IsolationTrees:
        sample = min(self.params.sample, len(past))
        return grow(past, self.params.trees, sample, stream(seed, f"isolation_forest/{part}"))

    def _held_out(self, past: Values, seed: int) -> Values:
        parts = np.array_split(np.arange(len(past)), self.params.folds)
        return np.concatenate(
            [
                self._grown(np.delete(past, part, 0), seed, f"without {fold}").scores(past[part])
                for fold, part in enumerate(parts)
            ]
        )


def _cleaned(history: Values, rows: Values) -> Values:
    known = np.isfinite(history).any(0)
    middle, spread = np.zeros(history.shape[1]), np.ones(history.shape[1])
    middle[known] = np.nanmedian(history[:, known], 0)
    low, high = np.nanquantile(history[:, known], (0.25, 0.75), axis=0)
    spread[known] = (high - low) / NORMAL_IQR
    spread[spread == 0] = 1.0
    return np.nan_to_num((np.where(known, rows, np.nan) - middle) / spread)


def _contributions(forest: IsolationTrees, now: Values) -> tuple[Values, Values]:
    """Score rows as they are, and by how much each score falls without each column."""
    variants = [now, *(_replaced(now, [column]) for column in range(now.shape[1]))]
    scores, *without = forest.scores(np.concatenate(variants)).reshape(len(variants), len(now))
    fallen = np.maximum(scores[:, None] - np.array(without).T, 0.0)
    return scores, np.where(now == 0, 0.0, fallen)


def _replaced(rows: Values, columns: list[int]) -> Values:
    normal = rows.copy()
    normal[..., columns] = 0.0
    return normal


def _causes(forest: IsolationTrees, row: Values, shares: Values, limit: float) -> tuple[int, ...]:
    """Replace columns, the largest contribution first, until the forest finds the row normal."""
    order = [int(column) for column in np.argsort(-shares, kind="stable") if row[column] != 0]
    tried = [order[:count] for count in range(1, len(order) + 1)]
    scores = forest.scores(np.stack([_replaced(row, columns) for columns in tried]))
    return tuple(tried[int(np.argmax(scores <= limit))])
