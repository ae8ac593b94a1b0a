"""What a series does when nothing happens: level, trend, seasons, and its usual spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]

WAVES, SHORT, SHORT_WAVES = 2, 14.0, 3
"""Sine and cosine pairs of a cycle, and of one of so few points: a week of days takes three."""

BELIEVED = 1.5
"""A cycle is learned once the history holds this many of it."""

FEWEST_RECENT = 12
"""Half-life, in points, below which older points are never discounted."""

HUBER, BISQUARE = 1.345, 4.685
"""Tuning constants of 95 % efficiency under the normal distribution."""

NORMAL = 1.4826
"""Standard deviations of a normal distribution in one median absolute deviation."""


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """What is expected at each point, learned from the first of them.

    Parameters
    ----------
    expected : ndarray, shape (n,)
        Level with trend and seasons, in the unit of the values.
    spread : ndarray, shape (n,)
        One sigma around it, in the same unit, above 0.
    """

    expected: Values
    spread: Values

    def standard(self, values: Values) -> Values:
        """Express values in sigma from what was expected; NaN stays NaN."""
        return (values - self.expected) / self.spread


def learn_baseline(
    history: Values, length: int, cycles: Sequence[float], steps: Sequence[int] = ()
) -> Baseline:
    """Learn level, trend and seasons robustly, and carry them forward.

    A regression on a straight line and on sine and cosine pairs of each believed cycle, by
    iteratively reweighted least squares: first Huber's weights, then Tukey's bisquare, which leaves
    gross outliers out. While a cycle is not believed yet, older points count less and less
    (discounted least squares), so that the line follows what the cycle would have told. The spread
    is the median absolute residual, widened by how unsure the regression is at each point; it may
    grow with the level by a power between 0 and 1 (Taylor's law), taken from the residuals.

    Parameters
    ----------
    history : ndarray, shape (n_history,)
        NaN for gaps and for points that must not teach; some known.
    length : int
        Points to describe, at least ``n_history``.
    cycles : sequence of float
        Lengths of the seasons, in points, each above 2.
    steps : sequence of int
        Places where a new level is known to begin.

    Returns
    -------
    Baseline
        Over ``length`` points.

    Examples
    --------
    >>> week = np.tile([5.0, 5, 5, 5, 5, 2, 1], 8)
    >>> learn_baseline(week, 63, cycles=[7.0]).expected[-7:].round(6)
    array([5., 5., 5., 5., 5., 2., 1.])

    References
    ----------
    P. J. Huber (1964), Robust estimation of a location parameter. Annals of Mathematical
    Statistics 35. A. E. Beaton, J. W. Tukey (1974), The fitting of power series. Technometrics 16.
    R. G. Brown (1963), Smoothing, forecasting and prediction. L. R. Taylor (1961), Aggregation,
    variance and the mean. Nature 189.
    """
    rows = design(len(history), length, cycles, steps)
    known = np.flatnonzero(np.isfinite(history))
    trust = _discount(len(history), cycles)[known]
    coefficients, doubt = _robust(rows[known], history[known], trust)
    expected = rows @ coefficients
    residuals = history[known] - expected[known]
    freedom = max(len(known) - rows.shape[1], 1)
    shape = _shape_of_spread(expected, residuals, known)
    sigma = NORMAL * float(np.median(np.abs(residuals / shape[known])))
    sigma *= float(np.sqrt(len(known) / freedom))
    leverage = ((rows @ doubt) * rows).sum(1)
    spread = sigma * shape * np.sqrt(1 + leverage)
    return Baseline(expected, np.maximum(spread, _finest(history[known])))


def design(n_history: int, length: int, cycles: Sequence[float], steps: Sequence[int]) -> Values:
    """Lay out level, trend, new levels, and waves of the cycles that the history can tell.

    Parameters
    ----------
    n_history : int
        Points that teach.
    length : int
        Points to describe.
    cycles : sequence of float
        Lengths of the seasons, in points, each above 2.
    steps : sequence of int
        Places where a new level is known to begin.

    Returns
    -------
    ndarray, shape (length, n_columns)
        Ones, the trend from -0.5 to 0.5, a column for each step, then the waves.
    """
    time = np.arange(length, dtype=np.float64)
    columns = [np.ones(length), time / max(n_history, 1) - 0.5]
    columns += [(time >= step).astype(np.float64) for step in steps]
    for cycle in cycles:
        if n_history >= BELIEVED * cycle:
            turns = 2 * np.pi * time / cycle
            most = SHORT_WAVES if cycle <= SHORT else WAVES
            waves = range(1, min(most, int((cycle - 1) // 2)) + 1)
            columns += [turn(wave * turns) for wave in waves for turn in (np.sin, np.cos)]
    return np.column_stack(columns)


def _discount(n_history: int, cycles: Sequence[float]) -> Values:
    unknown = [cycle for cycle in cycles if n_history < BELIEVED * cycle]
    if not unknown:
        return np.ones(n_history)
    half_life = max(min(unknown) / 24, FEWEST_RECENT)
    return np.exp2(-np.arange(n_history)[::-1] / half_life)


def _robust(rows: Values, targets: Values, trust: Values) -> tuple[Values, Values]:
    weights = trust
    for bisquare in (False, False, False, True, True, True):
        coefficients, doubt = _least_squares(rows, targets, weights)
        residuals = targets - rows @ coefficients
        scale = NORMAL * float(np.median(np.abs(residuals)))
        if scale <= 1e-9 * (1 + float(np.abs(targets).max())):
            break
        distance = np.abs(residuals) / scale
        if bisquare:
            weights = trust * np.clip(1 - (distance / BISQUARE) ** 2, 0, None) ** 2
        else:
            weights = trust * HUBER / np.maximum(distance, HUBER)
    return coefficients, doubt


def _least_squares(rows: Values, targets: Values, weights: Values) -> tuple[Values, Values]:
    weighted = rows.T * weights
    # A trace of ridge: a step that no point of the history shows yet has no height.
    gram = weighted @ rows + 1e-8 * np.eye(rows.shape[1]) * max(float(weights.sum()), 1.0)
    doubt: Values = np.linalg.inv(gram).astype(np.float64, copy=False)
    return doubt @ (weighted @ targets), doubt


def _shape_of_spread(expected: Values, residuals: Values, known: NDArray[np.int64]) -> Values:
    level = float(np.median(expected[known]))
    if level <= 0:
        return np.ones(len(expected))
    relative = np.log(np.maximum(expected / level, 0.2))
    sizes = np.log(np.abs(residuals) + 0.1 * np.median(np.abs(residuals)) + 1e-12)
    centred = relative[known] - relative[known].mean()
    # The 0.5 is a little pull towards an even spread where the level hardly changes.
    power = float(centred @ (sizes - sizes.mean())) / (float(centred @ centred) + 0.5)
    return np.exp(np.clip(power, 0, 1) * relative)


def _finest(values: Values) -> float:
    # A history that hardly ever changes has no spread; a change of it must still be finite.
    steps = np.diff(np.unique(values))
    smallest = float(steps.min()) if steps.size else abs(float(values[0]))
    return 0.02 * smallest or 1.0
