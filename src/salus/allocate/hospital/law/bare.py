"""Why the rules of nurses leave nobody for a shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.law.limits import Offers, limited
from salus.allocate.hospital.nurse_rules import DAYS
from salus.allocate.lp.solve import solve
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.hospital.hospital import Hospital
    from salus.core.messages import Message


def why_bare(hospital: Hospital, offers: Offers) -> InputError:
    """Find the fewest shifts that stay without a nurse, and what keeps each nurse from them.

    Parameters
    ----------
    hospital : Hospital
        Whose rules leave nobody for some shift.
    offers : Offers
        Its offered shifts.

    Returns
    -------
    InputError
        With a fault for each of these shifts.
    """
    draft, horizon = limited(hospital, offers), hospital.problem.horizon
    kept = draft.column.blocks["kept"].indices
    bare = draft.columns("bare", (horizon,), upper=1)
    for shift in range(horizon):
        row = draft.rows(f"somebody {shift}", (1,), lower=1)
        draft.put(row, kept[offers.shift == shift], 1.0)
        draft.put(row, bare[shift], 1.0)
    draft.charge("bare", bare, 1.0)
    x = solve(draft.program({"bare": 1.0})).x
    values = np.zeros(draft.column.size) if x is None else x  # nobody at work keeps every rule
    chosen, faults = values[kept] > 1 / 2, []
    for shift in np.flatnonzero(values[bare] > 1 / 2).tolist():
        reasons = tuple(_reasons(hospital, offers, chosen, shift))
        what = say("the rules of nurses leave nobody for this shift: {reasons}", reasons=reasons)
        remedy = say("offer the shift to another nurse, or ease a rule")
        faults.append(Fault(what, Where(say("nurses"), column=_name(hospital, shift)), remedy))
    return InputError(*faults)


def _reasons(
    hospital: Hospital, offers: Offers, chosen: NDArray[np.bool_], shift: int
) -> Iterator[Message]:
    for offer in np.flatnonzero(offers.shift == shift).tolist():
        nurse = hospital.problem.nurses[offers.nurse[offer]]
        mine = np.flatnonzero(chosen & (offers.nurse == offers.nurse[offer]))
        yield _reason(hospital, offers.shift[mine].tolist(), nurse.id, nurse.skill, shift)


def _reason(hospital: Hospital, worked: list[int], nurse: str, skill: int, shift: int) -> Message:
    rules, calendar = hospital.rules, hospital.calendar
    for other in worked if rules.rest is not None else ():
        first, second = sorted((other, shift), key=calendar.start)
        if calendar.start(second) < calendar.end(first) + (rules.rest or 0):
            at = _name(hospital, other)
            return say("{nurse} would not rest enough beside {shift}", nurse=nurse, shift=at)
    minutes = sum(calendar.end(each) - calendar.start(each) for each in (*worked, shift))
    if rules.whole is not None and minutes > rules.whole:
        return say("{nurse} would work too many hours in all", nurse=nurse)
    if rules.week is not None and _busiest(hospital, (*worked, shift)) > rules.week:
        return say("{nurse} would work too many hours in 7 days", nurse=nurse)
    lacking = (
        name
        for level, name in enumerate(hospital.skills[: len(rules.shares)])
        if rules.shares[level] and skill < level
    )
    return say(
        "{nurse} would be at work where too few have the skill {skill}",
        nurse=nurse,
        skill=next(lacking, hospital.skills[skill]),
    )


def _busiest(hospital: Hospital, worked: tuple[int, ...]) -> int:
    calendar = hospital.calendar
    minutes = {each: calendar.end(each) - calendar.start(each) for each in worked}
    day = {each: each // calendar.shifts for each in worked}
    return max(
        sum(minutes[each] for each in worked if first <= day[each] < first + DAYS)
        for first in range(hospital.problem.days)
    )


def _name(hospital: Hospital, shift: int) -> str:
    day, place = divmod(shift, hospital.calendar.shifts)
    return f"{hospital.calendar.date_of(day).isoformat()} {hospital.problem.shifts[place]}"
