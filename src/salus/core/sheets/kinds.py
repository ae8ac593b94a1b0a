"""How a column of each kind is stated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.core.sheets.column import Column, Kind

if TYPE_CHECKING:
    from salus.core.messages import Message

MOST = 1e9
"""The largest amount of anything: more people, beds or minutes is a slip of the pen."""
MOST_DAYS = 36_500
"""The longest time that anything takes or keeps: a century."""


def key(name: str, meaning: Message, *aliases: str, refers: str = "") -> Column:
    """State a key, which must not be empty."""
    return Column(name, Kind.TEXT, meaning, filled=True, refers=refers, aliases=aliases)


def text(name: str, meaning: Message, *aliases: str, needed: bool = True) -> Column:
    """State words."""
    return Column(name, Kind.TEXT, meaning, needed=needed, aliases=aliases)


def amount(
    name: str, meaning: Message, unit: str, *aliases: str, needed: bool = True, filled: bool = False
) -> Column:
    """State how much of something there is."""
    return Column(name, Kind.NUMBER, meaning, unit, needed, filled, 0, MOST, aliases=aliases)


def anything(column: Column, meaning: Message) -> Column:
    """Let a key stay empty, for all of its kind."""
    return replace(column, meaning=meaning, needed=False, filled=False)


def whole(
    name: str,
    meaning: Message,
    unit: str,
    *aliases: str,
    low: int = 0,
    high: float = MOST,
    filled: bool = True,
) -> Column:
    """State a whole number of something."""
    return Column(
        name, Kind.NUMBER, meaning, unit, filled, filled, low, high, aliases=aliases, whole=True
    )


def share(name: str, meaning: Message, *aliases: str, mended: bool, needed: bool = True) -> Column:
    """State a number from 0 to 1."""
    return Column(
        name, Kind.NUMBER, meaning, needed=needed, low=0, high=1, mended=mended, aliases=aliases
    )


def hours(name: str, meaning: Message, low: float, high: float, *, needed: bool = False) -> Column:
    """State a number of hours."""
    return Column(name, Kind.NUMBER, meaning, "hours", needed, needed, low, high)


def date(name: str, meaning: Message, *aliases: str, needed: bool = True) -> Column:
    """State a day."""
    return Column(name, Kind.DATE, meaning, needed=needed, filled=needed, aliases=aliases)


def days(name: str, meaning: Message, low: float) -> Column:
    """State a number of whole days."""
    return Column(
        name, Kind.NUMBER, meaning, "days", filled=True, low=low, high=MOST_DAYS, whole=True
    )
