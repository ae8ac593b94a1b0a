"""Whether choosing for each patient helps more than one arm for all, judged off-line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.treat.effects.average import Mean, mean_by_patient

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.effects.crossfit import CrossFit

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """What choosing for each patient is worth.

    Parameters
    ----------
    gain : Mean
        Mean benefit of the individual choice over the single best arm, 95 % interval, in the unit
        of the outcome; positive is better whatever the direction of the outcome.
    differs : float
        Share of patients for whom the two choices differ, 0 to 1.
    """

    gain: Mean
    differs: float

    @property
    def beaten(self) -> bool:
        """Whether the individual choice is better for sure: the whole interval lies above 0."""
        return self.gain.lower > 0


def policy_value(fit: CrossFit, sign: float) -> PolicyValue:
    """Estimate what the individual choice is worth, by doubly robust scores.

    For each patient the possible arm of best predicted outcome is taken, by models that never saw
    the patient, and compared with the possible arm of best average score on the other folds.

    Parameters
    ----------
    fit : CrossFit
        Predictions and scores.
    sign : float
        1 where a higher outcome is better, -1 where a lower one is.

    Returns
    -------
    PolicyValue
        NaN where fewer than two arms are known.

    References
    ----------
    M. Dudik, J. Langford, L. Li (2011), Doubly robust policy evaluation and learning. ICML.
    """
    known = np.flatnonzero(np.isfinite(fit.scores).all(0))
    if len(known) < 2:  # noqa: PLR2004 - a choice has two arms
        return PolicyValue(Mean(np.nan, np.nan, np.nan), 0.0)
    possible = fit.experience.possible[:, known]
    benefit, score = sign * fit.outcomes[:, known], sign * fit.scores[:, known]
    own = np.where(possible, benefit, -np.inf).argmax(1)
    single = np.empty_like(own)
    for part in np.unique(fit.fold):
        here = fit.fold == part
        average = _means(score[~here], possible[~here])
        single[here] = np.where(possible[here], average, -np.inf).argmax(1)
    rows = np.arange(len(own))
    gain = mean_by_patient(score[rows, own] - score[rows, single], fit.experience.patients)
    return PolicyValue(gain, float((own != single).mean()))


def _means(score: Values, possible: NDArray[np.bool_]) -> Values:
    return np.where(possible, score, 0).sum(0) / np.maximum(possible.sum(0), 1)
