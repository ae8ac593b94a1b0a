"""What the records of people were good for: quality, queue and advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.service.dispatch_queue import Queued


@dataclass(frozen=True, slots=True, eq=False)
class Care:
    """What the records of people were good for.

    Parameters
    ----------
    guests : bool
        Whether these people were made up for a region that has no records of its own.
    queued : Queued
        The queue, dispatched.
    """

    guests: bool
    queued: Queued
