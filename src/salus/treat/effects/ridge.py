"""Ridge regression with the penalty of least leave-one-out error, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

PENALTIES = np.logspace(-2, 5, 29)


@dataclass(frozen=True, slots=True, eq=False)
class Ridge:
    """A straight line through standardised columns: ``y = mean + (x - centre) w``.

    ``w`` minimises ``|y - mean - X w|^2 + penalty |w|^2``. The spread of a prediction is that of
    the posterior under a normal prior of variance ``sigma^2 / penalty``.

    Parameters
    ----------
    centre : ndarray, shape (n_columns,)
        Mean of the training rows.
    mean : float
        Mean of the training outcomes.
    weights : ndarray, shape (n_columns,)
        Change of the outcome for each unit of a column.
    axes : ndarray, shape (n_axes, n_columns)
        Principal axes of the training rows.
    shrunk : ndarray, shape (n_axes,)
        ``1 / (s^2 + penalty)`` along each axis.
    penalty : float
        More than 0.
    variance : float
        Of the errors, in the unit of the outcome squared.
    count : int
        Training rows.

    References
    ----------
    A. E. Hoerl, R. W. Kennard (1970), Ridge regression. Technometrics 12.
    D. M. Allen (1974), The relationship between variable selection and data augmentation and a
    method for prediction. Technometrics 16: leave-one-out by leverage.
    """

    centre: Values
    mean: float
    weights: Values
    axes: Values
    shrunk: Values
    penalty: float
    variance: float
    count: int

    @classmethod
    def fit(cls, rows: Values, outcome: Values) -> Ridge:
        """Choose the penalty, and fit.

        Parameters
        ----------
        rows : ndarray, shape (n, n_columns)
            Standardised, without gaps; 2 or more rows.
        outcome : ndarray, shape (n,)
            What to predict.

        Returns
        -------
        Ridge

        Examples
        --------
        >>> x = np.linspace(-1, 1, 20)[:, None]
        >>> Ridge.fit(x, 3 * x[:, 0] + 1).predict(np.array([[0.5]])).round(2)
        array([2.5])
        """
        centre, mean = rows.mean(0), float(outcome.mean())
        left, size, axes = np.linalg.svd(rows - centre, full_matrices=False)
        along = left.T @ (outcome - mean)
        keep = size[:, None] ** 2 / (size[:, None] ** 2 + PENALTIES)
        error = (outcome - mean)[:, None] - left @ (keep * along[:, None])
        leverage = 1 / len(rows) + left**2 @ keep
        left_out = (error / np.maximum(1 - leverage, 1e-6)) ** 2
        best = int(left_out.mean(0).argmin())
        shrunk = 1 / (size**2 + PENALTIES[best])
        freedom = max(len(rows) - float(leverage[:, best].sum()), 1.0)
        variance = float((error[:, best] ** 2).sum()) / freedom
        weights = axes.T @ (shrunk * size * along)
        return cls(centre, mean, weights, axes, shrunk, float(PENALTIES[best]), variance, len(rows))

    def predict(self, rows: Values) -> Values:
        """Predict the outcome, shape (n,)."""
        return self.mean + (rows - self.centre) @ self.weights

    def spread(self, rows: Values) -> Values:
        """Give the variance of the predicted mean, shape (n,), in squared units of the outcome."""
        moved = rows - self.centre
        along = (moved @ self.axes.T) ** 2
        # What lies across all axes was never seen, and is as wide as the prior.
        across = np.maximum((moved**2).sum(1) - along.sum(1), 0) / self.penalty
        return self.variance * (1 / self.count + along @ self.shrunk + across)
