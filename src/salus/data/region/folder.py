"""The files of a region, each checked by itself and against the others."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.canonical import digest_file
from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.messages import say
from salus.core.names import harmless
from salus.core.sheets.sheet import read_sheet, refuse_unknown_keys
from salus.data.region import care_columns, columns
from salus.data.region.defaults import SERVICES
from salus.data.region.history import refuse_far_dates, refuse_indicators
from salus.data.region.offers import refuse_odd_answers, refuse_own_lending
from salus.data.region.outlines import read_outlines
from salus.data.region.region import Source
from salus.data.region.rights import refuse_declines, refuse_overrides
from salus.data.region.services import refuse_contradictions
from salus.data.region.staff import refuse_loans_of_staff, refuse_staff
from salus.data.region.store_sheets import read_stores, refuse_stores
from salus.data.region.transfers import refuse_transfers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from salus.core.sheets.sheet import Sheet
    from salus.data.region.store_sheets import StoreSheets
    from salus.domain.place import Ring

DATED = ("as_of", "week_ending", "period_end")
"""Columns that tell how old a file is; the days of ``demand.csv`` lie ahead."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionFolder:
    """The files of a region, without faults.

    Parameters
    ----------
    path : Path
        The folder.
    facilities, districts : Sheet
        With at least one row each.
    travel, services, supply, surge, lending, overrides, declines, demand : Sheet
        Without rows where the file is not there.
    indicators, weekly : Sheet
        Without rows where the file is not there.
    staff, ratios, inpatients, transfers, transport : Sheet
        Without rows where the file is not there.
    stores : StoreSheets
        The files of medicines.
    outlines : mapping of str to tuple of rings, or None
        Outer rings by district key; ``None`` when there is no map.
    """

    path: Path
    facilities: Sheet
    districts: Sheet
    travel: Sheet
    services: Sheet
    supply: Sheet
    surge: Sheet
    lending: Sheet
    staff: Sheet
    ratios: Sheet
    inpatients: Sheet
    transfers: Sheet
    transport: Sheet
    overrides: Sheet
    declines: Sheet
    demand: Sheet
    indicators: Sheet
    weekly: Sheet
    stores: StoreSheets
    outlines: Mapping[str, tuple[Ring, ...]] | None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets in the order of :data:`salus.data.region.columns.TABLES`."""
        return (
            self.facilities,
            self.districts,
            self.travel,
            self.services,
            self.supply,
            self.surge,
            self.lending,
            self.staff,
            self.ratios,
            self.inpatients,
            self.transfers,
            self.transport,
            self.overrides,
            self.declines,
            self.demand,
            self.indicators,
            self.weekly,
            *self.stores.sheets,
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the files that are there, with their content hashes."""
        sources = [
            self._source(sheet.table.file, len(sheet), _dates(sheet))
            for sheet in self.sheets
            if len(sheet)
        ]
        if self.outlines is not None:
            sources.append(self._source(columns.OUTLINES_FILE, len(self.outlines), ()))
        return tuple(sources)

    def _source(self, file: str, rows: int, dates: tuple[date, ...]) -> Source:
        return Source(file, digest_file(self.path / file), rows, dates, self.path / file)


def region_name(folder: Path) -> str:
    """Name a region by its folder.

    Examples
    --------
    >>> from pathlib import Path
    >>> region_name(Path("/data/florida"))
    'florida'
    >>> region_name(Path("/"))
    'region'
    """
    # A name that is no text, as Unix permits, could be neither written down nor shown.
    return harmless(folder.resolve().name.encode(errors="replace").decode()) or "region"


