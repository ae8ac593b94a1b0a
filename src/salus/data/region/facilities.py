"""The facilities of a region, from their rows, each in its district."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.data.region.counties import Counties
from salus.data.region.defaults import type_name
from salus.data.region.districts import name_of, position_of
from salus.data.region.repairs import Rule
from salus.domain.place import Facility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs
    from salus.domain.place import District


def facilities_of(
    sheet: Sheet, districts: Sequence[District], repairs: Repairs
) -> dict[int, Facility]:
    """Make the facilities that stand in a state with districts.

    Parameters
    ----------
    sheet : Sheet
        ``facilities.csv``, without faults.
    districts : sequence of District
        All districts of the region.
    repairs : Repairs
        Gathers what is mended and left out.

    Returns
    -------
    dict of int to Facility
        By place of the row in the sheet, in the order of the file.
    """
    counties = Counties(districts)
    made = {index: _facility(sheet, index, counties, repairs) for index in range(len(sheet))}
    return {index: facility for index, facility in made.items() if facility is not None}


def _facility(sheet: Sheet, index: int, counties: Counties, repairs: Repairs) -> Facility | None:
    position = position_of(sheet, index, repairs)
    if position is None:
        return None
    state, county = sheet.texts["state"][index], sheet.texts["county"][index]
    match = counties.find(state, county, position)
    if match is None:
        what = say("{state} has no districts, so the facility is left out", state=state or "-")
        repairs.note(Rule.NO_DISTRICTS, sheet.where(index, "state"), what, left_out=True)
        return None
    if match.rule is not None and match.what is not None:
        repairs.note(match.rule, sheet.where(index, "county"), match.what)
    return Facility(
        id=sheet.texts["facility_id"][index],
        name=name_of(sheet, index, "facility_id", repairs),
        kind=type_name(sheet.texts["type"][index]),
        position=position,
        district_id=match.district.id,
        tier=tier_of(sheet.numbers["tier"][index]),
        consortium=sheet.texts["consortium"][index],
        insurance_area=sheet.texts["insurance_area"][index],
    )


def tier_of(value: float) -> int | None:
    """Return a tier of care, or ``None`` where it is not known.

    Examples
    --------
    >>> tier_of(2.0), tier_of(float("nan"))
    (2, None)
    """
    return None if math.isnan(value) else int(value)
