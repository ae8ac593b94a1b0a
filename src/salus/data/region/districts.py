"""The districts of a region, from their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.data.region.repairs import Rule
from salus.domain.place import District, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs
    from salus.domain.place import Ring


def districts_of(
    sheet: Sheet, outlines: Mapping[str, tuple[Ring, ...]], repairs: Repairs
) -> tuple[District, ...]:
    """Make the districts.

    Parameters
    ----------
    sheet : Sheet
        ``districts.csv``, without faults.
    outlines : mapping of str to tuple of rings
        Outer rings of each district key; empty when there is no map.
    repairs : Repairs
        Gathers what is mended and left out.

    Returns
    -------
    tuple of District
        In the order of the file.
    """
    people, old = _people(sheet, repairs)
    return tuple(
        District(
            id=sheet.texts["district_id"][index],
            name=name_of(sheet, index, "district_id", repairs),
            state=sheet.texts["state"][index],
            position=position,
            population=float(people[index]),
            population_65plus=float(old[index]),
            deprivation=_known(sheet.numbers["deprivation"][index]),
            outline=outlines.get(sheet.texts["district_id"][index], ()),
            consortium=sheet.texts["consortium"][index],
            insurance_area=sheet.texts["insurance_area"][index],
        )
        for index in range(len(sheet))
        if (position := position_of(sheet, index, repairs)) is not None
    )


def position_of(sheet: Sheet, index: int, repairs: Repairs) -> Position | None:
    """Return where a row stands, or list it as left out.

    Parameters
    ----------
    sheet : Sheet
        With latitude and longitude.
    index : int
        Row of the sheet, from 0.
    repairs : Repairs
        Takes note of a row without a place on the globe.

    Returns
    -------
    Position or None
        ``None`` when the row is left out.
    """
    latitude, longitude = sheet.numbers["latitude"][index], sheet.numbers["longitude"][index]
    if abs(latitude) <= 90 and abs(longitude) <= 180:  # noqa: PLR2004  degrees of the globe
        return Position(float(latitude), float(longitude))
    what = say("there is no such place on the globe, so the row is left out")
    repairs.note(Rule.NO_POSITION, sheet.where(index, "latitude"), what, left_out=True)
    return None


def name_of(sheet: Sheet, index: int, key: str, repairs: Repairs) -> str:
    """Return the name in a row; the key where there is none.

    Parameters
    ----------
    sheet : Sheet
        With names and keys.
    index : int
        Row of the sheet, from 0.
    key : str
        Column of the key.
    repairs : Repairs
        Takes note of an empty name.

    Returns
    -------
    str
    """
    name = sheet.texts["name"][index]
    if name:
        return name
    what = say("the name is empty: the key stands for it")
    repairs.note(Rule.NAME_FROM_KEY, sheet.where(index, "name"), what)
    return sheet.texts[key][index]


def _people(sheet: Sheet, repairs: Repairs) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return all people and those of 65 and over, mended."""
    people = np.nan_to_num(sheet.numbers["population"])
    old = sheet.numbers["population_65plus"].copy()
    for index in np.flatnonzero(people == 0).tolist():
        what = say("nobody is known to live here: the district stays on the map and needs nothing")
        repairs.note(Rule.NO_PEOPLE, sheet.where(index, "population"), what)
    for index in np.flatnonzero(old > people).tolist():
        what = say(
            "{old:,.0f} people of 65 and over are more than all {all:,.0f}: all are taken",
            old=float(old[index]),
            all=float(people[index]),
        )
        repairs.note(Rule.OLD_CAPPED, sheet.where(index, "population_65plus"), what)
    share = _share(people, old)
    for index in np.flatnonzero(np.isnan(old) & (people > 0)).tolist():
        what = say(
            "the people of 65 and over are not known: {share:.1%} of all, as in the region",
            share=share,
        )
        repairs.note(Rule.OLD_FROM_SHARE, sheet.where(index, "population_65plus"), what)
    return people, np.where(np.isnan(old), np.round(people * share), np.minimum(old, people))


def _share(people: NDArray[np.float64], old: NDArray[np.float64]) -> float:
    known = ~np.isnan(old)
    total = float(people[known].sum())
    return float(np.minimum(old, people)[known].sum()) / total if total else 0.0


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
