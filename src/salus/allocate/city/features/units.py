"""Amounts of work and the units that they are counted in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Unit(StrEnum):
    """What work is counted in."""

    HOURS = "hours"
    SHIFTS = "shifts"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that means nothing without its unit.

    Parameters
    ----------
    value : float
        How many, above 0.
    unit : Unit
        Of what.

    Raises
    ------
    ValueError
        If the value is not finite and above 0.

    Examples
    --------
    >>> str(Amount(44, Unit.HOURS))
    '44 hours'
    """

    value: float
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse what is no amount."""
        if not (np.isfinite(self.value) and self.value > 0):
            message = f"an amount must be finite and above 0, but is {self.value} {self.unit}"
            raise ValueError(message)

    def __str__(self) -> str:
        """Say the amount with its unit."""
        return f"{self.value:g} {self.unit}"
