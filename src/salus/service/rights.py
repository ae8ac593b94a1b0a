"""What people state about the rules of a plan, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.data.region.region import Region


def rights_assumptions(region: Region) -> Iterator[Message]:
    """Say which overrides, reserves and declines a plan follows.

    Parameters
    ----------
    region : Region
        That is planned.

    Yields
    ------
    Message
        None where the files state none.
    """
    if region.overrides:
        yield say(
            "Overrides, each with a reason, let journeys pass whatever practice says: {count:,}.",
            count=len(region.overrides),
        )
    if kept := [each for each in region.supplies if each.reserve > 0]:
        yield say(
            "Facilities keep units for themselves, which no plan uses: {count:,}; the target "
            "occupancy is of the rest.",
            count=sum(each.reserve for each in kept),
        )
    if region.declines:
        yield say(
            "Facilities decline care, each with a reason, and the plan is made without it: "
            "{count:,}. What is declined on some days, the greedy plan and the status quo do "
            "without on all.",
            count=len(region.declines),
        )
