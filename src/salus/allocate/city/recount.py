"""What the decision of a feature changes, costs and breaks, added up anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.allocate.city.aims import Aim
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.violation import Violation


@dataclass(frozen=True, slots=True, eq=False)
class Recount:
    """What a decision amounts to.

    Parameters
    ----------
    need : ndarray, shape (I, S, T), optional
        Cases that are to be served in addition, below 0 where they go to another period.
    capacity : ndarray, shape (J, R, T), optional
        Resource-days that can be used in addition, below 0 where they are given away.
    charges : mapping of Aim to float
        What it adds to the terms of the objective, before weights.
    violations : tuple of Violation
        The feature's own rules that are broken.
    """

    need: Floats | None = None
    capacity: Floats | None = None
    charges: Mapping[Aim, float] = field(default_factory=lambda: MappingProxyType({}))
    violations: tuple[Violation, ...] = ()
