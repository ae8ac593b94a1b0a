"""In which order the features of a city are written, whatever order they were given in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.allocate.city.problem import Feature


@runtime_checkable
class Reader(Protocol):
    """A feature that looks at what all others do to capacities or need, and does nothing to them.

    Attributes
    ----------
    reads : str
        What it reads: a block of rows or columns that the others write in.
    """

    reads: ClassVar[str]


def writers(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """Leave out the features that only read what the others do.

    Parameters
    ----------
    features : iterable of Feature
        Of a city.

    Returns
    -------
    tuple of Feature
        In the order given.
    """
    return tuple(each for each in features if not isinstance(each, Reader))


def in_order(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """Put readers behind the writers that they read.

    Writers keep the order in which they were given. Readers follow by name: none changes what
    another reads, so that their order among themselves is free.

    Parameters
    ----------
    features : iterable of Feature
        Of a city, in any order.

    Returns
    -------
    tuple of Feature

    Examples
    --------
    >>> from salus.allocate.city.checks import staffed_city
    >>> given = staffed_city(7).features[::-1]
    >>> [each.name for each in in_order(given)]
    ['lending', 'transfers', 'surge', 'waiting', 'staff_law']
    """
    given = tuple(features)
    readers = (each for each in given if isinstance(each, Reader))
    return (*writers(given), *sorted(readers, key=lambda each: each.name))
