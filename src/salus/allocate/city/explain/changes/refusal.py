"""What a facility declines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.city.explain.changes.base import known
from salus.allocate.city.explain.names import KEYS
from salus.allocate.city.practice.rights import declined
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.problem import CityProblem
    from salus.core.errors import Faults, Where
    from salus.domain.rights import Decline


@dataclass(frozen=True, slots=True)
class Refusal:
    """A facility declines a service, a district, or what needs a resource, with a reason.

    Parameters
    ----------
    decline : Decline
        What it declines, when, and why.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.domain.rights import Decline
    >>> city = small_city(7)
    >>> kept = Refusal(Decline("H1", "no isolation room", service="surgery")).apply(city)
    >>> city.arc_minutes.size - kept.arc_minutes.size
    1
    """

    decline: Decline

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return told(self.decline, names)

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        one, before = self.decline, len(faults)
        known(problem, "facilities", (one.facility,), faults, where)
        known(problem, "services", (one.service,) if one.service else (), faults, where)
        known(problem, "resources", (one.resource,) if one.resource else (), faults, where)
        known(problem, "districts", (one.district,) if one.district else (), faults, where)
        if len(faults) == before:
            try:
                declined(problem, [one])
            except ValueError as error:
                remedy = say("decline what the facility takes in a period of the plan")
                faults.add(say("this cannot be declined"), where, remedy, str(error))

    def apply(self, problem: CityProblem) -> CityProblem:
        """Take out what is declined."""
        return declined(problem, [self.decline])


def told(decline: Decline, names: Names) -> Message:
    """Say who declines what, and why.

    Parameters
    ----------
    decline : Decline
        What is declined.
    names : Names
        What people call things.
    """
    what: str | Message
    if decline.service is not None:
        what = names.service(decline.service)
    elif decline.resource is not None:
        what = say("what needs {resource}", resource=names.resource(decline.resource))
    else:
        what = say("all care")
    if decline.district is not None:
        what = say("{what} for {district}", what=what, district=names.district(decline.district))
    return say(
        "{facility} declines {what}: {reason}",
        facility=names.facility(decline.facility),
        what=what,
        reason=decline.reason,
    )
