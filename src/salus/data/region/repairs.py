"""What was mended or left out, row by row, and the rule behind each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.core.errors import Where
    from salus.core.messages import Message


class Rule(StrEnum):
    """The rules by which a region is mended; :data:`RULES` says each in a sentence."""

    NO_POSITION = "no_position"
    NAME_FROM_KEY = "name_from_key"
    NO_PEOPLE = "no_people"
    OLD_FROM_SHARE = "old_from_share"
    OLD_CAPPED = "old_capped"
    NO_OUTLINE = "no_outline"
    OUTLINE_UNUSED = "outline_unused"
    COUNTY_SPELLED = "county_spelled"
    COUNTY_SHARED = "county_shared"
    COUNTY_NEAREST = "county_nearest"
    NO_DISTRICTS = "no_districts"
    BEDS_FROM_LICENCE = "beds_from_licence"
    NO_BEDS = "no_beds"
    NO_ICU_BEDS = "no_icu_beds"
    ICU_CAPPED = "icu_capped"
    RESERVE_CAPPED = "reserve_capped"
    OCCUPANCY_CAPPED = "occupancy_capped"
    OCCUPANCY_UNKNOWN = "occupancy_unknown"
    WARD_OCCUPANCY_CLIPPED = "ward_occupancy_clipped"
    RESTRICTED = "restricted"
    UNKNOWN_TYPE = "unknown_type"
    ROW_OF_LEFT_OUT = "row_of_left_out"
    COLUMN_UNREAD = "column_unread"
    SIGNS_LEFT_OUT = "signs_left_out"
    OFF_GRID = "off_grid"
    UNEVEN = "uneven"
    NO_ROW = "no_row"
    STOCK_EXPIRED = "stock_expired"
    AFTER_THE_PLAN = "after_the_plan"
    INPATIENTS_BEYOND = "inpatients_beyond"
    AGREED_CAPPED = "agreed_capped"


RULES: dict[Rule, Message] = {
    Rule.NO_POSITION: say("a place without a position on the globe is left out"),
    Rule.NAME_FROM_KEY: say("a place without a name is called by its key"),
    Rule.NO_PEOPLE: say("a district without people stays on the map and needs nothing"),
    Rule.OLD_FROM_SHARE: say("unknown people of 65 and over: the share of the whole region"),
    Rule.OLD_CAPPED: say("people of 65 and over are at most all people"),
    Rule.NO_OUTLINE: say("a district without an outline is drawn as a point"),
    Rule.OUTLINE_UNUSED: say("an outline of no listed district is left out"),
    Rule.COUNTY_SPELLED: say("a county is found in spite of case, accents, signs, ST. and CITY"),
    Rule.COUNTY_SHARED: say("of several districts with the name of the county, the nearest"),
    Rule.COUNTY_NEAREST: say("a county that is not listed: the nearest district of the state"),
    Rule.NO_DISTRICTS: say("a facility in a state without districts is left out"),
    Rule.BEDS_FROM_LICENCE: say("unknown staffed beds: licensed beds times the usual ratio"),
    Rule.NO_BEDS: say("a facility with no beds, or none known, stays on the map; not planned"),
    Rule.NO_ICU_BEDS: say("unknown ICU beds count as none"),
    Rule.ICU_CAPPED: say("ICU beds are at most the staffed beds"),
    Rule.RESERVE_CAPPED: say("a reserve is at most what there is"),
    Rule.OCCUPANCY_CAPPED: say("an occupancy above 1 counts as 1"),
    Rule.OCCUPANCY_UNKNOWN: say("an unknown occupancy is not used in the mean of the region"),
    Rule.WARD_OCCUPANCY_CLIPPED: say("the occupancy of the ward beds is held between 0 and 1"),
    Rule.RESTRICTED: say("a facility for a restricted group stays on the map; not planned"),
    Rule.UNKNOWN_TYPE: say("a facility of unknown type stays on the map; not planned"),
    Rule.ROW_OF_LEFT_OUT: say("a row about a place that was left out is left out too"),
    Rule.COLUMN_UNREAD: say("a column that is not known is not read"),
    Rule.SIGNS_LEFT_OUT: say("a name has no = + - @ in front, and no control characters"),
    Rule.OFF_GRID: say("a date between the weeks of the others is left out"),
    Rule.UNEVEN: say("an indicator whose dates are not evenly spaced is left out"),
    Rule.NO_ROW: say("periods without a row stay gaps"),
    Rule.STOCK_EXPIRED: say("medicines that expired before the plan begins are left out"),
    Rule.AFTER_THE_PLAN: say("medicines that could come only after the plan are left out"),
    Rule.INPATIENTS_BEYOND: say(
        "inpatients beyond the units there are keep them: nobody is added to them"
    ),
    Rule.AGREED_CAPPED: say("more agreed than are offered: as many as are offered go"),
}


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was mended or left out.

    Parameters
    ----------
    rule : Rule
        The rule that was followed.
    where : Where
        The row, as an editor counts it.
    what : Message
        What was found and what was done.
    left_out : bool
        Whether the row takes no part in planning because of it.
    """

    rule: Rule
    where: Where
    what: Message
    left_out: bool = False


class Repairs:
    """Gathers repairs while a region is read.

    Parameters
    ----------
    repairs : iterable of Repair
        What is known already.

    Examples
    --------
    >>> from salus.core.errors import Where
    >>> repairs = Repairs()
    >>> repairs.note(Rule.NO_PEOPLE, Where("districts.csv", 4), say("nobody lives here"))
    >>> [repair.rule.value for repair in repairs.in_order(["districts.csv"])]
    ['no_people']
    """

    def __init__(self, repairs: Iterable[Repair] = ()) -> None:
        self._repairs: list[Repair] = list(repairs)

    def note(self, rule: Rule, where: Where, what: Message, *, left_out: bool = False) -> None:
        """Keep one more repair."""
        self._repairs.append(Repair(rule, where, what, left_out))

    def in_order(self, files: Iterable[str]) -> tuple[Repair, ...]:
        """Return all repairs by file, in the given order, and by row.

        Parameters
        ----------
        files : iterable of str
            Every file that may be named by a repair.
        """
        rank = {file: index for index, file in enumerate(files)}
        return tuple(
            sorted(
                self._repairs,
                key=lambda repair: (rank[str(repair.where.source)], repair.where.row or 0),
            )
        )
