"""Probabilities that mean what they say: of ten patients told 70 %, seven have the disease."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import softmax
from sklearn.isotonic import IsotonicRegression

from salus.core.checks import within
from salus.core.rng import stream
from salus.stats.splits import grouped_folds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from salus.treat.classifiers.base import Classifier, Fitted

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]
    Truth = NDArray[np.bool_]

LEAST = 1e-6
"""Probabilities are held above this, so that nothing is ever called impossible."""


class Calibrator(Protocol):
    """Maps probabilities to probabilities."""

    def apply(self, probabilities: Values) -> Values:
        """Map rows that add up to 1 to rows that add up to 1, shape (n, n_classes)."""


@dataclass(frozen=True, slots=True)
class Temperature:
    """Softens or sharpens all log probabilities by one factor.

    ``p_k -> p_k^(1/T) / sum_j p_j^(1/T)``

    Parameters
    ----------
    degree : float
        ``T``; above 1 softens, 1 changes nothing.

    References
    ----------
    C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger (2017), On calibration of modern neural networks.
    """

    degree: float

    @classmethod
    def learn(cls, probabilities: Values, truth: Truth) -> Temperature:
        """Find the temperature of least log loss, between 0.05 and 20.

        Examples
        --------
        >>> said = np.array([[0.99, 0.01]] * 4)
        >>> truth = np.array([[True, False]] * 3 + [[False, True]])
        >>> Temperature.learn(said, truth).apply(said)[0].round(2)
        array([0.75, 0.25])
        """

        def loss(log_degree: float) -> float:
            return _log_loss(cls(float(np.exp(log_degree))).apply(probabilities), truth)

        best = minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-4})
        return cls(float(np.exp(best.x)))

    def apply(self, probabilities: Values) -> Values:
        """Map rows; see :class:`Calibrator`."""
        logs = np.log(np.maximum(probabilities, LEAST))
        return np.asarray(softmax(logs / self.degree, axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Isotonic:
    """Maps each class by the rising function that fits best, scales rows to 1, and tempers them.

    Scaling the row undoes a part of the calibration, which one temperature mends.

    Parameters
    ----------
    steps : tuple of pairs of ndarray
        Where the function of each class bends, and its values there.
    temper : Temperature
        Learned after the steps.

    References
    ----------
    B. Zadrozny, C. Elkan (2002), Transforming classifier scores into accurate multiclass
    probability estimates. KDD.
    """

    steps: tuple[tuple[Values, Values], ...]
    temper: Temperature

    @classmethod
    def learn(cls, probabilities: Values, truth: Truth) -> Isotonic:
        """Fit one rising function for each class."""
        fits = [
            IsotonicRegression(y_min=0, y_max=1).fit(said, true)
            for said, true in zip(probabilities.T, truth.T, strict=True)
        ]
        steps = tuple((fit.X_thresholds_, fit.y_thresholds_) for fit in fits)
        return cls(steps, Temperature.learn(_mapped(steps, probabilities), truth))

    def apply(self, probabilities: Values) -> Values:
        """Map rows; see :class:`Calibrator`."""
        return self.temper.apply(_mapped(self.steps, probabilities))


def _mapped(steps: tuple[tuple[Values, Values], ...], probabilities: Values) -> Values:
    said = [np.interp(row, *step) for step, row in zip(steps, probabilities.T, strict=True)]
    held = np.maximum(np.column_stack(said), LEAST)
    return np.asarray(held / held.sum(1, keepdims=True))


LEARNERS: tuple[Callable[[Values, Truth], Calibrator], ...] = (Temperature.learn, Isotonic.learn)
"""What is compared; the simplest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """A fitted classifier behind a calibrator, with what both said of held-out patients.

    Parameters
    ----------
    fitted : Fitted
        Learned from all training rows.
    calibrator : Calibrator
        Learned from rows that were held out.
    held_out : ndarray, shape (n, n_classes)
        Calibrated probabilities of the training rows, each by a classifier and a calibrator that
        saw no row of the same patient.
    """

    fitted: Fitted
    calibrator: Calibrator
    held_out: Values

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that were seen in training, sorted."""
        return self.fitted.classes

    def probabilities(self, values: Values) -> Values:
        """Give calibrated ones; see :class:`~salus.treat.classifiers.base.Fitted`."""
        return self.calibrator.apply(self.fitted.probabilities(values))


def calibrated(
    classifier: Classifier,
    values: Values,
    labels: Labels,
    patients: Labels,
    *,
    seed: int,
    folds: int = 3,
) -> Calibrated:
    """Fit a classifier and calibrate it by cross-fitting over patients.

    Each fold of patients is predicted by a classifier fitted on the others. From these predictions
    the calibrator is learned; which kind, temperature or isotonic, is chosen by the log loss on
    folds that it was not learned from.

    Parameters
    ----------
    classifier : Classifier
        The method.
    values : ndarray, shape (n, n_features)
        NaN where nothing is known.
    labels : ndarray of str, shape (n,)
        Class of each row.
    patients : ndarray of str, shape (n,)
        Whose each row is.
    seed : int
        Of the folds and of the method.
    folds : int
        2 or more.

    Returns
    -------
    Calibrated

    Raises
    ------
    ValueError
        If there are fewer patients than folds.

    Examples
    --------
    >>> from salus.treat.classifiers.logistic import Logistic
    >>> values = np.linspace(-2, 2, 90)[:, None]
    >>> labels = np.where(np.arange(90) % 3 == 0, "E11", np.where(values[:, 0] > 0, "I10", "J18"))
    >>> whose = np.arange(90).astype(str)
    >>> calibrated(Logistic(), values, labels, whose, seed=1).probabilities(values[:1]).shape
    (1, 3)

    References
    ----------
    J. Platt (1999), Probabilistic outputs for support vector machines: the cross-fitting.
    """
    within("folds", folds, 2)
    fold = grouped_folds(patients, folds, stream(seed, "calibration_folds"))
    fitted = classifier.fit(values, labels, seed)
    said = np.zeros((len(values), len(fitted.classes)))
    for part in range(folds):
        inner = classifier.fit(values[fold != part], labels[fold != part], seed)
        columns = np.searchsorted(fitted.classes, inner.classes)
        said[np.ix_(fold == part, columns)] = inner.probabilities(values[fold == part])
    truth = labels[:, None] == np.array(fitted.classes)
    tried = [_held_out(learn, said, truth, fold) for learn in LEARNERS]
    best = min(range(len(tried)), key=lambda place: _log_loss(tried[place], truth))
    return Calibrated(fitted, LEARNERS[best](said, truth), tried[best])


def _held_out(
    learn: Callable[[Values, Truth], Calibrator],
    said: Values,
    truth: Truth,
    fold: NDArray[np.int64],
) -> Values:
    answer = np.empty_like(said)
    for part in np.unique(fold):
        own = fold == part
        answer[own] = learn(said[~own], truth[~own]).apply(said[own])
    return answer


def _log_loss(said: Values, truth: Truth) -> float:
    return float(-np.log(np.maximum(said[truth], LEAST)).mean())
