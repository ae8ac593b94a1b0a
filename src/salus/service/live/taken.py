"""What became of messages that were handed in."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.errors import Fault, InputError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message that was refused whole.

    Parameters
    ----------
    parcel : int
        Which of the batch, from 0.
    faults : tuple of Fault
        Everything that is wrong with it; none repeats a value.
    """

    parcel: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch.

    Parameters
    ----------
    readings : int
        Readings of the messages that were taken.
    stored : int
        Of them those that were new; the others were known by source and sequence.
    refused : tuple of Refusal
        Messages that were not taken, in their order.
    """

    readings: int
    stored: int
    refused: tuple[Refusal, ...]

    @property
    def duplicates(self) -> int:
        """Readings that were known already."""
        return self.readings - self.stored

    def stop(self) -> None:
        """Raise the faults of what was refused; return quietly when nothing was.

        Raises
        ------
        InputError
            With all faults of all refused messages.
        """
        faults = [fault for each in self.refused for fault in each.faults]
        if faults:
            raise InputError(*faults)