def read_folder(path: Path) -> RegionFolder:
    """Read and check all files of a region.

    Parameters
    ----------
    path : Path
        The folder.

    Returns
    -------
    RegionFolder

    Raises
    ------
    InputError
        With all faults of all files, by file and row.
    """
    if not _is(path.is_dir):
        there, none = say("this is a file, not a folder"), say("there is no such folder")
        remedy = say("name a folder with the region's files")
        raise InputError(Fault(there if _is(path.exists) else none, Where(str(path)), remedy))
    if not os.access(path, os.R_OK | os.X_OK):
        what, remedy = say("the folder cannot be read"), say("allow reading it, or name another")
        raise InputError(Fault(what, Where(str(path)), remedy))
    faults = Faults()
    folder = RegionFolder(
        path=path,
        facilities=read_sheet(path, columns.FACILITIES, faults),
        districts=read_sheet(path, columns.DISTRICTS, faults),
        travel=read_sheet(path, columns.TRAVEL, faults),
        services=read_sheet(path, columns.SERVICES, faults),
        supply=read_sheet(path, columns.SUPPLY, faults),
        surge=read_sheet(path, columns.SURGE, faults),
        lending=read_sheet(path, columns.LENDING, faults),
        staff=read_sheet(path, care_columns.STAFF, faults),
        ratios=read_sheet(path, care_columns.RATIOS, faults),
        inpatients=read_sheet(path, care_columns.INPATIENTS, faults),
        transfers=read_sheet(path, care_columns.TRANSFERS, faults),
        transport=read_sheet(path, care_columns.TRANSPORT, faults),
        overrides=read_sheet(path, care_columns.OVERRIDES, faults),
        declines=read_sheet(path, care_columns.DECLINES, faults),
        demand=read_sheet(path, columns.DEMAND, faults),
        indicators=read_sheet(path, columns.INDICATORS, faults),
        weekly=read_sheet(path, columns.WEEKLY, faults),
        stores=read_stores(path, faults),
        outlines=read_outlines(path, faults),
    )
    _refuse_unlisted(folder, faults)
    refuse_contradictions(folder.services, faults)
    refuse_own_lending(folder.lending, faults)
    refuse_odd_answers(folder.lending, faults)
    refuse_staff(folder.staff, folder.ratios, (folder.supply, folder.surge), faults)
    refuse_loans_of_staff(folder.lending, folder.staff, faults)
    refuse_transfers(folder.inpatients, folder.transfers, faults)
    refuse_overrides(folder.overrides, faults)
    refuse_declines(folder.declines, faults)
    refuse_indicators(folder.indicators, folder.weekly, faults)
    refuse_far_dates(folder.indicators, folder.weekly, faults)
    refuse_stores(folder.stores, path, folder.facilities.texts["facility_id"], faults)
    faults.sort(columns.FILES)
    faults.stop()
    return folder


def _is(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # such as a name that is too long
        return False


def _refuse_unlisted(folder: RegionFolder, faults: Faults) -> None:
    """Check the keys of one file that another lists; a file without rows accuses nobody."""
    services, staff = folder.services.texts, folder.staff.texts["staff_id"]
    used = services["resource_id"] or [key for item in SERVICES for key in item.uses]
    depots = folder.stores.depots.texts["depot_id"]
    places = (*folder.facilities.texts["facility_id"], *depots)
    listed = {
        "district_id": folder.districts.texts["district_id"],
        "facility_id": folder.facilities.texts["facility_id"],
        "from_facility_id": folder.facilities.texts["facility_id"],
        "to_facility_id": folder.facilities.texts["facility_id"],
        "vehicle_facility_id": folder.facilities.texts["facility_id"],
        "service_id": services["service_id"] or [service.id for service in SERVICES],
        "to_service_id": services["service_id"] or [service.id for service in SERVICES],
        "resource_id": [*used, *staff],
        "bed_id": used,
        "staff_id": staff,
        "group_id": folder.inpatients.texts["group_id"],
        "medicine_id": folder.stores.medicines.texts["medicine_id"],
        "depot_id": depots,
        "place_id": places,
        "from_place_id": places,
        "to_place_id": places,
    }
    keys = {column: frozenset(texts) - {""} for column, texts in listed.items()}
    for sheet in folder.sheets:
        for column in sheet.table.columns:
            if column.refers and keys[column.name]:
                refuse_unknown_keys(sheet, column.name, keys[column.name], faults)


def _dates(sheet: Sheet) -> tuple[date, ...]:
    days = {day for name in DATED for day in sheet.dates.get(name, ()) if day is not None}
    return tuple(sorted(days))
