"""The same effect for everybody: what every other effect model must beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.messages import Message, say
from salus.treat.effects.average import ArmAverage, averages
from salus.treat.effects.base import Effects
from salus.treat.effects.crossfit import CrossFit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.effects.base import Experience

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FittedConstant:
    """The average effect of each arm.

    Parameters
    ----------
    averages : tuple of ArmAverage
        One for each arm.
    """

    averages: tuple[ArmAverage, ...]

    def effects(self, values: Values) -> Effects:
        """Give everyone the same; see :class:`~salus.treat.effects.base.FittedEffects`."""
        means = [each.effect for each in self.averages]
        rows = np.array([(mean.point, mean.lower, mean.upper) for mean in means])
        return Effects(*np.tile(rows.T[:, None, :], (1, len(values), 1)))


@dataclass(frozen=True, slots=True)
class Constant:
    """Gives every patient the average effect of each arm, corrected for who was given what."""

    name: ClassVar[str] = "constant"
    label: ClassVar[Message] = say("average effect")

    def fit(self, experience: Experience, seed: int) -> FittedConstant:
        """Average; see :class:`~salus.treat.effects.base.EffectModel`."""
        return FittedConstant(averages(CrossFit.of(experience, seed)))
