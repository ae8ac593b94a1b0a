"""What every change promises, and how changes are put on a problem together."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol

import numpy as np

from salus.allocate.city.explain.names import KEYS
from salus.core.errors import Faults, Where
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.problem import CityProblem

WHAT_IF = Where(say("what if"))


class Change(Protocol):
    """One thing that is otherwise than it was planned for."""

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""

    def apply(self, problem: CityProblem) -> CityProblem:
        """Make the change; it was checked."""


def changed(problem: CityProblem, changes: Iterable[Change], where: Where = WHAT_IF) -> CityProblem:
    """Make changes one after the other.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    changes : iterable of Change
        What is otherwise; the later ones find what the earlier ones left.
    where : Where
        Where they were asked for, to be named in faults.

    Returns
    -------
    CityProblem
        The problem itself where nothing changes.

    Raises
    ------
    InputError
        If places or services are unknown, or more is taken than there is; all faults at once.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.explain.changes.capacity import Add, Lose
    >>> city = small_city(7)
    >>> twice = changed(city, [Add("H1", "icu_bed", 2), Lose("H1", "icu_bed", 2)])
    >>> bool(np.allclose(twice.capacity, city.capacity))
    True
    >>> changed(city, [Add("H4", "icu_bed", 2), Lose("H1", "icu_beds", 2)])
    Traceback (most recent call last):
    salus.core.errors.InputError: what if: no facility has this key (found H4); did you mean ...
    """
    faults = Faults()
    for change in changes:
        before = len(faults)
        change.check(problem, faults, where)
        if len(faults) == before:
            problem = change.apply(problem)
    faults.stop()
    return problem


_UNKNOWN = {
    "facilities": say("no facility has this key"),
    "districts": say("no district has this key"),
    "services": say("no service has this key"),
    "resources": say("no resource has this key"),
}


def known(
    problem: CityProblem, kind: str, keys: Sequence[str], faults: Faults, where: Where
) -> None:
    """Add a fault for each key that the problem does not know, with those that are like it.

    Parameters
    ----------
    problem : CityProblem
        Knows the keys.
    kind : str
        ``facilities``, ``districts``, ``services`` or ``resources``.
    keys : sequence of str
        What was asked for.
    faults : Faults
        Gathers what is wrong.
    where : Where
        Where it was asked for.
    """
    there = getattr(problem, kind)
    for key in keys:
        if key not in there:
            faults.add(_UNKNOWN[kind], where, alike(key, there) or say("use a known key"), key)


def alike(key: str, known: Collection[str]) -> Message | None:
    """Ask for the known keys that are like an unknown one; ``None`` where none is.

    Examples
    --------
    >>> str(alike("H9", ("H1", "D2")))
    'did you mean H1?'
    """
    like = get_close_matches(key, known, cutoff=0.5)
    return say("did you mean {names}?", names=tuple(like)) if like else None


def places(keys: Sequence[str], there: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the keys that are meant, shape (n,): all where none is given."""
    return np.isin(there, keys) if keys else np.ones(len(there), dtype=bool)
