"""One outcome model for each arm: the effect is the difference of two predictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.messages import Message, say
from salus.treat.classifiers.filling import Standard
from salus.treat.effects.base import FEWEST, Effects
from salus.treat.effects.ridge import Ridge
from salus.treat.effects.selection import telling

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.effects.base import Experience

    Values = NDArray[np.float64]

Z95 = 1.96


@dataclass(frozen=True, slots=True, eq=False)
class FittedPerArm:
    """An outcome model for each arm.

    Parameters
    ----------
    standard : Standard
        Centre and spread of each column over all arms.
    columns : ndarray of int, shape (n_columns,)
        Which of them tell something about the outcome of an arm.
    models : tuple of Ridge or None
        None for an arm of which too little is known.
    """

    standard: Standard
    columns: NDArray[np.int64]
    models: tuple[Ridge | None, ...]

    def outcomes(self, values: Values) -> Values:
        """Predict the outcome under each arm, shape (n, n_arms); NaN where not known."""
        rows = self._rows(values)
        nothing = np.full(len(rows), np.nan)
        return np.column_stack([m.predict(rows) if m else nothing for m in self.models])

    def effects(self, values: Values) -> Effects:
        """Take the differences; see :class:`~salus.treat.effects.base.FittedEffects`."""
        outcomes = self.outcomes(values)
        rows = self._rows(values)
        nothing = np.full(len(rows), np.nan)
        spread = np.column_stack([m.spread(rows) if m else nothing for m in self.models])
        point = outcomes - outcomes[:, :1]
        reach = Z95 * np.sqrt(spread + spread[:, :1])
        reach[:, 0] = 0
        return Effects(point, point - reach, point + reach)

    def _rows(self, values: Values) -> Values:
        return self.standard.rows(values)[:, self.columns]


@dataclass(frozen=True, slots=True)
class PerArm:
    """Learns the outcome under each arm from those who were given it (a T-learner).

    ``effect_a(x) = m_a(x) - m_0(x)`` with a ridge regression ``m`` for each arm, on the columns
    that tell something about the outcome of at least one arm. The interval is that of the
    difference of two independent normal posteriors; it holds the error of the line, not that of a
    relation which is no line, nor that of the choice of columns.

    References
    ----------
    S. Kuenzel, J. Sekhon, P. Bickel, B. Yu (2019), Metalearners for estimating heterogeneous
    treatment effects using machine learning. PNAS 116.
    """

    name: ClassVar[str] = "per_arm"
    label: ClassVar[Message] = say("outcome model for each treatment")

    def fit(self, experience: Experience, seed: int) -> FittedPerArm:
        """Fit each arm; see :class:`~salus.treat.effects.base.EffectModel`."""
        del seed
        standard = Standard.of(experience.values)
        rows = standard.rows(experience.values)
        arms = [
            (rows[given], experience.outcome[given]) if count >= FEWEST else None
            for given, count in zip(
                np.arange(experience.arms)[:, None] == experience.arm,
                experience.counts,
                strict=True,
            )
        ]
        told = [place for arm in arms if arm for place in telling(*arm).tolist()]
        chosen = np.unique(np.array(told, dtype=np.int64))
        models = [Ridge.fit(arm[0][:, chosen], arm[1]) if arm else None for arm in arms]
        return FittedPerArm(standard, chosen, tuple(models))
