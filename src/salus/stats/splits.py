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


def grouped_folds(
    groups: NDArray[np.str_], folds: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Deal rows into folds so that all rows of one group, such as a patient, lie in one fold.

    Parameters
    ----------
    groups : ndarray of str, shape (n,)
        The group of each row.
    folds : int
        How many folds, 2 or more.
    rng : numpy.random.Generator
        A named stream.

    Returns
    -------
    ndarray of int, shape (n,)
        Fold of each row, 0 to ``folds - 1``; groups are spread evenly, and which fold a group
        comes to does not depend on the order of the rows.

    Raises
    ------
    ValueError
        If there are fewer groups than folds.

    Examples
    --------
    >>> from salus.core.rng import stream
    >>> fold = grouped_folds(np.array(["a", "b", "a", "c"]), 3, stream(1, "folds"))
    >>> fold[0] == fold[2], sorted(fold[[0, 1, 3]].tolist())
    (np.True_, [0, 1, 2])
    """
    within("folds", folds, 2)
    names, place = np.unique(groups, return_inverse=True)
    within("groups", len(names), folds, unit="groups")
    return rng.permutation(np.arange(len(names)) % folds)[place]
