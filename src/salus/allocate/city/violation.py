"""A rule that a plan breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.city.constraints import Constraint
    from salus.core.messages import Message

TOLERANCE = 1e-6
"""A breach counts when it exceeds this share of its limit, or this much where the limit is < 1.

That is the rounding of solvers, far below one case.
"""


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that is broken in one place.

    Parameters
    ----------
    constraint : Constraint
        The rule.
    where : Message
        The place, by its keys.
    amount : float
        By how much, in the unit of the rule, above 0.
    """

    constraint: Constraint
    where: Message
    amount: float
