"""What would become of each patient under each arm, by models that never saw the patient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.stats.splits import grouped_folds
from salus.treat.classifiers.logistic import Logistic
from salus.treat.effects.per_arm import PerArm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.effects.base import Experience

    Values = NDArray[np.float64]

FOLDS = 5
COST = 0.1
"""Weight of an error against the penalty, when the choice of an arm is learned."""
CLIP = 0.05
"""A propensity below this is raised to it, so that no single patient decides an average."""


@dataclass(frozen=True, slots=True, eq=False)
class CrossFit:
    """Predictions for each row by models that saw no row of the same patient.

    Parameters
    ----------
    experience : Experience
        The rows.
    fold : ndarray of int, shape (n,)
        Fold of each row.
    outcomes : ndarray, shape (n, n_arms)
        Predicted outcome under each arm.
    propensity : ndarray, shape (n, n_arms)
        Chance of each arm, as predicted, before clipping; 0 where it is forbidden.
    scores : ndarray, shape (n, n_arms)
        Doubly robust scores, whose mean estimates the mean outcome under each arm; NaN for an arm
        of which too little is known.
    """

    experience: Experience
    fold: NDArray[np.int64]
    outcomes: Values
    propensity: Values
    scores: Values

    @classmethod
    def of(cls, experience: Experience, seed: int) -> CrossFit:
        """Fit outcome and propensity models on all folds but one, and predict that one.

        ``score_a = m_a(x) + [a was given] (y - m_a(x)) / max(e_a(x), CLIP)``; the chance ``e`` of
        the arms that are possible adds up to 1.

        Parameters
        ----------
        experience : Experience
            Of at least ``FOLDS`` patients.
        seed : int
            Of the folds.

        Returns
        -------
        CrossFit

        Raises
        ------
        ValueError
            If there are fewer patients than folds.

        References
        ----------
        J. Robins, A. Rotnitzky, L. P. Zhao (1994), Estimation of regression coefficients when some
        regressors are not always observed. Journal of the American Statistical Association 89.
        V. Chernozhukov and others (2018), Double/debiased machine learning for treatment and
        structural parameters. Econometrics Journal 21.
        """
        fold = grouped_folds(experience.patients, FOLDS, stream(seed, "effect_folds"))
        outcomes = np.full((len(fold), experience.arms), np.nan)
        propensity = np.zeros_like(outcomes)
        for part in range(FOLDS):
            own = fold == part
            others = experience.rows(~own)
            values = experience.values[own]
            outcomes[own] = PerArm().fit(others, seed).outcomes(values)
            chooser = Logistic(COST).fit(others.values, others.arm.astype(np.str_), seed)
            columns = [int(name) for name in chooser.classes]
            propensity[np.ix_(own, columns)] = chooser.probabilities(values)
        propensity = among_possible(propensity, experience)
        scores = doubly_robust(experience, outcomes, propensity)
        return cls(experience, fold, outcomes, propensity, scores)


def doubly_robust(experience: Experience, outcomes: Values, propensity: Values) -> Values:
    """Score each arm for each patient: the prediction, mended by what was seen of the arm given.

    Parameters
    ----------
    experience : Experience
        Who was given what, and what came of it.
    outcomes, propensity : ndarray, shape (n, n_arms)
        Predicted outcome and chance of each arm, by models that never saw these patients.

    Returns
    -------
    ndarray, shape (n, n_arms)
        Whose mean over patients estimates the mean outcome under each arm.
    """
    given = experience.arm[:, None] == np.arange(experience.arms)
    error = experience.outcome[:, None] - outcomes
    return np.asarray(outcomes + given * error / np.maximum(propensity, CLIP))


def among_possible(propensity: Values, experience: Experience) -> Values:
    """Share the chances out among the arms that are possible; 0 for the others."""
    held = np.where(experience.possible, propensity, 0)
    total = held.sum(1, keepdims=True)
    return np.divide(held, total, out=np.zeros_like(held), where=total > 0)
