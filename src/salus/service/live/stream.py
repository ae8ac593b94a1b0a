"""A stream of messages, as a use case sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.data.readings.parcel import Batch
    from salus.service.live.taken import Taken


class Stream(Protocol):
    """Messages that keep coming, and wait to be acknowledged."""

    @property
    def name(self) -> str:
        """How the audit calls it."""

    def batches(self) -> Iterator[Batch]:
        """Wait for messages and give them, until the stream ends."""

    def stored(self, batch: Batch, taken: Taken) -> None:
        """Hear that a batch is stored: from now on it may be acknowledged."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of a stream.

    Parameters
    ----------
    batches, readings, stored, refused : int
        Batches, readings of accepted messages, new ones among them, and messages refused.
    """

    batches: int = 0
    readings: int = 0
    stored: int = 0
    refused: int = 0

    def plus(self, taken: Taken) -> Followed:
        """Count one more batch."""
        return Followed(
            self.batches + 1,
            self.readings + taken.readings,
            self.stored + taken.stored,
            self.refused + len(taken.refused),
        )
