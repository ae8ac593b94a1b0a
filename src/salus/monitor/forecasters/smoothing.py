"""Exponential smoothing: simple, with a damped trend, with an additive season."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.monitor.history import fill_gaps
from salus.monitor.scale import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SmoothingParams:
    """The grid that the weights of exponential smoothing are chosen from.

    Where two candidates are equal the one listed first is taken: by default the last value.

    Parameters
    ----------
    level, trend, season : tuple of float
        How much of an error the level, the trend (as a share of the level's) and the season
        learn, each from 0 to 1.
    damping : tuple of float
        What remains of a trend from one value to the next, each from 0 to 1.

    Raises
    ------
    ValueError
        If a weight is out of range.
    """

    level: tuple[float, ...] = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02)
    trend: tuple[float, ...] = (0.05, 0.2, 0.5)
    season: tuple[float, ...] = (0.0, 0.1, 0.3)
    damping: tuple[float, ...] = (0.8, 0.9, 0.98)

    def __post_init__(self) -> None:
        """Refuse weights out of range."""
        for name in ("level", "trend", "season", "damping"):
            for weight in getattr(self, name):
                within(name, weight, 0, 1)

    def grid(self, *, seasonal: bool) -> Values:
        """List the candidates: level, trend, damping and season weights, and whether seasonal.

        Parameters
        ----------
        seasonal : bool
            Whether candidates with a season are listed too.

        Returns
        -------
        ndarray, shape (n_candidates, 5)
            Simple smoothing first (no trend, no season), then damped trends, then seasons.
        """
        trends = [(0.0, 0.0), *product(self.trend, self.damping)]
        plain = [(a, b, phi, 0.0, 0.0) for (b, phi), a in product(trends, self.level)]
        seasons = product(trends, self.season, self.level) if seasonal else ()
        return np.array([*plain, *((a, b, phi, g, 1.0) for (b, phi), g, a in seasons)])


@dataclass(frozen=True, slots=True)
class ExponentialSmoothing:
    """Follows level, damped trend and additive season, each corrected by the last error.

    With ``e_t = y_t - (l + phi b + s_(t-m))``: ``l <- l + phi b + alpha e``,
    ``b <- phi b + alpha beta e``, ``s_t <- s_(t-m) + gamma (1 - alpha) e``. All candidates of
    the grid run side by side; the one with the smallest mean square of the one-step errors after
    the first two seasons (or the first two values, without a season) carries the history forward,
    on the scale of :class:`~salus.monitor.scale.Scale`. A season takes part from three whole
    seasons on.

    Parameters
    ----------
    params : SmoothingParams
        The grid of weights.

    Examples
    --------
    >>> ExponentialSmoothing().forecast(np.full(9, 20.0), horizon=2, season=4).round(6)
    array([20., 20.])

    References
    ----------
    E. S. Gardner (1985), Exponential smoothing: the state of the art. Journal of Forecasting 4.
    R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder (2008), Forecasting with exponential
    smoothing. Springer.
    """

    params: SmoothingParams = field(default_factory=SmoothingParams)
    name: ClassVar[str] = "exponential_smoothing"
    label: ClassVar[Message] = say("exponential smoothing")

    def forecast(self, values: Values, horizon: int, season: int) -> Values:
        """Carry a history forward; see :class:`~salus.monitor.forecasters.base.Forecaster`."""
        scale = Scale.of(values)
        known = scale.forward(fill_gaps(values))
        seasonal = 1 < season <= len(known) // 3
        return scale.back(
            smooth(known, horizon, season if seasonal else 1, self.params.grid(seasonal=seasonal))
        )


def smooth(values: Values, horizon: int, season: int, grid: Values) -> Values:
    """Run every candidate over a history and carry it forward with the best.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Without gaps, two seasons or more.
    horizon : int
        Values to forecast.
    season : int
        Values in a season; 1 for none.
    grid : ndarray, shape (n_candidates, 5)
        As :meth:`SmoothingParams.grid` lists them.

    Returns
    -------
    ndarray, shape (horizon,)
        The path of the first candidate with the smallest mean square.
    """
    alpha, beta, phi, gamma, seasonal = grid.T
    learn = gamma * (1 - alpha)
    level, cycle = _start(values, season)
    levels, trends = np.full(len(grid), level), np.zeros(len(grid))
    cycles = np.outer(cycle, seasonal)
    squares = np.zeros(len(grid))
    for t, value in enumerate(values):
        ahead, turn = levels + phi * trends, cycles[t % season]
        error = value - ahead - turn
        levels = ahead + alpha * error
        trends = phi * trends + alpha * beta * error
        turn += learn * error
        if t >= 2 * season:
            squares += error**2
    best = int(squares.argmin())
    steps = np.arange(1, horizon + 1)
    drift = np.cumsum(phi[best] ** steps) * trends[best]
    return levels[best] + drift + cycles[(len(values) + steps - 1) % season, best]


def _start(values: Values, season: int) -> tuple[float, Values]:
    first = values[: 2 * season].reshape(-1, season) if season > 1 else values[:1, None]
    level = float(first.mean())
    return level, (first - first.mean(1, keepdims=True)).mean(0)
