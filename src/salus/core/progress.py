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


def part_of(progress: Progress, begin: float, end: float) -> Progress:
    """Let a part of the work report as if it were the whole.

    Parameters
    ----------
    progress : Progress
        Who hears about the whole.
    begin, end : float
        The share that is done before the part and after it, from 0 to 1.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> heard = []
    >>> part_of(lambda doing, done: heard.append(done), 0.5, 0.75)(say("counting"), 0.5)
    >>> heard
    [0.625]
    """

    def hear(doing: Message, done: float) -> None:
        progress(doing, begin + (end - begin) * done)

    return hear
