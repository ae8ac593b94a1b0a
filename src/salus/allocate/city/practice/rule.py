"""The rules of practice, and what breaking each costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.constraints import Constraint
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.messages import Message


class Rule(StrEnum):
    """A rule that a journey may break.

    With ``g`` the tier of the facility, ``low`` the lowest tier able to give the service,
    ``first`` that of first contact and ``down`` that to which cases step down:

    - ``ABLE``: the facility is not able, ``g < low``;
    - ``UPWARD`` (上转): the case is referred upward, to what its service demands, from ``first``
      to ``min(g, max(low, first))``;
    - ``FIRST_CONTACT`` (首诊): the case goes past the tier that its service demands,
      ``g > max(low, first)``;
    - ``STEP_DOWN`` (下转): a case that could step down is kept higher up, ``g > down``;
    - ``CONSORTIUM`` (医共体), ``INSURANCE``: the facility is not in the area of the district.

    Each tier too low or too high counts once.
    """

    ABLE = "able"
    UPWARD = "upward"
    FIRST_CONTACT = "first contact"
    STEP_DOWN = "step-down"
    CONSORTIUM = "consortium"
    INSURANCE = "insurance"


CAUSES: Mapping[Rule, Message] = MappingProxyType(
    {
        Rule.ABLE: say("the facility's tier is not able to give this care"),
        Rule.UPWARD: say("referred upward"),
        Rule.FIRST_CONTACT: say("past the tier of first contact"),
        Rule.STEP_DOWN: say("kept above the tier to step down to"),
        Rule.CONSORTIUM: say("outside the consortium"),
        Rule.INSURANCE: say("outside the insurance area"),
    }
)
"""What is said of a journey that breaks a rule."""

PRACTICE = Constraint(
    "practice",
    say("Journeys that practice forbids are left out; what it prices adds minutes to the journey."),
    ("districts", "facilities", "services"),
    say("weighted minutes"),
    "price_ijs = sum over the rules of minutes_rule tiers_ijs, or x_ijst = 0 where forbidden",
)
CONSTRAINTS = (PRACTICE,)


@dataclass(frozen=True, slots=True)
class Terms:
    """Which rules hold, and what breaking them costs.

    Parameters
    ----------
    minutes : mapping of Rule to float
        Weighted minutes that a break of each rule adds to a journey, 0 or more; rules about
        tiers cost them for each tier.
    forbidden : frozenset of Rule
        Rules that no journey may break. A rule that is neither priced nor here does not hold.

    Raises
    ------
    ValueError
        If minutes are negative or not finite, or a rule is both priced and forbidden.

    Examples
    --------
    >>> Terms({Rule.CONSORTIUM: 45.0}).minutes[Rule.CONSORTIUM]
    45.0
    """

    minutes: Mapping[Rule, float] = field(
        default_factory=lambda: MappingProxyType(
            {
                Rule.UPWARD: 10.0,
                Rule.FIRST_CONTACT: 30.0,
                Rule.STEP_DOWN: 20.0,
                Rule.CONSORTIUM: 45.0,
                Rule.INSURANCE: 30.0,
            }
        )
    )
    forbidden: frozenset[Rule] = frozenset({Rule.ABLE})

    def __post_init__(self) -> None:
        """Refuse terms that mean nothing, naming all of them."""
        faults = [
            f"minutes of {rule} must be finite and 0 or more, but are {minutes}"
            for rule, minutes in self.minutes.items()
            if not (np.isfinite(minutes) and minutes >= 0)
        ]
        faults += [
            f"{rule} must be priced or forbidden, but is both"
            for rule in self.minutes
            if rule in self.forbidden
        ]
        if faults:
            raise ValueError("; ".join(faults))
