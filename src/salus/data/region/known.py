"""What a region states itself instead of having it computed: journeys and demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs


@dataclass(frozen=True, slots=True, eq=False)
class KnownTravel:
    """Journeys that are stated, in the order of the file.

    Parameters
    ----------
    district, facility : ndarray of int, shape (n_pairs,)
        Places in the region's districts and facilities.
    minutes : ndarray, shape (n_pairs,)
        Time of travel, minutes, 0 or more.
    """

    district: NDArray[np.int64]
    facility: NDArray[np.int64]
    minutes: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class KnownDemand:
    """Cases that are stated, in the order of the file.

    Parameters
    ----------
    district, service : ndarray of int, shape (n_rows,)
        Places in the region's districts and services.
    days : tuple of date or None
        The day of each row; ``None`` holds for every day.
    cases : ndarray, shape (n_rows,)
        Cases per day, 0 or more.
    """

    district: NDArray[np.int64]
    service: NDArray[np.int64]
    days: tuple[date | None, ...]
    cases: NDArray[np.float64]


def known_travel(
    sheet: Sheet, districts: Mapping[str, int], facilities: Mapping[str, int], repairs: Repairs
) -> KnownTravel | None:
    """Take the stated journeys.

    Parameters
    ----------
    sheet : Sheet
        ``travel.csv``, its keys checked.
    districts, facilities : mapping of str to int
        Place of each key in the region; places that were left out are not among them.
    repairs : Repairs
        Gathers rows about places that were left out.

    Returns
    -------
    KnownTravel or None
        ``None`` when there is no such file.
    """
    if not len(sheet):
        return None
    rows = kept_rows(sheet, {"district_id": districts, "facility_id": facilities}, repairs)
    return KnownTravel(
        places(sheet, "district_id", districts, rows),
        places(sheet, "facility_id", facilities, rows),
        sheet.numbers["minutes"][rows],
    )


def known_demand(
    sheet: Sheet, districts: Mapping[str, int], services: Mapping[str, int], repairs: Repairs
) -> KnownDemand | None:
    """Take the stated demand.

    Parameters
    ----------
    sheet : Sheet
        ``demand.csv``, its keys checked.
    districts, services : mapping of str to int
        Place of each key in the region; districts that were left out are not among them.
    repairs : Repairs
        Gathers rows about districts that were left out.

    Returns
    -------
    KnownDemand or None
        ``None`` when there is no such file.
    """
    if not len(sheet):
        return None
    rows = kept_rows(sheet, {"district_id": districts}, repairs)
    return KnownDemand(
        places(sheet, "district_id", districts, rows),
        places(sheet, "service_id", services, rows),
        tuple(sheet.dates["date"][row] for row in rows),
        sheet.numbers["cases"][rows],
    )


def kept_rows(
    sheet: Sheet, kept: Mapping[str, Mapping[str, int]], repairs: Repairs
) -> NDArray[np.int64]:
    """Return the rows whose places are in the region, and list the others.

    Parameters
    ----------
    sheet : Sheet
        A file that refers to districts or facilities.
    kept : mapping of str to mapping of str to int
        For each column with a key, the keys that are in the region.
    repairs : Repairs
        Gathers the rows that are left out.

    Returns
    -------
    ndarray of int, shape (n_kept,)
    """
    rows = []
    for index in range(len(sheet)):
        gone = [name for name, keys in kept.items() if sheet.texts[name][index] not in keys]
        if not gone:
            rows.append(index)
            continue
        key = sheet.texts[gone[0]][index]
        what = say("{key} was left out, so this row is left out too", key=key)
        repairs.note(Rule.ROW_OF_LEFT_OUT, sheet.where(index, gone[0]), what, left_out=True)
    return np.array(rows, dtype=np.int64)


def places(
    sheet: Sheet, column: str, index: Mapping[str, int], rows: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the place of the key of each row, shape (n_rows,)."""
    keys = sheet.texts[column]
    return np.array([index[keys[row]] for row in rows], dtype=np.int64)


def known_number(sheet: Sheet, column: str, row: int) -> float | None:
    """Return the number of a cell; ``None`` where nothing is known."""
    value = float(sheet.numbers[column][row])
    return None if np.isnan(value) else value
