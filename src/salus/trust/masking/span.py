"""What stands where in a text that tells who somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.messages import Message, say

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator


class Kind(StrEnum):
    """What kind of thing tells who somebody is."""

    NAME = "name"
    BIRTH = "birth"
    IDENTITY = "identity"
    RECORD = "record"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"

    @property
    def mark(self) -> Message:
        """Say what stands in its place.

        Examples
        --------
        >>> str(Kind.PHONE.mark)
        '[PHONE]'
        """
        return _MARKS[self]


_MARKS = {
    Kind.NAME: say("[NAME]"),
    Kind.BIRTH: say("[DATE OF BIRTH]"),
    Kind.IDENTITY: say("[IDENTITY NUMBER]"),
    Kind.RECORD: say("[RECORD NUMBER]"),
    Kind.PHONE: say("[PHONE]"),
    Kind.EMAIL: say("[E-MAIL]"),
    Kind.ADDRESS: say("[ADDRESS]"),
}


GAP = "[ :#=.(*,-]{0,4}"
"""What may stand between a cue and what it speaks of."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands.

    Parameters
    ----------
    start, end : int
        Its first sign, from 0, and the one behind its last.
    kind : Kind
        What it is.

    Raises
    ------
    ValueError
        If it has no length.
    """

    start: int
    end: int
    kind: Kind

    def __post_init__(self) -> None:
        """Refuse an empty span."""
        if not 0 <= self.start < self.end:
            message = f"a span must begin before it ends, but is {self.start} to {self.end}"
            raise ValueError(message)


def spans_of(kind: Kind, found: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Make a span of the group ``it`` of each match."""
    return (Span(*match.span("it"), kind) for match in found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap, so that no part of one is left.

    Parameters
    ----------
    spans : iterable of Span
        In any order.

    Returns
    -------
    tuple of Span
        In the order of the text, apart from each other; of joined ones the kind is that of the
        longest.

    Examples
    --------
    >>> joined([Span(4, 9, Kind.NAME), Span(0, 6, Kind.ADDRESS)])
    (Span(start=0, end=9, kind=<Kind.ADDRESS: 'address'>),)
    """
    groups: list[list[Span]] = []
    for span in sorted(spans):
        if groups and span.start < max(each.end for each in groups[-1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return tuple(_union(group) for group in groups)


def _union(group: list[Span]) -> Span:
    longest = max(group, key=lambda span: (span.end - span.start, -span.start))
    return Span(group[0].start, max(span.end for span in group), longest.kind)
