"""Teaching every association both targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.treat.association.neural_network import NeuralNetwork
from salus.treat.association.support_vectors import SupportVectors
from salus.treat.association.target import Target

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.association.base import Association, FittedAssociation
    from salus.treat.effects.crossfit import CrossFit

    Values = NDArray[np.float64]

ASSOCIATIONS: tuple[Association, ...] = (SupportVectors(), NeuralNetwork())
"""What is compared."""

KEYS = frozenset(f"{method.name}_{target.value}" for method in ASSOCIATIONS for target in Target)
"""Of each method with each target."""


@dataclass(frozen=True, slots=True, eq=False)
class Associated:
    """One association of patients with the arms of a plan.

    Parameters
    ----------
    method : str
        Key of the method.
    name : Message
        Name of the method for people.
    target : Target
        What it was taught.
    fitted : FittedAssociation
        What it has learned.
    """

    method: str
    name: Message
    target: Target
    fitted: FittedAssociation

    @property
    def key(self) -> str:
        """Key of method and target, such as ``support_vectors_benefit``."""
        return f"{self.method}_{self.target.value}"

    @property
    def label(self) -> Message:
        """Name of method and target for people."""
        return say("{method}, taught {target}", method=self.name, target=self.target.label)

    def choose(self, values: Values, possible: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Choose the possible arm that each patient is associated with most, shape (n,)."""
        return np.where(possible, self.fitted.strengths(values), -np.inf).argmax(1)


def associate(fit: CrossFit, sign: float, seed: int) -> tuple[Associated, ...]:
    """Teach every association what was given, and what did good.

    Parameters
    ----------
    fit : CrossFit
        Who was given what, and the doubly robust scores.
    sign : float
        1 where a higher outcome is better, -1 where a lower one is.
    seed : int
        Of draws and networks.

    Returns
    -------
    tuple of Associated
        For each method both targets.
    """
    lessons = {target: target.lesson(fit, sign) for target in Target}
    return tuple(
        Associated(method.name, method.label, target, method.fit(lesson, seed))
        for method in ASSOCIATIONS
        for target, lesson in lessons.items()
    )
