"""What the records of people were good for: quality, queue and advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.service.advice.advised import Advised
    from salus.service.clean_records import CleanedRecords
    from salus.service.dispatch_queue import Queued
    from salus.service.link_records import LinkedRecords
    from salus.service.records import Records
    from salus.service.watched import Watched


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """The region's own records, ready for every engine.

    Parameters
    ----------
    cleaned : CleanedRecords
        What was mended, left out, and is missing.
    linked : LinkedRecords
        Who was registered twice; its records are what the engines see.
    watched : Watched
        Which indicator left its usual range.
    """

    cleaned: CleanedRecords
    linked: LinkedRecords
    watched: Watched

    @property
    def records(self) -> Records:
        """What the engines see."""
        return self.linked.records


@dataclass(frozen=True, slots=True, eq=False)
class Care:
    """What the records of people were good for.

    Parameters
    ----------
    own : Prepared or None
        The region's own records; ``None`` where it has none, and people were made up as guests.
    queued : Queued
        The queue, dispatched.
    advised : Advised
        Advice for some patients.
    """

    own: Prepared | None
    queued: Queued
    advised: Advised
