"""From the name of a county to a district, in spite of how it is written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.data.region.repairs import Rule
from salus.stats.distances import great_circle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salus.core.messages import Message
    from salus.domain.place import District, Position

SAINTS = {"ST": "SAINT", "STE": "SAINTE"}
SUFFIXES = frozenset({"CITY", "COUNTY", "PARISH"})


@dataclass(frozen=True, slots=True)
class Match:
    """The district of a county, and how it was found.

    Parameters
    ----------
    district : District
        Where the facility stands.
    rule : Rule or None
        By which rule it was found; ``None`` where the names agree.
    what : Message or None
        What the rule did.
    """

    district: District
    rule: Rule | None = None
    what: Message | None = None


class Counties:
    """Finds the district that a facility stands in.

    Parameters
    ----------
    districts : iterable of District
        All districts of the region.

    Examples
    --------
    >>> from salus.domain.place import District, Position
    >>> lucie = District("1", "St. Lucie", "FL", Position(27.4, -80.4), 9, 2)
    >>> Counties([lucie]).find("FL", "SAINT LUCIE", Position(27.3, -80.3)).rule.value
    'county_spelled'
    """

    def __init__(self, districts: Iterable[District]) -> None:
        self._states: dict[str, list[District]] = {}
        self._written: dict[tuple[str, str], list[District]] = {}
        self._spelled: dict[tuple[str, str], list[District]] = {}
        for district in districts:
            state = district.state.upper()
            self._states.setdefault(state, []).append(district)
            self._written.setdefault((state, district.name.upper()), []).append(district)
            self._spelled.setdefault((state, plain_name(district.name)), []).append(district)

    def find(self, state: str, county: str, position: Position) -> Match | None:
        """Find the district of a county.

        Parameters
        ----------
        state, county : str
            As they are written in ``facilities.csv``.
        position : Position
            Where the facility stands; decides between several districts.

        Returns
        -------
        Match or None
            ``None`` when the state has no districts.
        """
        key = state.upper()
        if key not in self._states:
            return None
        written = self._written.get((key, county.upper()), [])
        if len(written) == 1:
            return Match(written[0])
        if written:
            nearest = _nearest(written, position)
            what = say("several districts are called {county}: the nearest is taken", county=county)
            return Match(nearest, Rule.COUNTY_SHARED, what)
        return self._guess(key, county, position)

    def _guess(self, state: str, county: str, position: Position) -> Match:
        spelled = self._spelled.get((state, plain_name(county)), [])
        nearest = _nearest(spelled or self._states[state], position)
        if spelled:
            what = say("{county} is read as {district}", county=county, district=nearest.name)
            return Match(nearest, Rule.COUNTY_SPELLED, what)
        what = say(
            "no district is called {county}: the nearest, {district}, is taken",
            county=county or "-",
            district=nearest.name,
        )
        return Match(nearest, Rule.COUNTY_NEAREST, what)


def plain_name(name: str) -> str:
    """Strip a name of what people write in different ways.

    Examples
    --------
    >>> plain_name("Doña Ana"), plain_name("ST. LOUIS CITY"), plain_name("De Soto")
    ('DONAANA', 'SAINTLOUIS', 'DESOTO')
    """
    apart = unicodedata.normalize("NFKD", name.upper())
    letters = "".join(mark for mark in apart if not unicodedata.combining(mark))
    kept = "".join(mark if mark.isalnum() else " " for mark in letters if mark not in "'’")
    words = [SAINTS.get(word, word) for word in kept.split()]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return "".join(words)


def _nearest(districts: Sequence[District], position: Position) -> District:
    here = np.array([[position.latitude, position.longitude]])
    there = np.array([[d.position.latitude, d.position.longitude] for d in districts])
    return districts[int(great_circle(here, there).argmin())]
