"""What if: a stress is the expected week with a stated change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from salus.allocate.city.explain.changes.capacity import Add, Lose
from salus.allocate.city.explain.changes.roads import CloseRoad
from salus.allocate.city.explain.names import KEYS
from salus.core.errors import Faults, Where
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.explain.changes.base import Change
    from salus.allocate.city.explain.names import Names

WORDS = (
    "record, demand=FACTOR, slow=FACTOR, close-loaded=N, close=ID+ID, "
    "lose=FACILITY:RESOURCE:UNITS, add=FACILITY:RESOURCE:UNITS, road=DISTRICT:FACILITY"
)


@dataclass(frozen=True, slots=True)
class Stress:
    """One stated change to the expected week.

    Parameters
    ----------
    spec : str
        The change as it was written.
    record : bool
        Whether demand is that of the record week of the history.
    demand : float
        Factor on all demand, above 0.
    slow : float
        How many times as long every journey takes, 1 or more.
    close_loaded : int
        Close the facilities of this many most loaded districts.
    close : tuple of str
        Keys of facilities to close.
    lose, add : tuple of Lose, tuple of Add
        Staffed units that facilities have fewer or more.
    road : tuple of CloseRoad
        Ends of journeys that nobody makes.
    """

    spec: str
    record: bool = False
    demand: float = 1.0
    slow: float = 1.0
    close_loaded: int = 0
    close: tuple[str, ...] = ()
    lose: tuple[Lose, ...] = ()
    add: tuple[Add, ...] = ()
    road: tuple[CloseRoad, ...] = ()

    def changes(self, gives: Callable[[str, str], float]) -> tuple[Change, ...]:
        """List what changes about single places.

        Parameters
        ----------
        gives : callable
            Tells from the keys of a facility and a resource the resource-days that a staffed unit
            gives there each day: the target occupancy, or the whole work of staff.
        """
        each: tuple[Lose | Add, ...] = (*self.lose, *self.add)
        units = (replace(one, gives=gives(one.facility, one.resource)) for one in each)
        return (*units, *self.road)

    def label(self, names: Names = KEYS) -> Message:
        """Say what happens, for the head of a table."""
        parts: list[Message] = []
        if self.record:
            parts.append(say("Record week"))
        if self.demand != 1:
            parts.append(say("Demand times {factor:g}", factor=self.demand))
        if self.slow != 1:
            parts.append(say("Journeys take {factor:g} times as long", factor=self.slow))
        if self.close_loaded:
            parts.append(
                say(
                    "{count} most loaded districts closed",
                    count=self.close_loaded,
                )
            )
        if self.close:
            parts.append(say("Closed: {names}", names=tuple(map(names.facility, self.close))))
        places: tuple[Change, ...] = (*self.lose, *self.add, *self.road)
        parts.extend(change.label(names) for change in places)
        return say("{parts}", parts=tuple(parts)) if parts else say("Nothing changed")


WITH_HISTORY = ("record", "record,close-loaded=3")
"""What is planned beside the expected week where a history has a record."""

WITH_RECORDS = (*WITH_HISTORY, "record,demand=1.2,slow=7")
"""The same in a city with its records: as everything is near there, also a winter storm."""

WITHOUT_HISTORY = ("close-loaded=3",)
"""The same where there is no history."""


def parse_stresses(specs: tuple[str, ...]) -> tuple[Stress, ...]:
    """Read what a person wrote after ``--stress``, and raise all its faults at once.

    Parameters
    ----------
    specs : tuple of str
        Each a list of ``record``, ``demand=FACTOR``, ``slow=FACTOR``, ``close-loaded=N``,
        ``close=ID+ID``, ``lose=FACILITY:RESOURCE:UNITS``, ``add=FACILITY:RESOURCE:UNITS`` and
        ``road=DISTRICT:FACILITY``, joined by commas; the last three take several, joined by
        ``+``.

    Returns
    -------
    tuple of Stress

    Raises
    ------
    InputError
        If a word is unknown or its number cannot be used.

    Examples
    --------
    >>> parse_stresses(("record,close-loaded=3",))[0].close_loaded
    3
    """
    faults = Faults()
    stresses = tuple(_parse(spec, faults) for spec in specs)
    for spec in dict.fromkeys(spec for spec in specs if specs.count(spec) > 1):
        faults.add(say("this is asked for twice"), Where("--stress"), say("ask once"), spec)
    faults.stop()
    return stresses


def _parse(spec: str, faults: Faults) -> Stress:
    values: dict[str, object] = {}
    for part in spec.split(","):
        name, _, value = part.strip().partition("=")
        try:
            term = _term(name, value)
            if term.keys() & values.keys():
                faults.add(say("this is asked for twice"), Where("--stress"), say("ask once"), spec)
            values |= term
        except ValueError:
            faults.add(
                say("this stress cannot be understood"),
                Where("--stress"),
                say("join some of these with commas: {words}", words=WORDS),
                part,
            )
    return Stress(spec, **values)  # type: ignore[arg-type]  # _term gives each field its own type


def _term(name: str, value: str) -> dict[str, object]:
    if name == "record" and not value:
        return {"record": True}
    if name == "demand" and 0 < float(value) <= 100:  # noqa: PLR2004  # a hundredfold is a typing error
        return {"demand": float(value)}
    if name == "slow" and 1 <= float(value) <= 100:  # noqa: PLR2004  # a typing error as well
        return {"slow": float(value)}
    if name == "close-loaded" and int(value) > 0:
        return {"close_loaded": int(value)}
    if name == "close" and value:
        return {"close": tuple(value.split("+"))}
    return _places(name, value)


def _places(name: str, value: str) -> dict[str, object]:
    if name in {"lose", "add"}:
        kind = Lose if name == "lose" else Add
        return {name: tuple(_units(kind, part) for part in value.split("+"))}
    if name == "road":
        return {name: tuple(_road(part) for part in value.split("+"))}
    raise ValueError(name)


def _road(part: str) -> CloseRoad:
    district, facility = part.split(":")
    if district and facility:
        return CloseRoad(district, facility)
    raise ValueError(part)


def _units(kind: type[Lose | Add], part: str) -> Lose | Add:
    facility, resource, units = part.rsplit(":", 2)
    if facility and resource and 0 < float(units) < inf:
        return kind(facility, resource, float(units))
    raise ValueError(part)
