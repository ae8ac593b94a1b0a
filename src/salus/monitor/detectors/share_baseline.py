"""What a share of cases does when nothing happens, and how unlikely each count then is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr, expit, logit, ndtri

from salus.monitor.detectors.baseline import design

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]

USUAL_CHANGE = 0.3
"""Standard deviation, in log-odds, that seasons are believed to have before they are seen."""

USUAL_TREND = 1.0
"""The same of a trend, over the whole history, and of a new level."""

FAR = 2.58
"""Beyond so many sigma a point teaches less, by the square of its distance (Noufaily)."""

WITHOUT_TAILS = 0.982
"""Mean square of a standard normal variable that is cut off at ``FAR``."""

ROUNDS = 5
"""Steps of Newton's method; the last changes less than chance does by far."""


@dataclass(frozen=True, slots=True, eq=False)
class ShareBaseline:
    """What share is expected at each point, learned from the first of them.

    Parameters
    ----------
    expected : ndarray, shape (n,)
        Share of the cases, 0 to 1.
    sizes : ndarray, shape (n,)
        Cases at each point; NaN or 0 where there are none.
    widened : ndarray, shape (n,)
        How many times wider than chance alone the counts vary, 1 or more: by what the history
        shows beyond chance, and by how unsure the expectation is.
    """

    expected: Values
    sizes: Values
    widened: Values

    @property
    def spread(self) -> Values:
        """One sigma around the expected share, shape (n,)."""
        chance = self.expected * (1 - self.expected) / np.where(self.sizes > 0, self.sizes, np.nan)
        return np.sqrt(chance) * self.widened

    def standard(self, values: Values) -> Values:
        """Express shares in sigma from what was expected, by how unlikely the count is.

        A count whose tail has the probability ``P`` (half of its own included) becomes the value
        that a normal variable exceeds as often, so that small counts, which lean to one side, cause
        no more false alarms than large ones.

        Parameters
        ----------
        values : ndarray, shape (n,)
            Shares; NaN stays NaN.

        Returns
        -------
        ndarray, shape (n,)
        """
        known = np.isfinite(values) & (self.sizes > 0)
        sizes, expected = self.sizes[known], self.expected[known]
        standard = np.full(len(values), np.nan)
        standard[known] = _scores(np.rint(values[known] * sizes), sizes, expected)
        return standard / self.widened


def learn_shares(
    history: Values, sizes: Values, cycles: Sequence[float], steps: Sequence[int] = ()
) -> ShareBaseline:
    """Learn level, trend and seasons of a share of cases, and carry them forward.

    A binomial regression on the design of :func:`~salus.monitor.detectors.baseline.learn_baseline`
    by penalised Newton steps; the penalty holds that seasons and trends are small until the counts
    say otherwise. Points far out teach less. What varies beyond chance widens all limits, as in
    Laney's P' chart; less than chance is not believed.

    Parameters
    ----------
    history : ndarray, shape (n_history,)
        Shares; NaN for gaps and for points that must not teach; some known.
    sizes : ndarray, shape (n,)
        Cases at each point, of the history and of those to describe.
    cycles : sequence of float
        Lengths of the seasons, in points, each above 2.
    steps : sequence of int
        Places where a new level is known to begin.

    Returns
    -------
    ShareBaseline
        Over ``n`` points.

    Examples
    --------
    >>> base = learn_shares(np.tile([0.1, 0.12, 0.08], 20), np.full(63, 50.0), cycles=[])
    >>> base.expected[-1].round(3), base.spread[-1].round(3)
    (np.float64(0.099), np.float64(0.044))

    References
    ----------
    A. Noufaily and others (2013), An improved algorithm for outbreak detection in multiple
    surveillance systems. Statistics in Medicine 32. D. B. Laney (2002), Improved control charts
    for attributes. Quality Engineering 14. P. K. Dunn, G. K. Smyth (1996), Randomized quantile
    residuals. Journal of Computational and Graphical Statistics 5.
    """
    rows = design(len(history), len(sizes), cycles, steps)
    known = np.flatnonzero(np.isfinite(history) & (sizes[: len(history)] > 0))
    counts = history[known] * sizes[known]
    coefficients, doubt, excess = _fitted(rows[known], counts, sizes[known], _penalty(rows, steps))
    expected = expit(rows @ coefficients)
    cases = np.where(np.isfinite(sizes), sizes, 0.0)
    unsure = ((rows @ doubt) * rows).sum(1) * cases * expected * (1 - expected)
    return ShareBaseline(expected, sizes, np.sqrt(excess**2 + unsure))


def _penalty(rows: Values, steps: Sequence[int]) -> Values:
    penalty = np.full(rows.shape[1], USUAL_CHANGE**-2)
    penalty[0] = 0.0
    penalty[1 : 2 + len(steps)] = USUAL_TREND**-2
    return penalty


def _fitted(
    rows: Values, counts: Values, sizes: Values, penalty: Values
) -> tuple[Values, Values, float]:
    coefficients = np.zeros(rows.shape[1])
    coefficients[0] = logit((counts.sum() + 0.5) / (sizes.sum() + 1))
    weights, excess = np.ones(len(counts)), 1.0
    for step in range(ROUNDS):
        share = expit(rows @ coefficients)
        chance = sizes * share * (1 - share)
        if step:
            distance = np.abs(_leaning(counts, sizes, share))
            excess = _excess(distance)
            weights = np.minimum(1.0, (FAR * excess / np.maximum(distance, 1e-9)) ** 2)
        weighted = rows.T * (weights / excess**2)
        doubt = np.linalg.inv((weighted * chance) @ rows + np.diag(penalty))
        coefficients = coefficients + doubt @ (
            weighted @ (counts - sizes * share) - penalty * coefficients
        )
    return coefficients, doubt, excess


def _excess(distance: Values) -> float:
    """Tell how many times wider than chance the values vary, by their mean square without tails."""
    freedom = max(len(distance) - 2, 1)
    return max(
        1.0, float(np.sqrt((np.minimum(distance, FAR) ** 2).sum() / freedom / WITHOUT_TAILS))
    )


def _leaning(counts: Values, sizes: Values, share: Values) -> Values:
    """Approximate the score of each count without its skew, to second order (Cornish, Fisher)."""
    sigma = np.sqrt(sizes * share * (1 - share))
    plain = (counts - sizes * share) / sigma
    return plain - (1 - 2 * share) / sigma * np.clip(plain**2 - 1, -1, 8) / 6


def _scores(counts: Values, sizes: Values, share: Values) -> Values:
    # The tail on the count's own side, so that nothing is lost to rounding far out.
    high = counts > sizes * share
    side = np.where(high, sizes - counts, counts)
    chance = np.where(high, 1 - share, share)
    cases = np.rint(sizes).astype(np.int64)
    within = bdtr(side, cases, chance)
    below = np.where(side > 0, bdtr(np.maximum(side - 1, 0), cases, chance), 0.0)
    return ndtri(np.maximum((within + below) / 2, 1e-300)) * np.where(high, -1, 1)
