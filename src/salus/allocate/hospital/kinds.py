"""Nurses, surgeons, theatres and rooms within a sentence: what each is, and its name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Mapping

NURSE, SURGEON = say("nurse {name}"), say("surgeon {name}")
THEATRE, ROOM = say("theatre {name}"), say("room {name}")
SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        NURSE.text: ("nurse", "护士"),
        SURGEON.text: ("surgeon", "医生"),
        THEATRE.text: ("theatre", "theater", "手术室"),
        ROOM.text: ("room", "病房"),
    }
)
"""What a name holds that says by itself what it names."""


def named(kind: Message, name: str) -> Message | str:
    """Name something with what it is, unless its name says that.

    Parameters
    ----------
    kind : Message
        ``NURSE``, ``SURGEON``, ``THEATRE`` or ``ROOM``.
    name : str
        As the hospital calls it.

    Returns
    -------
    Message or str

    Examples
    --------
    >>> str(named(THEATRE, "t0")), str(named(THEATRE, "Theatre A"))
    ('theatre t0', 'Theatre A')
    """
    if any(word in name.casefold() for word in SAID[kind.text]):
        return name
    return Message(kind.text, {"name": name})
