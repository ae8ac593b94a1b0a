"""The promise every association of patients with arms keeps, and what it is taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np

from salus.core.checks import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.core.messages import Message

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Which arm is to be associated with each patient, and how much each patient counts.

    Parameters
    ----------
    values : ndarray, shape (n, n_features)
        What was known before the choice; NaN where nothing was.
    arm : ndarray of int, shape (n,)
        Place of the arm to be associated.
    weight : ndarray, shape (n,)
        How much each patient counts, more than 0.
    arms : int
        How many arms there are, 2 or more.

    Raises
    ------
    ValueError
        If lengths differ, an arm does not exist, or a weight is not above 0.
    """

    values: Values
    arm: NDArray[np.int64]
    weight: Values
    arms: int

    def __post_init__(self) -> None:
        """Refuse rows that do not belong together."""
        rows = len(self.values)
        within("arms", self.arms, 2)
        within("rows", rows, 1)
        for name in ("arm", "weight"):
            within(name, len(getattr(self, name)), rows, rows, "rows")
        within("arm", int(self.arm.max()), 0, self.arms - 1)
        within("weights above 0", int((self.weight > 0).sum()), rows, rows)

    def take(self, rows: NDArray[np.int64]) -> Lesson:
        """Take some of the rows, by their places."""
        return Lesson(self.values[rows], self.arm[rows], self.weight[rows], self.arms)


class FittedAssociation(Protocol):
    """What an association has learned."""

    def strengths(self, values: Values) -> Values:
        """Say how strongly each patient is associated with each arm.

        Parameters
        ----------
        values : ndarray, shape (n, n_features)
            What is known of each patient; NaN where nothing is. The array is not changed.

        Returns
        -------
        ndarray, shape (n, n_arms)
            Greater is stronger; they order the arms and are no chances. Minus infinity for an arm
            that no lesson was about. A row's answer does not depend on the other rows.
        """


class Association(Protocol):
    """Learns which arm goes with which patient; ``checks.check_association`` tests the promise.

    Attributes
    ----------
    name : str
        Key of the method, such as ``support_vectors``.
    label : Message
        Name of the method for people.
    """

    name: ClassVar[str]
    label: ClassVar[Message]

    def fit(self, lesson: Lesson, seed: int) -> FittedAssociation:
        """Learn; the same lesson and seed give the same answer, bit for bit."""


def drawn(lesson: Lesson, most: int, rng: np.random.Generator) -> Lesson:
    """Draw at most so many rows of a lesson, so that the time stays bounded in large cities."""
    if len(lesson.arm) <= most:
        return lesson
    return lesson.take(np.sort(rng.choice(len(lesson.arm), most, replace=False)))


def spread(strengths: Values, taught: NDArray[np.int64], arms: int) -> Values:
    """Lay out the strengths of the arms that were taught among all arms, shape (n, n_arms).

    Examples
    --------
    >>> spread(np.array([[1.0, 2.0]]), np.array([0, 2]), 3)
    array([[  1., -inf,   2.]])
    """
    whole = np.full((len(strengths), arms), -np.inf)
    whole[:, taught] = strengths
    return whole
