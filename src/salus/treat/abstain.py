"""When no answer is the right answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.stats.intervals import wilson_lower

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]

NEVER = 2.0
"""A threshold that no probability reaches."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least top probability that is worth saying.

    Parameters
    ----------
    accuracy : float
        Share of right answers that is aimed at, 0 to 1.
    least : float
        The threshold; ``NEVER`` where no threshold reaches the accuracy.
    answered : float
        Share of held-out patients that were answered, 0 to 1.
    """

    accuracy: float
    least: float
    answered: float

    @classmethod
    def learn(
        cls, probabilities: Values, labels: Labels, classes: Sequence[str], accuracy: float = 0.7
    ) -> Threshold:
        """Find the lowest threshold above which answers are right often enough.

        Among held-out patients whose top probability reaches the threshold, the lower end of
        Wilson's 95 % interval of the share of right answers must reach the accuracy.

        Parameters
        ----------
        probabilities : ndarray, shape (n, n_classes)
            Of held-out patients.
        labels : ndarray of str, shape (n,)
            What was true.
        classes : sequence of str
            Meaning of the columns.
        accuracy : float
            Share of right answers that is aimed at, 0 to 1.

        Returns
        -------
        Threshold

        Raises
        ------
        ValueError
            If the accuracy is out of range.

        Examples
        --------
        >>> sure = np.repeat([[0.9, 0.1], [0.6, 0.4]], 50, axis=0)
        >>> truth = np.where(np.arange(100) % 5 < 2, "b", "a")
        >>> truth[:50] = "a"
        >>> Threshold.learn(sure, truth, ("a", "b"), 0.9)
        Threshold(accuracy=0.9, least=0.9, answered=0.5)

        References
        ----------
        Y. Geifman, R. El-Yaniv (2017), Selective classification for deep neural networks.
        """
        within("accuracy", accuracy, 0, 1)
        top = probabilities.max(1)
        right = np.array(classes)[probabilities.argmax(1)] == labels
        order = np.argsort(-top, kind="stable")
        count = np.arange(1, len(top) + 1)
        enough = wilson_lower(np.cumsum(right[order]), count) >= accuracy
        # A threshold takes all patients of the same probability, or none of them.
        whole = np.append(np.diff(top[order]) < 0, True)
        places = np.flatnonzero(enough & whole)
        if not places.size:
            return cls(accuracy, NEVER, 0.0)
        last = int(places[-1])
        return cls(accuracy, float(top[order][last]), (last + 1) / len(top))


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """The range of what was learned from; beyond it nothing is known.

    A row lies outside when one of its values is further from the training range of its column than
    half that range is wide, or when it has fewer known values than any training row had.
    A column that never varied in training bounds nothing.

    Parameters
    ----------
    low, high : ndarray, shape (n_features,)
        Widest values that are still inside.
    fewest : int
        Fewest known values of a training row.
    """

    low: Values
    high: Values
    fewest: int

    @classmethod
    def of(cls, values: Values) -> Support:
        """Take the range of training rows, shape (n, n_features).

        Examples
        --------
        >>> Support.of(np.array([[0.0], [10.0]])).inside(np.array([[14.0], [16.0], [np.nan]]))
        array([ True, False, False])
        """
        known = np.isfinite(values)
        low = np.min(values, 0, initial=np.inf, where=known)
        high = np.max(values, 0, initial=-np.inf, where=known)
        varied = high > low
        slack = np.where(varied, (high - low) / 2, 0.0)
        least, most = np.where(varied, low, -np.inf), np.where(varied, high, np.inf)
        return cls(least - slack, most + slack, int(known.sum(1).min()))

    def inside(self, values: Values) -> NDArray[np.bool_]:
        """Tell for each row whether it lies inside, shape (n,)."""
        out = (values < self.low) | (values > self.high)
        return np.asarray(~out.any(1) & (np.isfinite(values).sum(1) >= self.fewest))

    def beyond(self, row: Values) -> NDArray[np.int64]:
        """List the columns of one row whose values lie outside, shape (n_outside,)."""
        return np.flatnonzero((row < self.low) | (row > self.high))


def reason(threshold: Threshold, support: Support, row: Values, top: float) -> Message | None:
    """Say why no class is named for a patient; None where one may be.

    Parameters
    ----------
    threshold : Threshold
        The least top probability.
    support : Support
        The range that was learned from.
    row : ndarray, shape (n_features,)
        What is known of the patient.
    top : float
        Probability of the most likely class, 0 to 1.

    Returns
    -------
    Message or None
    """
    if not support.inside(row[None])[0]:
        return say("this patient is unlike those that were learned from")
    if top < threshold.least:
        return say(
            "no class is likely enough to be right {accuracy:.0%} of the time",
            accuracy=threshold.accuracy,
        )
    return None
