"""Who is postponed, who waits, why, and what the nearest other way would be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salus.allocate.hospital.verification import Hard
from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.hospital.words import changes, lack, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salus.allocate.hospital.explain.reasons import Reason
    from salus.service.explain_hospital import ExplainedHospital

TOLD, SHORT, LONG = 2, 8, 1000
"""Reasons told in sentences, and rows of a terminal and of a page."""
WHY = {
    frozenset({Hard.SURGEON_OVERTIME}): say("the surgeon's minutes"),
    frozenset({Hard.OPERATING_THEATER_OVERTIME}): say("minutes of a theatre"),
    frozenset({Hard.ROOM_CAPACITY}): say("a bed"),
    frozenset({Hard.ROOM_GENDER_MIX}): say("a room of the same gender"),
}
SEVERAL = say("several of these at once")


def postponed_section(explained: ExplainedHospital) -> Section:
    """Show why patients are not admitted.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan.

    Returns
    -------
    Section
    """
    first, found = explained.first, [each for each in explained.reasons if each.now is None]
    return Section(
        "postponed",
        _postponed_title(explained, found),
        say("Postponed"),
        tuple(_sentences(found, first)),
        (_grid(say("The nearest way to admit each patient"), found, first),),
    )


def waiting_section(explained: ExplainedHospital) -> Section:
    """Show why patients wait past their release.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan.

    Returns
    -------
    Section
    """
    first, found = explained.first, [each for each in explained.reasons if each.now is not None]
    title = say("Nobody who is admitted waits past the release")
    if found:
        title = say("Patients who are admitted after their release: {count:,}", count=len(found))
    return Section(
        "waiting",
        title,
        say("Waiting"),
        tuple(_sentences(found, first)),
        (_grid(say("The nearest way to admit each patient earlier"), found, first),),
    )


def _postponed_title(explained: ExplainedHospital, found: Sequence[Reason]) -> Message:
    patient = explained.problem.patient
    mandatory = sum(patient[each.patient].mandatory for each in found)
    if not found:
        return say("Every patient is admitted")
    if mandatory:
        return say(
            "Patients who are not admitted: {count:,}, of whom must be: {mandatory:,}",
            count=len(found),
            mandatory=mandatory,
        )
    return say("Patients who are postponed beyond the horizon: {count:,}", count=len(found))


def _sentences(found: Sequence[Reason], first: date | None) -> Iterator[Message]:
    if not found:
        return
    missed = [each for each in found if _missed(each)]
    dearer = [each for each in found if not each.lacks and not _missed(each)]
    blocked = [each for each in found if each.lacks]
    if missed:
        yield say(
            "For {count:,} nothing stands against it, and the plan would be better so; a longer "
            "search may find such a plan.",
            count=len(missed),
        )
    if dearer:
        yield _dearer(len(dearer), min(each.effect.cost for each in dearer))
    if blocked:
        yield say(
            "For {count:,} every way breaks a rule; what the nearest one lacks: {lacks}.",
            count=len(blocked),
            lacks=tuple(_counted(blocked)),
        )
    for each in (*missed[:TOLD], *blocked[:TOLD], *dearer[:TOLD]):
        yield _told(each, first)
    yield say(
        "The nearest way breaks the fewest rules, then the least, then costs least, of all days, "
        "fit rooms and theatres, all else kept. Each was confirmed by verifying the changed plan."
    )


def _missed(each: Reason) -> bool:
    """Tell whether the plan would break less, or cost less, if the patient were so admitted."""
    effect = each.effect
    return not each.lacks and (effect.broken < 0 or (not effect.broken and effect.cost < 0))


def _dearer(count: int, cost: int) -> Message:
    if not cost:
        return say(
            "For {count:,} there is a way that breaks no rule; the best of these costs the same.",
            count=count,
        )
    return say(
        "For {count:,} there is a way that breaks no rule; the best of these costs {cost:,} more.",
        count=count,
        cost=cost,
    )


def _counted(blocked: Sequence[Reason]) -> Iterator[Message]:
    kinds = Counter(
        WHY.get(frozenset(lacked.rule for lacked in each.lacks), SEVERAL) for each in blocked
    )
    for kind, count in kinds.most_common():
        yield say("{what} ({count:,})", what=kind, count=count)


def _told(each: Reason, first: date | None) -> Message:
    way = place(each.way, first)
    if each.lacks:
        return say(
            "The nearest way to admit {patient} is {way}: {lacks}.",
            patient=each.patient,
            way=way,
            lacks=tuple(lack(lacked, first) for lacked in each.lacks),
        )
    if not each.effect.cost:
        same = (say("the cost is the same"), *changes(each.effect))
        return say(
            "The best way to admit {patient} is {way}: {same}.",
            patient=each.patient,
            way=way,
            same=same,
        )
    return say(
        "The best way to admit {patient} is {way}; the cost changes by {cost:+,}: {changes}.",
        patient=each.patient,
        way=way,
        cost=each.effect.cost,
        changes=changes(each.effect),
    )


def _grid(title: Message, found: Sequence[Reason], first: date | None) -> Grid:
    admitted = any(each.now is not None for each in found)
    rows = tuple(
        (
            Cell(each.patient),
            *(() if each.now is None else (Cell(place(each.now, first)),)),
            Cell(place(each.way, first)),
            Cell(_why(each, first)),
            Cell(each.effect.cost),
            Cell(each.free.days),
            Cell(each.free.surgeon),
            Cell(each.free.theatre),
            Cell(each.free.bed),
            Cell(each.free.all),
        )
        for each in found
    )
    columns = (
        Column(say("patient"), number=False),
        *((Column(say("planned"), number=False, wraps=True),) if admitted else ()),
        Column(say("nearest way"), number=False, wraps=True),
        Column(say("why not"), number=False, wraps=True),
        Column(say("change of cost")),
        Column(say("days")),
        Column(say("with surgeon")),
        Column(say("with theatre")),
        Column(say("with bed")),
        Column(say("with all")),
    )
    return Grid(title, columns, rows, SHORT, LONG)


def _why(each: Reason, first: date | None) -> Message:
    if each.lacks:
        return say("{lacks}", lacks=tuple(lack(lacked, first) for lacked in each.lacks))
    if _missed(each):
        return say("nothing: the plan would be better so; a longer search may find it")
    if not each.effect.costs:
        return say("costs the same")
    if not each.effect.cost:
        return say("costs the same: {changes}", changes=changes(each.effect))
    return say("costs more: {changes}", changes=changes(each.effect))
