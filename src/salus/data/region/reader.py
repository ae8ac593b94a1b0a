"""A region is a folder of CSV files: read whole, refused whole, or mended by stated rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.messages import say
from salus.data.region.beds import beds_of
from salus.data.region.columns import FILES, OUTLINES_FILE
from salus.data.region.districts import districts_of
from salus.data.region.facilities import facilities_of
from salus.data.region.folder import RegionFolder, read_folder, region_name
from salus.data.region.history import indicator_series, weekly_series
from salus.data.region.known import known_demand, known_travel
from salus.data.region.offers import lending_offers, promised, surge_offers
from salus.data.region.region import Region
from salus.data.region.repairs import Repairs, Rule
from salus.data.region.rights import stated_declines, stated_overrides
from salus.data.region.services import care_of
from salus.data.region.staff import staff_groups, staff_supplies, with_staff
from salus.data.region.stores import stores_of
from salus.data.region.supplies import (
    list_untaken,
    stated_supplies,
    supplies_of_beds,
    takes_of,
    usable,
)
from salus.data.region.transfers import (
    inpatient_groups,
    list_crowded,
    transfer_options,
    transport_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from salus.core.messages import Message
    from salus.domain.place import District, Facility
    from salus.domain.resource import Supply


def read_region(folder: Path) -> Region:
    """Read a region.

    Parameters
    ----------
    folder : Path
        A folder with at least ``facilities.csv`` and ``districts.csv``; the columns of each file
        are in :mod:`salus.data.region.columns`.

    Returns
    -------
    Region
        With every repair listed by row.

    Raises
    ------
    InputError
        With all faults of all files at once: a file or column that is missing, cells that are
        no numbers or dates, negative numbers, empty, odd, doubled or unknown
        keys, an empty region, a region where nobody lives and no demand is stated.

    Examples
    --------
    >>> from salus.data.region.sample import sample_region
    >>> len(read_region(sample_region()).districts)
    12
    """
    files, repairs = read_folder(folder), Repairs()
    _list_unread(files, repairs)
    _list_cleaned(files, repairs)
    districts = districts_of(files.districts, files.outlines or {}, repairs)
    _list_outlines(files, districts, repairs)
    facilities = facilities_of(files.facilities, districts, repairs)
    _refuse_emptiness(districts, facilities.values(), demand_stated=len(files.demand) > 0)
    return _with_care(files, districts, facilities, repairs)


def _with_care(
    files: RegionFolder,
    districts: tuple[District, ...],
    facilities: dict[int, Facility],
    repairs: Repairs,
) -> Region:
    care = care_of(files.services)
    district, facility = _places(districts), _places(facilities.values())
    service = {item.id: index for index, item in enumerate(care.services)}
    beds = beds_of(files.facilities, facilities, repairs)
    stated = stated_supplies(files.supply, facility, repairs)
    staff = staff_groups(files.staff, files.ratios, facility, repairs)
    at_work, people = staff_supplies(staff), {group.id for group in staff}
    held = supplies_of_beds(facilities, beds) | stated | at_work
    surge = surge_offers(files.surge, facility, repairs)
    lending = lending_offers(files.lending, facility, repairs)
    offered = promised(surge, lending, held)
    takes = takes_of(facilities.values(), care, held, stated | at_work, offered)
    _refuse_nothing_taken(takes)
    list_untaken(files.facilities, facilities, care, takes, repairs)
    inpatients = inpatient_groups(files.inpatients, facility, repairs)
    places = replace(
        care, resources=tuple(each for each in care.resources if each.id not in people)
    )
    list_crowded(files.inpatients, inpatients, places, held, repairs)
    travel = known_travel(files.travel, district, facility, repairs)
    demand = known_demand(files.demand, district, service, repairs)
    series = indicator_series(files.indicators, repairs) + weekly_series(files.weekly, repairs)
    return Region(
        name=region_name(files.path),
        facilities=tuple(facilities.values()),
        districts=districts,
        resources=with_staff(care.resources, staff),
        services=care.services,
        supplies=tuple(
            sorted({*usable(held, care, takes, lending), *at_work.values()}, key=_by_key)
        ),
        takes=takes,
        surge=surge,
        lending=lending,
        staff=staff,
        inpatients=inpatients,
        transfers=transfer_options(files.transfers, files.inpatients, facility, repairs),
        transport=transport_of(files.transport, facility, repairs),
        stores=stores_of(files.stores, facility, repairs),
        overrides=stated_overrides(files.overrides, district, facility, repairs),
        declines=stated_declines(files.declines, district, facility, repairs),
        travel=travel,
        demand=demand,
        series=series,
        sources=files.sources,
        repairs=repairs.in_order(FILES),
        assumptions=(*care.assumptions, *_encodings(files)),
    )


def _by_key(supply: Supply) -> tuple[str, str]:
    return supply.facility_id, supply.resource_id


def _places(items: Iterable[District | Facility]) -> dict[str, int]:
    return {item.id: index for index, item in enumerate(items)}


def _refuse_emptiness(
    districts: Sequence[District], facilities: Collection[Facility], *, demand_stated: bool
) -> None:
    faults = Faults()
    if not districts:
        remedy = say("give at least one district its latitude and longitude")
        faults.add(say("no district is left"), Where("districts.csv"), remedy)
    elif not demand_stated and not any(district.population for district in districts):
        what = say("nobody lives in any district, so the base load cannot be spread")
        remedy = say("fill in the people of at least one district, or add demand.csv")
        faults.add(what, Where("districts.csv", column="population"), remedy)
    if not facilities:
        remedy = say("give at least one facility a position, in a state that has districts")
        faults.add(say("no facility is left"), Where("facilities.csv"), remedy)
    faults.stop()


def _refuse_nothing_taken(takes: frozenset[tuple[str, str]]) -> None:
    if not takes:
        what = say("no facility takes any service, so there is nothing to plan")
        remedy = say("give a facility for everybody its staffed beds, or state them in supply.csv")
        raise InputError(Fault(what, Where("facilities.csv"), remedy))


def _list_unread(files: RegionFolder, repairs: Repairs) -> None:
    for sheet in files.sheets:
        for header in sheet.unread:
            what = say("the column {column} is not known, so it is not read", column=header)
            where = Where(sheet.table.file, 1, header)
            repairs.note(Rule.COLUMN_UNREAD, where, what, left_out=True)


def _list_cleaned(files: RegionFolder, repairs: Repairs) -> None:
    for sheet in files.sheets:
        for index, column in sheet.cleaned:
            what = say(
                "signs that could steer a spreadsheet or a terminal are left out, which leaves "
                "{text}",
                text=sheet.texts[column][index] or say("nothing"),
            )
            repairs.note(Rule.SIGNS_LEFT_OUT, sheet.where(index, column), what)


def _list_outlines(files: RegionFolder, districts: Iterable[District], repairs: Repairs) -> None:
    if files.outlines is None:
        return
    listed = {district.id for district in districts}
    for key in files.outlines:
        if key not in listed:
            what = say("{key} is no listed district: its outline is left out", key=key)
            repairs.note(Rule.OUTLINE_UNUSED, Where(OUTLINES_FILE), what, left_out=True)
    for district in districts:
        if not district.outline:
            what = say("{district} has no outline: it is drawn as a point", district=district.name)
            repairs.note(Rule.NO_OUTLINE, Where(OUTLINES_FILE), what)


def _encodings(files: RegionFolder) -> list[Message]:
    return [
        say("{file} was read as GB18030.", file=sheet.table.file)
        for sheet in files.sheets
        if sheet.encoding == "gb18030"
    ]
