"""What a plan strives for, and what counts how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping


class Aim(StrEnum):
    """A term of the objective; each is counted in weighted minutes and made small."""

    UNMET = "unmet"
    WAITING = "waiting"
    TRAVEL = "travel"
    PRACTICE = "practice"
    TRANSFERS = "transfers"
    LENDING = "lending"
    SURGE = "surge"
    WASTE = "waste"
    COST = "cost"
    UNFAIRNESS = "unfairness"


@dataclass(frozen=True, slots=True)
class Aims:
    """How the terms of the objective are weighed against one another.

    Parameters
    ----------
    weights : mapping of Aim to float
        What one weighted minute of an aim counts, 0 or more; 1 where an aim is not named.
    order : tuple of tuple of Aim
        Lexicographic levels: the first is made as small as it can be, then the next without
        giving up any of the first, and so on; aims that are not named share a last level.
        Empty: all are weighed together.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or an aim stands on two levels.

    Examples
    --------
    >>> Aims({Aim.TRAVEL: 0.5}).weight(Aim.TRAVEL), Aims().weight(Aim.UNMET)
    (0.5, 1.0)
    """

    weights: Mapping[Aim, float] = field(default_factory=lambda: MappingProxyType({}))
    order: tuple[tuple[Aim, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse weights and levels that mean nothing, naming all of them."""
        faults = [
            f"weight of {aim} must be finite and 0 or more, but is {weight}"
            for aim, weight in self.weights.items()
            if not (np.isfinite(weight) and weight >= 0)
        ]
        named = [aim for level in self.order for aim in level]
        faults += [
            f"{aim} must stand on one level of the order, but stands on {named.count(aim)}"
            for aim in dict.fromkeys(named)
            if named.count(aim) > 1
        ]
        if faults:
            raise ValueError("; ".join(faults))

    def weight(self, aim: Aim) -> float:
        """Return what one weighted minute of an aim counts."""
        return self.weights.get(aim, 1.0)
