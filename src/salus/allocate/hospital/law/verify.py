"""Whether a plan keeps the rules of nurses, by definition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.plan import HospitalPlan


class NurseRule(StrEnum):
    """What is broken."""

    REST = "RestBetweenShifts"
    """Minutes between two shifts."""
    WEEK = "HoursIn7Days"
    """Minutes in 7 days in a row, from the day of the shift on."""
    WHOLE = "HoursInAll"
    """Minutes over the whole horizon."""
    SHARE = "SkillShare"
    """Share of the nurses at work with at least a level of skill."""


@dataclass(frozen=True, slots=True)
class RuleBreach:
    """A rule of nurses that a plan breaks.

    Parameters
    ----------
    rule : NurseRule
        Which one.
    who : str
        The nurse; for a share, the ward, which is empty where nurses have none.
    shift : int
        Of the horizon: the later of two, the first of the 7 days or of all, or the one in which
        the share is missed.
    found, allowed : float
        Minutes, or a share from 0 to 1.
    skill : str
        Name of the level of a share; empty for other rules.
    """

    rule: NurseRule
    who: str
    shift: int
    found: float
    allowed: float
    skill: str = ""


def verify_nurse_rules(hospital: Hospital, plan: HospitalPlan) -> tuple[RuleBreach, ...]:
    """List what a plan breaks of the rules of nurses; whoever has a duty is at work.

    Parameters
    ----------
    hospital : Hospital
        With its rules, calendar and wards of nurses.
    plan : HospitalPlan
        A plan that can be read; a duty without rooms is work, too.

    Returns
    -------
    tuple of RuleBreach
        Empty where every rule is kept. Of the 7 days that are too long, each is named whose first
        day has a shift.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> from salus.allocate.hospital.nurse_rules import NurseRules
    >>> plain = random_hospital(7)
    >>> hospital = replace(Hospital.plain(plain), rules=NurseRules(whole=8 * 60))
    >>> found = verify_nurse_rules(hospital, random_plan(plain, 7))
    >>> found[0].who, found[0].found, found[0].allowed
    ('n0', 1920, 480)
    """
    worked: dict[str, set[int]] = defaultdict(set)
    for duty in plan.duties:
        worked[duty.nurse].add(duty.shift)
    hours = [
        breach
        for nurse in hospital.problem.nurses
        for breach in _hours(hospital, nurse.id, sorted(worked[nurse.id]))
    ]
    return (*hours, *_shares(hospital, worked))


def _hours(hospital: Hospital, nurse: str, shifts: list[int]) -> Iterator[RuleBreach]:
    rules, count = hospital.rules, len(hospital.problem.shifts)
    starts, lengths = hospital.calendar.starts, hospital.calendar.lengths
    begins = {each: each // count * 1440 + starts[each % count] for each in shifts}
    takes = {each: lengths[each % count] for each in shifts}
    order = sorted(shifts, key=begins.__getitem__)
    if rules.rest is not None:
        for place, each in enumerate(order[1:], start=1):
            gap = begins[each] - max(begins[prior] + takes[prior] for prior in order[:place])
            if gap < rules.rest:
                yield RuleBreach(NurseRule.REST, nurse, each, gap, rules.rest)
    if rules.week is not None:
        for first in {each // count: each for each in reversed(shifts)}.values():
            days = range(first // count, first // count + 7)
            long = sum(takes[each] for each in shifts if each // count in days)
            if long > rules.week:
                yield RuleBreach(NurseRule.WEEK, nurse, first, long, rules.week)
    if rules.whole is not None and sum(takes.values()) > rules.whole:
        yield RuleBreach(NurseRule.WHOLE, nurse, shifts[0], sum(takes.values()), rules.whole)


def _shares(hospital: Hospital, worked: dict[str, set[int]]) -> Iterator[RuleBreach]:
    there: dict[tuple[int, str], list[int]] = defaultdict(list)
    for nurse in hospital.problem.nurses:
        for shift in worked[nurse.id]:
            there[shift, hospital.teams.get(nurse.id, "")].append(nurse.skill)
    for (shift, ward), skills in sorted(there.items()):
        for level, least in enumerate(hospital.rules.shares):
            share = sum(skill >= level for skill in skills) / len(skills)
            if share < least - 1e-9:
                name = hospital.skills[level]
                yield RuleBreach(NurseRule.SHARE, ward, shift, share, least, name)
