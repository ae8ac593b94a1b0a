"""What an association is taught: what was given, or what did patients good."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.treat.association.base import Lesson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.effects.crossfit import CrossFit

    Values = NDArray[np.float64]

LABELS = {"practice": say("what was given"), "benefit": say("what did good")}


class Target(StrEnum):
    """Which arm a patient is to be associated with."""

    PRACTICE = "practice"
    """The arm that was given. Whoever learns this imitates practice, and is as good as it is."""
    BENEFIT = "benefit"
    """The arm of the best doubly robust score, the patient counting by what hangs on it."""

    @property
    def label(self) -> Message:
        """Name for people."""
        return LABELS[self.value]

    def lesson(self, fit: CrossFit, sign: float) -> Lesson:
        """Make the lesson of this target from what was learned by cross-fitting.

        For the benefit, choosing the arm for each patient is a classification in which a mistake
        costs what it loses: the label is the possible arm of the best score, the weight how far
        that score lies above the mean of the possible arms.

        Parameters
        ----------
        fit : CrossFit
            Who was given what, and the doubly robust scores.
        sign : float
            1 where a higher outcome is better, -1 where a lower one is.

        Returns
        -------
        Lesson

        References
        ----------
        S. Athey, S. Wager (2021), Policy learning with observational data. Econometrica 89.
        Z. Zhou, S. Athey, S. Wager (2023), Offline multi-action policy learning. Operations
        Research 71.
        """
        rows = fit.experience
        if self is Target.PRACTICE:
            return Lesson(rows.values, rows.arm, np.ones(len(rows.arm)), rows.arms)
        usable = rows.possible & np.isfinite(fit.scores)
        score = np.where(usable, sign * fit.scores, -np.inf)
        best = score.argmax(1)
        mean = np.where(usable, score, 0).sum(1) / np.maximum(usable.sum(1), 1)
        weight = score[np.arange(len(best)), best] - mean
        kept = np.flatnonzero(np.isfinite(weight) & (weight > 0))
        if not kept.size:
            # Nothing tells the arms apart: everybody is associated with the reference.
            return Lesson(rows.values, np.zeros_like(rows.arm), np.ones(len(best)), rows.arms)
        return Lesson(rows.values[kept], best[kept], weight[kept], rows.arms)
