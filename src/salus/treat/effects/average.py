"""The average effect of each arm, corrected for who was given what."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from salus.treat.effects.crossfit import CLIP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.effects.crossfit import CrossFit

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its interval.

    Parameters
    ----------
    point, lower, upper : float
        In the unit of the outcome, with a 95 % interval; NaN where too little is known.
    """

    point: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class ArmAverage:
    """What one arm changes on average, and how comparable its patients were.

    Parameters
    ----------
    effect : Mean
        Against the reference arm, over all patients for whom both were possible. The intervals of
        all arms hold together in at least 95 of 100 cities, for they are read side by side.
    among : int
        Rows of these patients.
    given : int
        Rows of this arm among them.
    effective : float
        Kish's effective sample size of these rows under inverse propensity weights.
    clipped : float
        Share of these rows whose propensity for this arm lay below the clip, 0 to 1: patients like
        these hardly ever got it.
    """

    effect: Mean
    among: int
    given: int
    effective: float
    clipped: float


def averages(fit: CrossFit) -> tuple[ArmAverage, ...]:
    """Average the effect of each arm by augmented inverse probability weighting.

    Parameters
    ----------
    fit : CrossFit
        Doubly robust scores.

    Returns
    -------
    tuple of ArmAverage
        One for each arm; the reference has effect 0.

    References
    ----------
    J. Robins, A. Rotnitzky, L. P. Zhao (1994), Estimation of regression coefficients when some
    regressors are not always observed. Journal of the American Statistical Association 89.
    L. Kish (1965), Survey sampling.
    """
    return tuple(_average(fit, arm) for arm in range(fit.experience.arms))


def _average(fit: CrossFit, arm: int) -> ArmAverage:
    rows = fit.experience
    among = rows.possible[:, arm] & rows.possible[:, 0]
    given = among & (rows.arm == arm)
    weight = 1 / np.maximum(fit.propensity[given, arm], CLIP)
    effective = weight.sum() ** 2 / (weight**2).sum() if given.any() else 0.0
    difference = fit.scores[among, arm] - fit.scores[among, 0]
    clipped = (fit.propensity[among, arm] < CLIP).mean() if among.any() else 1.0
    return ArmAverage(
        mean_by_patient(difference, rows.patients[among], rows.arms - 1),
        int(among.sum()),
        int(given.sum()),
        float(effective),
        float(clipped),
    )


def mean_by_patient(values: Values, patients: NDArray[np.str_], family: int = 1) -> Mean:
    """Average rows, with an interval that takes the rows of one patient together.

    Parameters
    ----------
    values : ndarray, shape (n,)
        What to average.
    patients : ndarray of str, shape (n,)
        Whose each row is.
    family : int
        How many means are read side by side, 1 or more; all their intervals hold together in at
        least 95 of 100 cases.

    Returns
    -------
    Mean
        NaN where a value is, and where there is none.

    Examples
    --------
    >>> mean_by_patient(np.array([1.0, 3.0]), np.array(["p", "q"])).point
    2.0

    References
    ----------
    K.-Y. Liang, S. L. Zeger (1986), Longitudinal data analysis using generalized linear models.
    Biometrika 73.
    O. J. Dunn (1961), Multiple comparisons among means. Journal of the American Statistical
    Association 56, for the family.
    """
    if not values.size:
        return Mean(math.nan, math.nan, math.nan)
    point = float(values.mean())
    names, place = np.unique(patients, return_inverse=True)
    sums = np.bincount(place, values - point, len(names))
    correction = len(names) / max(len(names) - 1, 1)
    z = NormalDist().inv_cdf(1 - 0.05 / (2 * family))
    reach = z * math.sqrt(float((sums**2).sum()) * correction) / len(values)
    return Mean(point, point - reach, point + reach)
