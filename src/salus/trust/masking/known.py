"""What is known of the person a text speaks of, found however it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.trust.masking.birth import written_births
from salus.trust.masking.eponyms import is_illness, words
from salus.trust.masking.folding import folded
from salus.trust.masking.span import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

HAN = re.compile("[\u4e00-\u9fff]")
BETWEEN = "[ ().+/-]{0,2}"
SHORTEST_PART = 2
SHORTEST_NUMBER = 4


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What the record says of the people a text may name.

    It is not shown when it is printed.

    Parameters
    ----------
    names : tuple of str
        Each whole, as ``"Jane Underwood"`` or ``"王小明"``.
    numbers : tuple of str
        Of records and identity, each with at least four letters or digits.
    phones : tuple of str
        Telephone numbers, each with at least four digits.
    addresses : tuple of str
        As they are kept.
    births : tuple of date
        Dates of birth.

    Raises
    ------
    ValueError
        If a number or telephone number is too short to be told from any other number; the message
        does not tell it.

    Examples
    --------
    >>> Known(names=("Jane Underwood",))
    Known(values not shown)
    """

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    births: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Refuse numbers that would be found everywhere."""
        for field, values in (("numbers", self.numbers), ("phones", self.phones)):
            short = sum(len(_signs(value)) < SHORTEST_NUMBER for value in values)
            if short:
                message = (
                    f"{field} must have at least {SHORTEST_NUMBER} signs, but {short} have not"
                )
                raise ValueError(message)

    def __repr__(self) -> str:
        """Show that something is known, and nothing of it."""
        return "Known(values not shown)"


def find_known(text: str, known: Known) -> Iterator[Span]:
    """Find what is known.

    Names are found whole, in the other order, and each part of two letters or more by itself where
    it begins with a capital; Chinese names also without the family name. A part that goes on as an
    illness, such as that of Mr Parkinson, is left.

    Parameters
    ----------
    text : str
        Folded.
    known : Known
        Of whom.

    Yields
    ------
    Span
        Of the kind of the value.

    Examples
    --------
    >>> text = "Underwood came with Jane's chart 7001 002 003."
    >>> known = Known(names=("Jane Underwood",), numbers=("7001002003",))
    >>> [text[span.start : span.end] for span in find_known(text, known)]
    ['Underwood', 'Jane', '7001 002 003']
    """
    for name in known.names:
        yield from _names(text, folded(name).strip())
    yield from _numbers(text, known.numbers, Kind.RECORD)
    yield from _numbers(text, known.phones, Kind.PHONE)
    for address in known.addresses:
        if address.strip():
            yield from _spans(text, _loose(folded(address)), Kind.ADDRESS)
    for born in known.births:
        for form in written_births(born):
            shape = rf"(?<![0-9]){re.escape(form)}(?![0-9])"
            yield from _spans(text, shape, Kind.BIRTH)


def _names(text: str, name: str) -> Iterator[Span]:
    parts = [part for part in re.split(r"[\s,·]+", name) if len(part) >= SHORTEST_PART]
    shape = _han_name(name, parts) if HAN.search(name) else _latin_name(name, parts)
    for span in _spans(text, shape, Kind.NAME) if parts else ():
        if not is_illness(text, span.start, span.end):
            yield span


def _han_name(name: str, parts: list[str]) -> str:
    # A given name of two signs is as telling as the whole.
    given = [name[-2:]] if len(name) > SHORTEST_PART else []
    return "|".join(map(re.escape, [name, *parts, *given]))


def _latin_name(name: str, parts: list[str]) -> str:
    # Of May Lee, May alone is a month.
    telling = [part for part in parts if part not in words("names_too")]
    forms = [re.escape(form) for part in telling for form in (part, part.upper())]
    return rf"(?<![^\W\d_])(?:{'|'.join([f'(?i:{_loose(name)})', *forms])})(?![^\W\d_])"


def _numbers(text: str, numbers: Iterable[str], kind: Kind) -> Iterator[Span]:
    for number in numbers:
        signs = BETWEEN.join(map(re.escape, _signs(folded(number))))
        yield from _spans(text, rf"(?i)(?<![0-9A-Za-z]){signs}(?![0-9A-Za-z])", kind)


def _signs(number: str) -> str:
    return re.sub(r"[\W_]", "", number)


def _loose(value: str) -> str:
    return r"[\s,]+".join(re.escape(word) for word in re.split(r"[\s,]+", value.strip()))


def _spans(text: str, shape: str, kind: Kind) -> Iterator[Span]:
    return (Span(*match.span(), kind) for match in re.finditer(shape, text) if match.group())
