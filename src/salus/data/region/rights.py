"""What people state about the rules of a plan: overrides, and care that is declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.data.region.known import kept_rows
from salus.domain.rights import Decline, Override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.errors import Faults
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs


def stated_overrides(
    sheet: Sheet, districts: Mapping[str, int], facilities: Mapping[str, int], repairs: Repairs
) -> tuple[Override, ...]:
    """Take what ``overrides.csv`` states.

    Parameters
    ----------
    sheet : Sheet
        ``overrides.csv``, without faults.
    districts, facilities : mapping of str to int
        Keys in the region.
    repairs : Repairs
        Gathers rows about places that were left out.
    """
    kept = {"district_id": _or_none(districts), "facility_id": _or_none(facilities)}
    return tuple(
        Override(
            sheet.texts["district_id"][row] or None,
            sheet.texts["facility_id"][row] or None,
            sheet.texts["service_id"][row] or None,
            sheet.texts["reason"][row],
            sheet.texts["decided_by"][row],
        )
        for row in kept_rows(sheet, kept, repairs)
    )


def stated_declines(
    sheet: Sheet, districts: Mapping[str, int], facilities: Mapping[str, int], repairs: Repairs
) -> tuple[Decline, ...]:
    """Take what ``declines.csv`` states.

    Parameters
    ----------
    sheet : Sheet
        ``declines.csv``, without faults.
    districts, facilities : mapping of str to int
        Keys in the region.
    repairs : Repairs
        Gathers rows about places that were left out.
    """
    kept = {"facility_id": facilities, "district_id": _or_none(districts)}
    return tuple(
        Decline(
            sheet.texts["facility_id"][row],
            sheet.texts["reason"][row],
            service=sheet.texts["service_id"][row] or None,
            district=sheet.texts["district_id"][row] or None,
            first_day=sheet.dates["first_day"][row],
            last_day=sheet.dates["last_day"][row],
        )
        for row in kept_rows(sheet, kept, repairs)
    )


def refuse_overrides(sheet: Sheet, faults: Faults) -> None:
    """Gather a fault for each row of ``overrides.csv`` that names no journey."""
    for row in range(len(sheet)):
        if not any(sheet.texts[name][row] for name in ("district_id", "facility_id", "service_id")):
            what = say("an override names a district, a facility or a service, but this names none")
            remedy = say("name what may pass, or take the row out")
            faults.add(what, sheet.where(row, "district_id"), remedy)


def refuse_declines(sheet: Sheet, faults: Faults) -> None:
    """Gather a fault for each row of ``declines.csv`` that declines nothing, or on odd days."""
    for row in range(len(sheet)):
        first, last = sheet.dates["first_day"][row], sheet.dates["last_day"][row]
        district = sheet.texts["district_id"][row]
        if not (district or sheet.texts["service_id"][row]):
            what = say("a facility declines a service or a district, but this row names none")
            remedy = say("name what is declined, or take the row out")
            faults.add(what, sheet.where(row, "service_id"), remedy)
        if first is not None and last is not None and last < first:
            what = say("the last day is before the first, {first}", first=first)
            faults.add(what, sheet.where(row, "last_day"), say("correct the days"), str(last))
        if district and (first is not None or last is not None):
            what = say("a district is declined for as long as a plan lasts")
            remedy = say("leave the days empty, or decline a service of every district")
            day = "last_day" if first is None else "first_day"
            faults.add(what, sheet.where(row, day), remedy, str(first or last))


def _or_none(keys: Mapping[str, int]) -> dict[str, int]:
    # An empty cell stands for all, and was not left out of the region.
    return {**keys, "": -1}
