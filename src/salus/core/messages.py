"""Sentences for people, kept apart from the language they are read in.

A wing says *what* it means with :func:`say`: an English template and its values. A face renders
the message in the reader's language. The English template is the key of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Value: TypeAlias = "str | int | float | date | Message | tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Message:
    """An English template with the values that fill it.

    Parameters
    ----------
    text : str
        Template in the syntax of :meth:`str.format`; also the key of the catalogue.
    values : mapping of str to value
        What fills the template. Messages may be nested, so that a unit or the name of a
        service is rendered in the reader's language too.

    Examples
    --------
    >>> str(say("{beds} beds at {place}", beds=12, place="Mercy"))
    '12 beds at Mercy'
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        """Render the message in English, the language of logs and developers."""
        return self.text.format(**{name: _plain(value) for name, value in self.values.items()})

    def __hash__(self) -> int:
        """Hash by what is said, so that messages can be counted."""
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def say(text: str, /, **values: Value) -> Message:
    """Make a message; the catalogue tools look for calls of this name.

    Parameters
    ----------
    text : str
        English template, a literal, so that it can be found and translated.
    **values : value
        What fills the template.

    Returns
    -------
    Message

    Examples
    --------
    >>> say("ICU at {place} is full", place="Mercy").values["place"]
    'Mercy'
    """
    return Message(text, values)


def word(name: str) -> Message | str:
    """Take a name from data, such as that of an illness, as something that can be translated.

    A catalogue that knows the name says it in the reader's language; others say it as it is.

    Parameters
    ----------
    name : str
        In English, where it was written by us; as a source wrote it elsewhere.

    Returns
    -------
    Message or str
        The name itself, where it holds signs of a template.

    Examples
    --------
    >>> str(word("Heart failure")), word("{odd}")
    ('Heart failure', '{odd}')
    """
    return name if "{" in name or "}" in name else Message(name)


def _plain(value: Value) -> object:
    if isinstance(value, Message):
        return str(value)
    if isinstance(value, tuple):
        return ", ".join(str(_plain(part)) for part in value)
    return value
