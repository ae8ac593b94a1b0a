"""How long work tells people what it is doing, without knowing who listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from salus.core.messages import Message


class Progress(Protocol):
    """Hears what the work is doing, and how far it is."""

    def __call__(self, doing: Message, done: float) -> None:
        """Take note.

        Parameters
        ----------
        doing : Message
            What begins now.
        done : float
            Share of the whole work that is done, from 0 to 1.
        """


def silent(doing: Message, done: float) -> None:
    """Listen to nothing; the default of every long call."""
    del doing, done
