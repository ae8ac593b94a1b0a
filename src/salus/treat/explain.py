"""Which findings moved a probability, each confirmed by asking the classifier again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.treat.feature import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.treat.classifiers.base import Fitted
    from salus.treat.feature import Feature

    Values = NDArray[np.float64]

YES_OR_NO = {Kind.SEX, Kind.TEXT, Kind.MEDICINE, Kind.CONDITION, Kind.ALLERGY}
"""What is or is not, and has no amount."""

LEAST = 0.01
"""A finding that moves the probability by less is not named."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding, and what the probability would be were it like that of most patients.

    Parameters
    ----------
    feature : Feature
        Which finding.
    value : float
        What it was.
    typical : float
        Median of the training patients.
    probability : float
        What the classifier said, 0 to 1.
    without : float
        What it said with the typical value instead, 0 to 1.
    """

    feature: Feature
    value: float
    typical: float
    probability: float
    without: float

    @property
    def because(self) -> Message:
        """The counterfactual, for people."""
        if self.feature.kind is Kind.AGE:  # to ten years, as everywhere
            return say(
                "{finding}: about {value:.0f}; were it about {typical:.0f}, {without:.0%} instead "
                "of {probability:.0%}",
                finding=self.feature.label,
                value=round(self.value, -1),
                typical=round(self.typical, -1),
                without=self.without,
                probability=self.probability,
            )
        if self.feature.kind in YES_OR_NO:
            return say(
                "{finding}: {value}; otherwise {without:.0%} instead of {probability:.0%}",
                finding=self.feature.label,
                value=say("yes") if self.value else say("no"),
                without=self.without,
                probability=self.probability,
            )
        return say(
            "{finding}: {value:.4g}; were it {typical:.4g}, {without:.0%} instead of "
            "{probability:.0%}",
            finding=self.feature.label,
            value=self.value,
            typical=self.typical,
            without=self.without,
            probability=self.probability,
        )


def reasons(
    fitted: Fitted,
    features: Sequence[Feature],
    typical: Values,
    row: Values,
    most: int = 5,
) -> tuple[Reason, ...]:
    """Ask again for the most likely class, with each finding replaced by the typical one.

    Parameters
    ----------
    fitted : Fitted
        The classifier, calibrated.
    features : sequence of Feature
        Meaning of the columns.
    typical : ndarray, shape (n_features,)
        Median of the training rows; NaN where nothing was known.
    row : ndarray, shape (n_features,)
        What is known of the patient; NaN where nothing is.
    most : int
        Reasons to give, 1 or more.

    Returns
    -------
    tuple of Reason
        The strongest first; how old a measurement is is no reason of its own.

    References
    ----------
    S. Wachter, B. Mittelstadt, C. Russell (2018), Counterfactual explanations without opening the
    black box. Harvard Journal of Law and Technology 31.
    """
    asked = [
        place
        for place, feature in enumerate(features)
        if feature.kind is not Kind.FRESHNESS
        and np.isfinite([row[place], typical[place]]).all()
        and row[place] != typical[place]
    ]
    changed = np.tile(row, (len(asked) + 1, 1))
    changed[np.arange(len(asked)), asked] = typical[asked]
    said = fitted.probabilities(changed)
    top = int(said[-1].argmax())
    moved = said[-1, top] - said[:-1, top]
    order = [
        place for place in np.argsort(-np.abs(moved), kind="stable") if abs(moved[place]) >= LEAST
    ]
    return tuple(
        Reason(
            features[asked[place]],
            float(row[asked[place]]),
            float(typical[asked[place]]),
            float(said[-1, top]),
            float(said[place, top]),
        )
        for place in order[:most]
    )
