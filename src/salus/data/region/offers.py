"""What facilities offer: beds that can be opened, and staff that can be lent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.data.region.known import kept_rows, known_number
from salus.data.region.repairs import Rule
from salus.domain.offer import LendingOffer, SurgeOffer

YES, NO = frozenset({"", "yes", "是"}), frozenset({"no", "否"})
"""What a cell says, in small letters, that answers yes or no; empty is yes."""

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from salus.core.errors import Faults
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs
    from salus.domain.resource import Supply


def surge_offers(
    sheet: Sheet, facilities: Mapping[str, int], repairs: Repairs
) -> tuple[SurgeOffer, ...]:
    """Take what ``surge.csv`` states.

    Parameters
    ----------
    sheet : Sheet
        ``surge.csv``, its keys checked.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers rows about facilities that were left out.
    """
    return tuple(
        SurgeOffer(
            sheet.texts["facility_id"][row],
            sheet.texts["resource_id"][row],
            float(sheet.numbers["units"][row]),
            float(sheet.numbers["minutes"][row]),
        )
        for row in kept_rows(sheet, {"facility_id": facilities}, repairs)
    )


def lending_offers(
    sheet: Sheet, facilities: Mapping[str, int], repairs: Repairs
) -> tuple[LendingOffer, ...]:
    """Take what ``lending.csv`` states.

    Parameters
    ----------
    sheet : Sheet
        ``lending.csv``, its keys checked.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers rows about facilities that were left out, and where more agreed than are offered.
    """
    kept = {"from_facility_id": facilities, "to_facility_id": facilities}
    rows = kept_rows(sheet, kept, repairs)
    for row in rows.tolist():
        agreed, units = (float(sheet.numbers[name][row]) for name in ("agreed", "units"))
        if agreed > units:
            what = say(
                "{agreed:g} agreed, but {units:g} are offered: {units:g} are taken",
                agreed=agreed,
                units=units,
            )
            repairs.note(Rule.AGREED_CAPPED, sheet.where(row, "agreed"), what)
    return tuple(
        LendingOffer(
            sheet.texts["from_facility_id"][row],
            sheet.texts["to_facility_id"][row],
            sheet.texts["resource_id"][row],
            float(sheet.numbers["units"][row]),
            float(sheet.numbers["minutes"][row]),
            known_number(sheet, "hours_a_day", row),
            known_number(sheet, "agreed", row),
            credentials=sheet.texts["credentials"][row].lower() not in NO,
        )
        for row in rows
    )


def promised(
    surge: Collection[SurgeOffer],
    lending: Collection[LendingOffer],
    held: Mapping[tuple[str, str], Supply],
) -> frozenset[tuple[str, str]]:
    """Tell what a facility may have of the offers, be there some of it today or not.

    Parameters
    ----------
    surge : collection of SurgeOffer
        Whole units that can be opened.
    lending : collection of LendingOffer
        Loans; one counts where a unit agreed to go, may work there, and the lender has any.
    held : mapping of (facility key, resource key) to Supply
        What there is.

    Returns
    -------
    frozenset of (facility key, resource key)
    """
    opened = {(each.facility_id, each.resource_id) for each in surge if each.units >= 1}
    owned = opened | {key for key, supply in held.items() if supply.staffed > 0}
    lent = {
        (each.to_id, each.resource_id)
        for each in lending
        if each.may_go >= 1 and each.credentials and (each.from_id, each.resource_id) in owned
    }
    return frozenset(opened | lent)


def refuse_own_lending(sheet: Sheet, faults: Faults) -> None:
    """Gather a fault for each row in which a facility would lend to itself.

    Parameters
    ----------
    sheet : Sheet
        ``lending.csv``.
    faults : Faults
        Gathers them.
    """
    pairs = zip(sheet.texts["from_facility_id"], sheet.texts["to_facility_id"], strict=True)
    for row, (lender, host) in enumerate(pairs):
        if lender and lender == host:
            what, remedy = say("a facility cannot lend to itself"), say("name another facility")
            faults.add(what, sheet.where(row, "to_facility_id"), remedy, host)


def refuse_odd_answers(sheet: Sheet, faults: Faults) -> None:
    """Gather a fault for each row that says neither yes nor no of credentials.

    Parameters
    ----------
    sheet : Sheet
        ``lending.csv``.
    faults : Faults
        Gathers them.
    """
    for row, text in enumerate(sheet.texts["credentials"]):
        if text.lower() not in YES | NO:
            what, remedy = say("this is neither yes nor no"), say("write yes or no")
            faults.add(what, sheet.where(row, "credentials"), remedy, text)
