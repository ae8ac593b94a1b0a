"""Which columns tell something about an outcome."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lars_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MOST = 30
"""Steps of the path; more columns than this are never chosen."""


def telling(rows: Values, outcome: Values) -> NDArray[np.int64]:
    """Choose columns by the lasso whose penalty has the least Bayesian information criterion.

    Of hundreds of columns a few matter. A regression on all of them would bury the differences
    between patients under noise, and shrink what matters along with it.

    Parameters
    ----------
    rows : ndarray, shape (n, n_columns)
        Standardised, without gaps; 4 or more rows.
    outcome : ndarray, shape (n,)
        What to predict.

    Returns
    -------
    ndarray of int, shape (n_chosen,)
        Places of the columns, ascending; possibly none.

    Examples
    --------
    >>> x = np.random.default_rng(1).normal(size=(200, 5))
    >>> telling(x, 2 * x[:, 3])
    array([3])

    References
    ----------
    B. Efron, T. Hastie, I. Johnstone, R. Tibshirani (2004), Least angle regression. Annals of
    Statistics 32.
    H. Zou, T. Hastie, R. Tibshirani (2007), On the degrees of freedom of the lasso. Annals of
    Statistics 35.
    """
    moved, left = rows - rows.mean(0), outcome - outcome.mean()
    count = len(left)
    with warnings.catch_warnings():
        # Of columns that say the same, one is dropped with a warning; one is enough.
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = lars_path(moved, left, method="lasso", max_iter=min(MOST, count // 4))[2]
    error = ((left[:, None] - moved @ weights) ** 2).mean(0)
    freedom = (weights != 0).sum(0)
    least = np.finfo(float).tiny
    criterion = count * np.log(np.maximum(error, least)) + np.log(count) * freedom
    return np.flatnonzero(weights[:, criterion.argmin()])
