"""What each way of choosing a treatment was truly worth, by the truth of a made-up city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.stats.scores import mean_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from salus.core.messages import Message
    from salus.service.advice.advised import HeldOut
    from salus.treat.effects.average import Mean
    from salus.treat.valuing import Choice, Tried

    Values = NDArray[np.float64]
    Truth = Mapping[tuple[str, str, str], float]


@dataclass(frozen=True, slots=True)
class WayRight:
    """What was said of one way of choosing, and what is true.

    Parameters
    ----------
    key : str
        Key of the way.
    label : Message
        Name of the way for people.
    said : Mean
        How much better than practice it was estimated to be, in standard deviations of the outcome.
    truth : float
        How much better it truly is, on the same patients.
    """

    key: str
    label: Message
    said: Mean
    truth: float

    @property
    def inside(self) -> bool:
        """Whether the interval holds the truth."""
        return self.said.lower <= self.truth <= self.said.upper


def ways_right(held_out: HeldOut, outcomes: Truth) -> tuple[WayRight, ...]:
    """Compare each way of choosing with the outcomes that each arm would truly have.

    Parameters
    ----------
    held_out : HeldOut
        What was tried on patients that nothing was learned from.
    outcomes : mapping
        True outcome by patient, category of ICD-10, and medicines of the arm.

    Returns
    -------
    tuple of WayRight
        In the order of the ways; none where none was tried.
    """
    true = [_true(each, outcomes) for each in held_out.tried]
    return tuple(
        WayRight(
            valued.key,
            valued.label,
            valued.gain,
            mean_known(
                np.concatenate(
                    [
                        _gains(each, each.choices[way], table)
                        for each, table in zip(held_out.tried, true, strict=True)
                    ]
                )
            ),
        )
        for way, valued in enumerate(held_out.valued)
    )


def _true(tried: Tried, outcomes: Truth) -> Values:
    arms = ["+".join(arm.medicines) for arm in tried.plan.arms]
    people = tried.seen.patients.tolist()
    icd10 = tried.plan.icd10
    return np.array([[outcomes.get((who, icd10, arm), np.nan) for arm in arms] for who in people])


def _gains(tried: Tried, choice: Choice, true: Values) -> Values:
    rows = np.arange(len(choice.arm))
    better = true[rows, choice.arm] - true[rows, tried.seen.arm]
    return np.asarray(tried.plan.outcome.better.sign * better / tried.spread)
