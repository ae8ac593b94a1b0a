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
    limits : mapping of Aim to float
        The most weighted minutes that a plan may have of an aim, before weights, 0 or more.
    tolerance : float
        Share of a level's value that the levels after it may add to it, and of one weighted
        minute where the value is less; 0 or more. Solvers round, so that 0 may leave no plan.

    Raises
    ------
    ValueError
        If an aim is not known, a weight, limit or tolerance is negative or not finite, a level
        is empty, or an aim stands on two levels; all that is wrong is named.

    Examples
    --------
    >>> Aims({Aim.TRAVEL: 0.5}).weight(Aim.TRAVEL), Aims().weight(Aim.UNMET)
    (0.5, 1.0)
    >>> Aims(order=((Aim.UNMET,), (Aim.TRAVEL,))).levels[-1][:3]
    (<Aim.WAITING: 'waiting'>, <Aim.PRACTICE: 'practice'>, <Aim.TRANSFERS: 'transfers'>)
    """

    weights: Mapping[Aim, float] = field(default_factory=lambda: MappingProxyType({}))
    order: tuple[tuple[Aim, ...], ...] = ()
    limits: Mapping[Aim, float] = field(default_factory=lambda: MappingProxyType({}))
    tolerance: float = 1e-7

    def __post_init__(self) -> None:
        """Refuse weights, levels and limits that mean nothing, naming all of them."""
        named = [aim for level in self.order for aim in level]
        faults = [
            f"an aim must be one of {', '.join(Aim)}, but is {aim}"
            for aim in dict.fromkeys((*self.weights, *named, *self.limits))
            if aim not in set(Aim)
        ]
        numbers = {f"weight of {aim}": weight for aim, weight in self.weights.items()}
        numbers |= {f"limit of {aim}": limit for aim, limit in self.limits.items()}
        faults += [
            f"{name} must be finite and 0 or more, but is {number}"
            for name, number in (numbers | {"tolerance": self.tolerance}).items()
            if not (np.isfinite(number) and number >= 0)
        ]
        faults += [
            f"{aim} must stand on one level of the order, but stands on {named.count(aim)}"
            for aim in dict.fromkeys(named)
            if named.count(aim) > 1
        ]
        faults += [
            f"a level must hold at least one aim, but level {place} holds none"
            for place, level in enumerate(self.order, 1)
            if not level
        ]
        if faults:
            raise ValueError("; ".join(faults))

    def __reduce__(self) -> tuple[type[Aims], tuple[object, ...]]:
        """Travel to other processes, which a read-only mapping does not by itself."""
        return Aims, (dict(self.weights), self.order, dict(self.limits), self.tolerance)

    def weight(self, aim: Aim) -> float:
        """Return what one weighted minute of an aim counts."""
        return self.weights.get(aim, 1.0)

    @property
    def levels(self) -> tuple[tuple[Aim, ...], ...]:
        """The levels of the order, with all aims that it does not name as the last one."""
        named = {aim for level in self.order for aim in level}
        rest = tuple(aim for aim in Aim if aim not in named)
        return (*self.order, rest) if rest else self.order
