"""Logistic regression: each finding adds its weight to the log odds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.treat.classifiers.filling import Standard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class FittedLogistic:
    """The weights.

    Parameters
    ----------
    classes : tuple of str
        Sorted.
    standard : Standard
        Centre and spread of each column.
    weights : ndarray, shape (n_columns, n_classes)
        Added log odds for each standard deviation.
    intercepts : ndarray, shape (n_classes,)
        Log odds at the centre.
    """

    classes: tuple[str, ...]
    standard: Standard
    weights: Values
    intercepts: Values

    def probabilities(self, values: Values) -> Values:
        """Add the weights up; see :class:`~salus.treat.classifiers.base.Fitted`."""
        # einsum adds in one order whatever the number of rows; a matrix product does not.
        scores = np.einsum("ij,jk->ik", self.standard.rows(values), self.weights)
        return np.asarray(softmax(scores + self.intercepts, axis=1))


@dataclass(frozen=True, slots=True)
class Logistic:
    """Multinomial logistic regression with a ridge penalty, on standardised columns.

    Minimises ``-sum log p(y_i | x_i) + |w|^2 / (2 C)``; what is not known lies at the median, and a
    flag for it has a weight of its own.

    Parameters
    ----------
    cost : float
        ``C``, weight of an error against the penalty, at least 1e-6.

    Raises
    ------
    ValueError
        If the cost is out of range.

    Examples
    --------
    >>> labels = np.repeat(["E11", "I10"], 30)
    >>> fitted = Logistic().fit(np.arange(60.0)[:, None], labels, seed=0)
    >>> fitted.probabilities(np.array([[29.5]])).round(2)
    array([[0.5, 0.5]])

    References
    ----------
    A. E. Hoerl, R. W. Kennard (1970), Ridge regression. Technometrics 12.
    S. le Cessie, J. C. van Houwelingen (1992), Ridge estimators in logistic regression. Applied
    Statistics 41.
    """

    cost: float = 0.03
    name: ClassVar[str] = "logistic"
    label: ClassVar[Message] = say("logistic regression")

    def __post_init__(self) -> None:
        """Refuse an impossible cost."""
        within("cost", self.cost, 1e-6)

    def fit(self, values: Values, labels: Labels, seed: int) -> FittedLogistic:
        """Find the weights; see :class:`~salus.treat.classifiers.base.Classifier`."""
        del seed
        standard = Standard.of(values)
        rows = standard.rows(values)
        classes = tuple(np.unique(labels).tolist())
        if len(classes) == 1:
            return FittedLogistic(classes, standard, np.zeros((rows.shape[1], 1)), np.zeros(1))
        model = LogisticRegression(C=self.cost, max_iter=2000, tol=1e-3).fit(rows, labels)
        weights, intercepts = model.coef_.T, model.intercept_
        if len(classes) == 2:  # noqa: PLR2004 - two classes share one line of weights
            weights, intercepts = (
                np.hstack([-weights, weights]) / 2,
                np.array([-0.5, 0.5]) * intercepts,
            )
        return FittedLogistic(classes, standard, weights, intercepts)
