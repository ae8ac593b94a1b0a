"""One way to decide before need is known, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.city.uncertain.risk import tail_mean
from salus.core.messages import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.core.messages import Message

TAIL = 0.95
"""Beyond this share of the scenarios lies the worst twentieth."""

MIDDLE, EXPECTED, CAUTIOUS, ROBUST = "middle", "expected", "cautious", "robust"
LABELS: dict[str, Message] = {
    MIDDLE: say("for the forecast's middle"),
    EXPECTED: say("for all scenarios, by their mean cost"),
    CAUTIOUS: say("cautious: the worst twentieth counts half"),
    ROBUST: say("robust: holds for a set of needs"),
}
SHORT: dict[str, Message] = {
    MIDDLE: say("middle"),
    EXPECTED: say("all scenarios"),
    CAUTIOUS: say("cautious"),
    ROBUST: say("robust"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What is decided before need is known, and what each scenario makes of it.

    Parameters
    ----------
    key : str
        ``middle``, ``expected``, ``cautious`` or ``robust``.
    first : ndarray, shape (f,)
        What is decided, as columns of the programme.
    decisions : tuple
        The same, as the features of the problem read it.
    unmet : ndarray, shape (K,)
        Unmet cases of each scenario, each counting as its severity.
    costs : ndarray, shape (K,)
        Weighted minutes of each scenario.
    probability : ndarray, shape (K,)
        Of the scenarios.
    """

    key: str
    first: NDArray[np.float64]
    decisions: tuple[object, ...]
    unmet: NDArray[np.float64]
    costs: NDArray[np.float64]
    probability: NDArray[np.float64]

    @property
    def label(self) -> Message:
        """What it is called."""
        return LABELS[self.key]

    @property
    def average(self) -> float:
        """Unmet cases by severity, mean of the scenarios."""
        return float(self.probability @ self.unmet)

    @property
    def tail(self) -> float:
        """Unmet cases by severity, mean of the worst twentieth (conditional value at risk)."""
        return tail_mean(self.unmet, self.probability, TAIL)

    @property
    def worst(self) -> float:
        """Unmet cases by severity in the scenario with most of them."""
        return float(self.unmet.max())

    @property
    def cost(self) -> float:
        """Weighted minutes, mean of the scenarios."""
        return float(self.probability @ self.costs)
