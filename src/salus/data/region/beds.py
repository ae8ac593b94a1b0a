"""The beds of each facility and their use, mended by stated rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.data.region.defaults import type_name
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs

ENOUGH_OF_A_TYPE = 5
"""Facilities of a type from which its own ratio of staffed to licensed beds is taken."""
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Beds:
    """The beds of each row of ``facilities.csv``.

    Parameters
    ----------
    ward, icu : ndarray, shape (n_rows,)
        Staffed beds, 0 or more.
    ward_occupancy, icu_occupancy : ndarray, shape (n_rows,)
        Share in use, from 0 to 1; NaN where it is not known.
    ward_reserve, icu_reserve : ndarray, shape (n_rows,)
        Beds of these that the facility keeps for itself.
    """

    ward: NDArray[np.float64]
    icu: NDArray[np.float64]
    ward_occupancy: NDArray[np.float64]
    icu_occupancy: NDArray[np.float64]
    ward_reserve: NDArray[np.float64]
    icu_reserve: NDArray[np.float64]


def beds_of(sheet: Sheet, kept: Collection[int], repairs: Repairs) -> Beds:
    """Work out the ward and ICU beds, and how much they are used.

    Parameters
    ----------
    sheet : Sheet
        ``facilities.csv``, without faults.
    kept : collection of int
        Rows of facilities that are in the region; only their repairs are listed.
    repairs : Repairs
        Gathers what is mended.

    Returns
    -------
    Beds
        Ward beds are staffed beds less ICU beds. ``bed_occupancy`` is of all staffed beds, so
        what the ICU beds use of it is taken off to find the use of the ward beds.
    """
    rows = _Rows(sheet, np.isin(np.arange(len(sheet)), list(kept)), repairs)
    staffed = _staffed(rows)
    icu = _icu(rows, staffed)
    bed_use = _occupancy(rows, "bed_occupancy", staffed)
    icu_use = _occupancy(rows, "icu_occupancy", icu)
    ward = staffed - icu
    return Beds(
        ward,
        icu,
        _ward_use(rows, staffed, icu, bed_use, icu_use),
        icu_use,
        _reserve(rows, "reserve_ward_beds", ward),
        _reserve(rows, "reserve_icu_beds", icu),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    sheet: Sheet
    kept: NDArray[np.bool_]
    repairs: Repairs

    def numbers(self, column: str) -> NDArray[np.float64]:
        return self.sheet.numbers[column]

    def where(self, found: NDArray[np.bool_]) -> list[int]:
        return np.flatnonzero(found & self.kept).tolist()


def _staffed(rows: _Rows) -> NDArray[np.float64]:
    staffed = rows.numbers("staffed_beds")
    licensed = np.nan_to_num(rows.numbers("licensed_beds"))
    types = np.array([type_name(text) for text in rows.sheet.texts["type"]])
    both = (staffed > 0) & (licensed > 0)
    ratios = {kind: _ratio(staffed, licensed, both, types == kind) for kind in sorted(set(types))}
    mended = np.nan_to_num(staffed)
    # A written 0 is an answer: such a facility is closed, whatever it is licensed for.
    for index in rows.where(np.isnan(staffed) & (licensed > 0)):
        ratio = ratios[types[index]]
        if ratio is None:
            continue
        mended[index] = round(licensed[index] * ratio)
        what = say(
            "no staffed beds are told: {beds:,.0f} are taken, that is {licensed:,.0f} licensed "
            "beds times {ratio:.2f}, the ratio of similar facilities",
            beds=float(mended[index]),
            licensed=float(licensed[index]),
            ratio=ratio,
        )
        rows.repairs.note(Rule.BEDS_FROM_LICENCE, rows.sheet.where(index, "staffed_beds"), what)
    return mended


def _ratio(
    staffed: NDArray[np.float64],
    licensed: NDArray[np.float64],
    both: NDArray[np.bool_],
    alike: NDArray[np.bool_],
) -> float | None:
    """Pool staffed over licensed beds, of the type, or of the region when it has too few.

    Some files list more staffed than licensed beds; nobody's licence is taken to be exceeded.
    """
    pool = both & alike if (both & alike).sum() >= ENOUGH_OF_A_TYPE else both
    return min(1.0, float(staffed[pool].sum() / licensed[pool].sum())) if pool.any() else None


def _icu(rows: _Rows, staffed: NDArray[np.float64]) -> NDArray[np.float64]:
    icu = rows.numbers("staffed_icu_beds")
    for index in rows.where(np.isnan(icu) & (staffed > 0)):
        what = say("ICU beds are not known: none are planned here")
        rows.repairs.note(Rule.NO_ICU_BEDS, rows.sheet.where(index, "staffed_icu_beds"), what)
    for index in rows.where(icu > staffed):
        what = say(
            "{icu:,.0f} ICU beds are more than the {staffed:,.0f} staffed beds: {staffed:,.0f}",
            icu=float(icu[index]),
            staffed=float(staffed[index]),
        )
        rows.repairs.note(Rule.ICU_CAPPED, rows.sheet.where(index, "staffed_icu_beds"), what)
    return np.minimum(np.nan_to_num(icu), staffed)


def _reserve(rows: _Rows, column: str, beds: NDArray[np.float64]) -> NDArray[np.float64]:
    kept = rows.numbers(column)
    for index in rows.where(kept > beds):
        note_reserve(rows.sheet, index, column, float(beds[index]), rows.repairs)
    return np.minimum(np.nan_to_num(kept), beds)


def note_reserve(sheet: Sheet, row: int, column: str, units: float, repairs: Repairs) -> None:
    """List a reserve of more units than there are."""
    what = say(
        "a reserve of {kept:,.0f} is more than the {units:,.0f} there are: all are kept",
        kept=float(sheet.numbers[column][row]),
        units=units,
    )
    repairs.note(Rule.RESERVE_CAPPED, sheet.where(row, column), what)


def _occupancy(rows: _Rows, column: str, beds: NDArray[np.float64]) -> NDArray[np.float64]:
    use = rows.numbers(column)
    for index in rows.where(use > 1):
        what = say(
            "an occupancy of {use:.2f} is more than all beds: 1 is taken", use=float(use[index])
        )
        rows.repairs.note(Rule.OCCUPANCY_CAPPED, rows.sheet.where(index, column), what)
    for index in rows.where(np.isnan(use) & (beds > 0)):
        what = say("the occupancy is not known: it is not used in the mean of the region")
        rows.repairs.note(Rule.OCCUPANCY_UNKNOWN, rows.sheet.where(index, column), what)
    return np.minimum(use, 1)


def _ward_use(
    rows: _Rows,
    staffed: NDArray[np.float64],
    icu: NDArray[np.float64],
    bed_use: NDArray[np.float64],
    icu_use: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Take the use of the ICU beds off; unknown ICU use counts as the use of all beds."""
    ward = staffed - icu
    icu_part = icu * np.where(np.isnan(icu_use), bed_use, icu_use)
    use = np.divide(
        staffed * bed_use - icu_part, ward, out=np.full(len(ward), np.nan), where=ward > 0
    )
    for index in rows.where((use < -ROUNDING) | (use > 1 + ROUNDING)):
        what = say(
            "the ward beds would be used at {use:.2f}: held between 0 and 1", use=float(use[index])
        )
        rows.repairs.note(
            Rule.WARD_OCCUPANCY_CLIPPED, rows.sheet.where(index, "bed_occupancy"), what
        )
    return np.clip(use, 0, 1)
