"""Treatments of five conditions, who is given which, and what each would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.data.synthetic.published import published

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Features = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Arm:
    """One treatment among those of a condition.

    Parameters
    ----------
    medicine : str
        Key of the medicine.
    average : float
        Effect on a patient whose features are all zero, in the unit of the sign.
    logit : float
        Log-odds of being given, against the first arm.
    modifiers : mapping of str to float
        Change of the effect per unit of each feature.
    drawn_by : mapping of str to float
        Change of the log-odds per unit of each feature: the confounding.
    """

    medicine: str
    average: float
    logit: float = 0.0
    modifiers: Mapping[str, float] = field(default_factory=dict)
    drawn_by: Mapping[str, float] = field(default_factory=dict)

    def effect(self, features: Features) -> NDArray[np.float64]:
        """Return the effect on each patient, in the unit of the sign."""
        return self.average + _weighted(self.modifiers, features)

    def pull(self, features: Features) -> NDArray[np.float64]:
        """Return the log-odds of being given, against the first arm."""
        return self.logit + _weighted(self.drawn_by, features)


@dataclass(frozen=True, slots=True)
class Treatment:
    """The arms for one condition, and how the outcome is measured.

    Parameters
    ----------
    disease, sign : str
        Keys of the condition and of the outcome.
    better : str
        ``up`` or ``down``.
    centre, step : float
        The baseline feature is (baseline - centre) / step.
    after_days : int
        Days from treatment to outcome.
    carried, reverts_to, noise : float
        The outcome without effect is carried x (baseline - reverts_to) + reverts_to, with noise of
        this standard deviation.
    source : str
        Where the average effects come from.
    arms : tuple of Arm
        At least two; the first is the reference.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    disease: str
    sign: str
    better: str
    centre: float
    step: float
    after_days: int
    carried: float
    reverts_to: float
    noise: float
    source: str
    arms: tuple[Arm, ...]

    def __post_init__(self) -> None:
        """Refuse a treatment that compares nothing."""
        within(f"{self.disease}, number of arms", len(self.arms), 2)
        within(f"{self.disease}.after_days", self.after_days, 1, 365, "days")
        within(f"{self.disease}.carried", self.carried, 0, 1)


@cache
def treatments() -> tuple[Treatment, ...]:
    """Return the treatments of the five conditions.

    Examples
    --------
    >>> [len(each.arms) for each in treatments()]
    [4, 4, 4, 4, 4]
    """
    return tuple(
        Treatment(
            arms=tuple(Arm(**arm) for arm in row["arm"]),
            **{key: value for key, value in row.items() if key != "arm"},
        )
        for row in published("treatments")["treatment"]
    )


def _weighted(weights: Mapping[str, float], features: Features) -> NDArray[np.float64]:
    start = 0.0 * next(iter(features.values()))
    return sum((weight * features[name] for name, weight in weights.items()), start=start)
