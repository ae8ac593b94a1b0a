"""What the plan does with medicines, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Dispensed:
    """What is ordered, sent, given, what expires and what is left.

    Units of a medicine with the same last usable period are one batch; all that outlasts the plan
    is one. Places are the facilities, then the depots.

    Parameters
    ----------
    medicine, last : ndarray of int, shape (L,)
        Medicine and last usable period of each batch; T where it outlasts the plan.
    ordered : ndarray, shape (K, T)
        Units ordered from each offer in each period.
    shipped : ndarray, shape (N, L, T)
        Units of each batch that leave on each route in each period.
    used : ndarray, shape (J, L, T)
        Units given at each facility.
    expired : ndarray, shape (P, L, T)
        Units that expire at the end of each period.
    stock : ndarray, shape (P, L, T)
        Units left at the end of each period.
    """

    medicine: Whole
    last: Whole
    ordered: Floats
    shipped: Floats
    used: Floats
    expired: Floats
    stock: Floats
