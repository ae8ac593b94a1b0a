"""What regressions see of a history: the last values, the trend and the time of the season."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Model = Callable[[Values], Values]


@dataclass(frozen=True, slots=True)
class Design:
    """Columns of a regression on a history: ``lags`` last values, and Fourier terms of the season.

    Parameters
    ----------
    lags : int
        How many of the last values are columns, 1 or more.
    order : int
        Sine and cosine pairs of the season, 0 or more.
    season : int
        Values in a season, 1 or more.

    Examples
    --------
    >>> rows, targets = Design(lags=2, order=0, season=1).rows(np.array([1.0, 2.0, 4.0, 8.0]))
    >>> rows
    array([[2., 1.],
           [4., 2.]])
    >>> targets
    array([4., 8.])
    """

    lags: int
    order: int
    season: int

    @classmethod
    def fitting(cls, length: int, lags: int, order: int, season: int) -> Design | None:
        """Choose the richest design that a history can carry: three rows for each column.

        Parameters
        ----------
        length : int
            Values in the history.
        lags, order, season : int
            What is wanted at the most; no Fourier pairs without a season.

        Returns
        -------
        Design or None
            ``None`` when not even one lag can be carried.

        Examples
        --------
        >>> Design.fitting(length=12, lags=3, order=2, season=1)
        Design(lags=3, order=0, season=1)
        >>> Design.fitting(length=3, lags=3, order=2, season=12) is None
        True
        """
        order = min(order, (season - 1) // 2)
        for wanted in (cls(lags, order, season), cls(lags, 0, 1), cls(1, 0, 1)):
            if length - wanted.lags >= 3 * (wanted.lags + 2 * wanted.order):
                return wanted
        return None

    def rows(self, values: Values) -> tuple[Values, Values]:
        """Lay out every value that has enough before it, shapes (n_rows, n_columns) and (n_rows,).

        The time of the season is counted back from the end of the history.
        """
        n = len(values)
        past = [values[self.lags - lag : n - lag] for lag in range(1, self.lags + 1)]
        rows = np.column_stack([*past, self._season(np.arange(self.lags, n) - n)])
        return rows, values[self.lags :]

    def roll(self, model: Model, values: Values, horizon: int) -> Values:
        """Carry a history forward one value at a time, each forecast a lag of the next.

        A path may leave the range of the history by half of that range and no more, so that a
        model that explodes does no harm.

        Parameters
        ----------
        model : callable
            From rows, shape (n_rows, n_columns), to values, shape (n_rows,).
        values : ndarray, shape (n,)
            The history without gaps.
        horizon : int
            Values to forecast.

        Returns
        -------
        ndarray, shape (horizon,)
        """
        slack = (values.max() - values.min()) / 2
        low, high = values.min() - slack, values.max() + slack
        seasons = self._season(np.arange(horizon))
        last, path = values[: -self.lags - 1 : -1], np.empty(horizon)
        for step in range(horizon):
            row = np.concatenate([last, seasons[step]])
            path[step] = np.clip(model(row[None, :])[0], low, high)
            last = np.concatenate([path[step : step + 1], last[:-1]])
        return path

    def _season(self, times: NDArray[np.int64]) -> Values:
        angles = 2 * np.pi * np.outer(times, np.arange(1, self.order + 1)) / self.season
        return np.hstack([np.sin(angles), np.cos(angles)])
