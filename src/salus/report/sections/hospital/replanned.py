"""What a new plan of a hospital changes, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.report.charts.hospital.axis import shift_name
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.hospital.nurse_rules import rule_sentences
from salus.report.sections.hospital.words import BREACHES, place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salus.allocate.hospital.plan import Admission
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.replan.causes import Cause
    from salus.allocate.hospital.replan.perturbation import Handed
    from salus.allocate.hospital.replan.replan import Replanned
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.core.messages import Message
    from salus.service.replan_hospital import ReplannedHospital


def replanned_sections(found: ReplannedHospital) -> tuple[Section, ...]:
    """Show what a new plan changes.

    Parameters
    ----------
    found : ReplannedHospital
        The hospital after the events, and the new plan beside the old one.

    Returns
    -------
    tuple of Section
        One: what it costs and breaks, and a row for each change.
    """
    replanned, first = found.replanned, found.hospital.first
    rows = (*_patients(replanned, first), *_rooms(replanned, first))
    columns = (
        Column(say("patient, or room and shift"), number=False, wraps=True),
        Column(say("before"), number=False, wraps=True),
        Column(say("now"), number=False, wraps=True),
        Column(say("why"), number=False, wraps=True),
    )
    grid = Grid(say("What changes"), columns, rows, short=len(rows))
    sentences = [*_sentences(replanned), *_roster(replanned, first)]
    if found.breaches:
        sentences += rule_sentences(found.breaches, replanned.problem, first)
    return (Section("replanned", _title(found), say("Changes"), tuple(sentences), (grid,)),)


def cause_sentence(cause: Cause) -> Message:
    """Say what forced a change.

    Parameters
    ----------
    cause : Cause
        Events and people; nothing forced the change where both are empty.

    Returns
    -------
    Message
    """
    events = tuple(dict.fromkeys(each.said for each in cause.events))
    if events and cause.people:
        return say("{events}; also changed: {people}", events=events, people=cause.people)
    if events:
        return say("{events}", events=events)
    if cause.people and cause.free:
        return say(
            "nothing forces it; it costs less so, together with {people}", people=cause.people
        )
    if cause.people:
        return say("also changed: {people}", people=cause.people)
    return say("nothing forces it; it costs less so")


def _title(found: ReplannedHospital) -> Message:
    replanned = found.replanned
    if replanned.after.total_violations or found.breaches:
        return say("The new plan still breaks rules")
    if not replanned.moves and not replanned.hands:
        if not replanned.called and not replanned.excused:
            return say("The plan stays as it is")
        return say(
            "Patients and the nurses of rooms stay as they are; nurses called in for a shift: "
            "{called:,}; not at work in one: {excused:,}",
            called=len(replanned.called),
            excused=len(replanned.excused),
        )
    new, lost = sum(each.before is None for each, _ in replanned.moves), replanned.distance.lost
    return say(
        "Patients who move: {patients:,}; not admitted any more: {lost:,}; newly admitted: "
        "{new:,}; shifts in which a room gets another nurse: {rooms:,}",
        patients=len(replanned.moves) - new - lost,
        lost=lost,
        new=new,
        rooms=len(replanned.hands),
    )


def _sentences(replanned: Replanned) -> Iterator[Message]:
    if replanned.before.total_cost is None:
        yield say("What the plan cost before is not known, as rooms with people had no nurse.")
    else:
        yield say("Before, the plan cost {cost:,}.", cost=replanned.before.total_cost)
    if replanned.unchanged.total_violations:
        yield say(
            "Unchanged, it would now break rules: {rules}.", rules=_broken(replanned.unchanged)
        )
    else:
        cost = replanned.unchanged.total_cost
        yield say("Unchanged, it would now cost {cost:,}.", cost=cost or 0)
    if replanned.after.total_violations:
        yield say("The new plan breaks rules: {rules}.", rules=_broken(replanned.after))
        if not replanned.conflicts:
            yield say("Search longer; where that does not help, nothing may keep all rules.")
    for conflict in replanned.conflicts:
        yield say("No plan keeps all rules: {what}.", what=conflict.what)
    if replanned.after.total_cost is None:
        yield say("What the new plan costs is not known, as rooms with people have no nurse.")
    else:
        yield say("The new plan costs {cost:,}.", cost=replanned.after.total_cost)
    yield say(
        "Patients with another day: {day:,}; in another room: {room:,}; in another theatre: "
        "{theatre:,}; not admitted any more: {lost:,}; shifts in which a room gets another nurse, "
        "though its own is there: {nurse:,}.",
        day=replanned.distance.day,
        room=replanned.distance.room,
        theatre=replanned.distance.theatre,
        lost=replanned.distance.lost,
        nurse=replanned.distance.nurse,
    )


def _roster(replanned: Replanned, first: date | None) -> Iterator[Message]:
    if replanned.called:
        called = tuple(_duty(replanned.problem, *each, first) for each in replanned.called)
        yield say("Called in, as they offer the shift: {nurses}.", nurses=called)
    if replanned.excused:
        excused = tuple(_duty(replanned.problem, *each, first) for each in replanned.excused)
        yield say("Not at work there, so that the rules are kept: {nurses}.", nurses=excused)


def _broken(verification: HospitalVerification) -> tuple[Message, ...]:
    return tuple(
        say("{what}: {count:,}", what=BREACHES[rule], count=n)
        for rule, n in verification.violations.items()
        if n
    )


def _patients(replanned: Replanned, first: date | None) -> Iterator[tuple[Cell, ...]]:
    for each, cause in replanned.moves:
        yield (
            Cell(each.patient),
            Cell(_place(each.before, first)),
            Cell(_place(each.after, first)),
            Cell(cause_sentence(cause)),
        )


def _rooms(replanned: Replanned, first: date | None) -> Iterator[tuple[Cell, ...]]:
    for each, cause in replanned.hands:
        yield (
            Cell(_spot(replanned.problem, each, first)),
            Cell(each.before),
            Cell(each.after),
            Cell(cause_sentence(cause)),
        )


def _place(admission: Admission | None, first: date | None) -> Message:
    return say("not admitted") if admission is None else place(admission, first)


def _duty(problem: HospitalProblem, nurse: str, shift: int, first: date | None) -> Message:
    when = shift_name(problem, shift, first)
    return say("{nurse} ({when})", nurse=nurse, when=when)


def _spot(problem: HospitalProblem, hand: Handed, first: date | None) -> Message:
    return say("{room}, {when}", room=hand.room, when=shift_name(problem, hand.shift, first))
