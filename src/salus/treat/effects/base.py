"""The promise every effect model keeps, and what it learns from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np

from salus.core.checks import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.core.messages import Message

    Values = NDArray[np.float64]

FEWEST = 20
"""An arm that fewer rows were given has no effect estimated; it is NaN."""


@dataclass(frozen=True, slots=True, eq=False)
class Experience:
    """Who was given what, and what came of it.

    Parameters
    ----------
    values : ndarray, shape (n, n_features)
        What was known before the choice; NaN where nothing was.
    arm : ndarray of int, shape (n,)
        Place of the arm that was given.
    outcome : ndarray, shape (n,)
        What was measured after, finite, in one unit.
    patients : ndarray of str, shape (n,)
        Whose each row is.
    arms : int
        How many arms there are; the first is the reference. 2 or more.
    forbidden : ndarray of bool, shape (n, n_arms), optional
        Arms that a hard rule takes away from a patient, such as an allergy does: nothing can be
        said of what they would do there. None, when not given.

    Raises
    ------
    ValueError
        If lengths differ, an arm does not exist, or an outcome is not finite.
    """

    values: Values
    arm: NDArray[np.int64]
    outcome: Values
    patients: NDArray[np.str_]
    arms: int
    forbidden: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        """Refuse rows that do not belong together."""
        rows = len(self.values)
        within("arms", self.arms, 2)
        for name in ("arm", "outcome", "patients"):
            within(name, len(getattr(self, name)), rows, rows, "rows")
        within("arm", int(self.arm.max(initial=0)), 0, self.arms - 1)
        within("finite outcomes", int(np.isfinite(self.outcome).sum()), rows, rows)

    def rows(self, kept: NDArray[np.bool_]) -> Experience:
        """Keep some rows."""
        return Experience(
            self.values[kept],
            self.arm[kept],
            self.outcome[kept],
            self.patients[kept],
            self.arms,
            None if self.forbidden is None else self.forbidden[kept],
        )

    @property
    def counts(self) -> NDArray[np.int64]:
        """Rows of each arm, shape (n_arms,)."""
        return np.bincount(self.arm, minlength=self.arms)

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Which arms each patient could be given, shape (n, n_arms)."""
        if self.forbidden is None:
            return np.ones((len(self.arm), self.arms), dtype=bool)
        return ~self.forbidden


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """What each arm changes in the outcome against the reference arm.

    Parameters
    ----------
    point, lower, upper : ndarray, shape (n, n_arms)
        In the unit of the outcome, with a 95 % interval; 0 for the reference, NaN for an arm of
        which too little is known.
    """

    point: Values
    lower: Values
    upper: Values


class FittedEffects(Protocol):
    """What an effect model has learned."""

    def effects(self, values: Values) -> Effects:
        """Estimate what each arm would change for each patient.

        Parameters
        ----------
        values : ndarray, shape (n, n_features)
            What is known of each patient; NaN where nothing is.

        Returns
        -------
        Effects
        """


class EffectModel(Protocol):
    """Learns what each arm does from experience.

    Attributes
    ----------
    name : str
        Key of the method.
    label : Message
        Name of the method for people.
    """

    name: ClassVar[str]
    label: ClassVar[Message]

    def fit(self, experience: Experience, seed: int) -> FittedEffects:
        """Learn; the same experience and seed give the same answer, bit for bit."""
