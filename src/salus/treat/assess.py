"""How good a classifier is on patients it has not seen, as a whole and by subgroup."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import rankdata

from salus.core.checks import within
from salus.stats.scores import mean_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]

BINS = 15
"""Bins of the expected calibration error, as Guo et al. (2017) have them."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a classifier is worth on held-out rows.

    Parameters
    ----------
    rows : int
        How many rows were judged.
    auroc : float
        Macro average over classes, 0 to 1; NaN where no class is both present and absent.
    brier : float
        Mean squared distance of the probabilities from what was true, 0 to 2.
    log_loss : float
        Mean surprise, in nats.
    ece : float
        Expected calibration error of the most likely class, 0 to 1.
    accuracy : float
        Share of rows whose most likely class was true.
    """

    rows: int
    auroc: float
    brier: float
    log_loss: float
    ece: float
    accuracy: float


def assess(probabilities: Values, labels: Labels, classes: Sequence[str]) -> Assessment:
    """Judge probabilities by what was true.

    Parameters
    ----------
    probabilities : ndarray, shape (n, n_classes)
        Rows adding up to 1, of patients that were not trained on; at least one row.
    labels : ndarray of str, shape (n,)
        What was true; a class that was never seen in training counts as missed.
    classes : sequence of str
        Meaning of the columns.

    Returns
    -------
    Assessment

    Raises
    ------
    ValueError
        If there is no row.

    Examples
    --------
    >>> assess(np.array([[0.8, 0.2], [0.2, 0.8]]), np.array(["a", "b"]), ("a", "b")).auroc
    1.0

    References
    ----------
    C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger (2017), On calibration of modern neural networks.
    G. W. Brier (1950), Verification of forecasts expressed in terms of probability. Monthly
    Weather Review 78.
    """
    within("rows", len(labels), 1, unit="rows")
    truth = labels[:, None] == np.array(classes)
    unseen = ~truth.any(1)
    chance = np.where(truth, probabilities, 0).sum(1)
    return Assessment(
        rows=len(labels),
        auroc=mean_known(np.array([auroc(p, t) for p, t in zip(probabilities.T, truth.T)])),  # noqa: B905 - both have a column for each class
        brier=float((((probabilities - truth) ** 2).sum(1) + unseen).mean()),
        log_loss=float(-np.log(np.maximum(chance, 1e-15)).mean()),
        ece=expected_calibration_error(probabilities, truth),
        accuracy=float(_hits(probabilities, truth).mean()),
    )


def by_subgroup(
    probabilities: Values, labels: Labels, classes: Sequence[str], subgroups: Labels
) -> dict[str, Assessment]:
    """Judge each subgroup, such as women and men, by itself.

    Parameters
    ----------
    probabilities, labels, classes
        As :func:`assess` takes them.
    subgroups : ndarray of str, shape (n,)
        Subgroup of each row.

    Returns
    -------
    dict of str to Assessment
        Subgroups in the order of their names.
    """
    return {
        str(name): assess(probabilities[subgroups == name], labels[subgroups == name], classes)
        for name in np.unique(subgroups)
    }


def auroc(score: Values, truth: NDArray[np.bool_]) -> float:
    """Give the chance that a true row scores above a false one; ties count half.

    Parameters
    ----------
    score : ndarray, shape (n,)
        Higher where more likely.
    truth : ndarray of bool, shape (n,)
        What was true.

    Returns
    -------
    float
        0 to 1; NaN where all rows are true or none is.

    References
    ----------
    J. A. Hanley, B. J. McNeil (1982), The meaning and use of the area under a receiver operating
    characteristic (ROC) curve. Radiology 143.

    Examples
    --------
    >>> auroc(np.array([0.1, 0.4, 0.4]), np.array([False, True, False]))
    0.75
    """
    true = int(truth.sum())
    false = len(truth) - true
    if not true or not false:
        return math.nan
    ranks = rankdata(score)[truth].sum()
    return float((ranks - true * (true + 1) / 2) / (true * false))


def expected_calibration_error(probabilities: Values, truth: NDArray[np.bool_]) -> float:
    """Average how far confidence lies from accuracy, over equal bins of confidence.

    Parameters
    ----------
    probabilities : ndarray, shape (n, n_classes)
        Rows adding up to 1.
    truth : ndarray of bool, shape (n, n_classes)
        What was true.

    Returns
    -------
    float
        0 to 1.

    References
    ----------
    C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger (2017), On calibration of modern neural networks.
    """
    confidence = probabilities.max(1)
    bins = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(bins, confidence - _hits(probabilities, truth), BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def _hits(probabilities: Values, truth: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return truth[np.arange(len(truth)), probabilities.argmax(1)]
