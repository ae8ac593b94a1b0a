"""What is wrong with the arrays of medicines, gathered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole


@dataclass(slots=True)
class Check:
    """Gathers faults of arrays, each with the name, the bound and the value.

    Parameters
    ----------
    faults : list of str
        What was found so far.

    Examples
    --------
    >>> check = Check()
    >>> check.amounts("doses", np.array([[1.0, -2.0]]), (1, 2))
    False
    >>> check.faults
    ['medicines.doses must be finite and 0 or more, but holds -2.0']
    """

    faults: list[str] = field(default_factory=list)

    def add(self, fault: str) -> None:
        """Take note of a fault."""
        self.faults.append(fault)

    def amounts(self, name: str, values: Floats, shape: tuple[int, ...]) -> bool:
        """Tell whether values have a shape and are finite and 0 or more."""
        if not self._shaped(name, values, shape):
            return False
        wrong = values[~(np.isfinite(values) & (values >= 0))]
        if wrong.size:
            self.add(f"medicines.{name} must be finite and 0 or more, but holds {wrong[0]}")
        return not wrong.size

    def indices(
        self, name: str, values: Whole, shape: tuple[int, ...], low: int, end: int | None = None
    ) -> bool:
        """Tell whether values have a shape and are whole, from ``low`` on and below ``end``."""
        if not self._shaped(name, values, shape):
            return False
        if not np.issubdtype(values.dtype, np.integer):
            self.add(f"medicines.{name} must hold whole numbers, but holds {values.dtype}")
            return False
        wrong = values[(values < low) | (values >= (np.inf if end is None else end))]
        bound = f"{low} or more" if end is None else f"from {low} to {end - 1}"
        if wrong.size:
            self.add(f"medicines.{name} must be {bound}, but holds {wrong[0]}")
        return not wrong.size

    def _shaped(self, name: str, values: Floats | Whole, shape: tuple[int, ...]) -> bool:
        if values.shape != shape:
            self.add(f"medicines.{name} must have shape {shape}, but has {values.shape}")
        return values.shape == shape
