"""Where a history is cut for a fair test: nothing after an origin is seen before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within

if TYPE_CHECKING:
    from numpy.typing import NDArray


def rolling_origins(length: int, first: int, step: int = 1, horizon: int = 1) -> NDArray[np.int64]:
    """List the origins of a rolling test, counted back from the end of a history.

    An origin ``o`` splits values into the past ``values[:o]`` and the future ``values[o:]``.

    Parameters
    ----------
    length : int
        Values in the history, 0 or more.
    first : int
        Fewest values in the past of an origin, 1 or more.
    step : int
        Values between neighbouring origins, 1 or more.
    horizon : int
        Fewest values in the future of an origin, 1 or more.

    Returns
    -------
    ndarray of int, shape (n_origins,)
        Ascending; the latest that has a whole horizon is always one of them. Empty when the
        history is too short.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> rolling_origins(length=10, first=4, step=2, horizon=2)
    array([4, 6, 8])

    References
    ----------
    L. J. Tashman (2000), Out-of-sample tests of forecasting accuracy. International Journal of
    Forecasting 16.
    """
    within("length", length, 0, unit="values")
    within("first", first, 1, unit="values")
    within("step", step, 1, unit="values")
    within("horizon", horizon, 1, unit="values")
    return np.arange(length - horizon, first - 1, -step, dtype=np.int64)[::-1]


def futures(
    values: NDArray[np.float64], origins: NDArray[np.int64], horizon: int
) -> NDArray[np.float64]:
    """Cut the values that follow each origin.

    Parameters
    ----------
    values : ndarray, shape (n,)
        The history, with NaN for gaps.
    origins : ndarray of int, shape (n_origins,)
        As :func:`rolling_origins` lists them.
    horizon : int
        Values to cut, 1 or more.

    Returns
    -------
    ndarray, shape (n_origins, horizon)
        NaN beyond the end of the history.

    Examples
    --------
    >>> futures(np.array([1.0, 2.0, 3.0]), np.array([1, 2]), horizon=2)
    array([[ 2.,  3.],
           [ 3., nan]])
    """
    padded = np.concatenate([values, np.full(horizon, np.nan)])
    return padded[origins[:, None] + np.arange(horizon)]
