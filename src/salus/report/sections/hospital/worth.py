"""Which nurse, bed or hour is worth most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.unit import Kind
from salus.allocate.hospital.kinds import SURGEON, THEATRE, named
from salus.core.messages import Message, say, word
from salus.report.charts.hospital.axis import day_name, level_name
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.hospital.words import BREACHES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salus.allocate.hospital.explain.unit import Unit
    from salus.allocate.hospital.explain.worth import Worth
    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.plan import Admission
    from salus.service.explain_hospital import ExplainedHospital

SHORT, LONG = 12, 2000
NOTHING = {
    Kind.BED: say("one more bed"),
    Kind.THEATRE_HOUR: say("more hours of a theatre"),
    Kind.SURGEON_HOUR: say("more hours of a surgeon"),
    Kind.NURSE: say("one more nurse"),
}


def worth_section(explained: ExplainedHospital) -> Section:
    """Show what more of something saves at least.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan.

    Returns
    -------
    Section
    """
    worths, hospital = explained.worths.worths, explained.hospital
    now = {each.patient: each for each in (*explained.plan.admissions, *explained.worths.free)}
    return Section(
        "worth",
        _title(worths[0], hospital)
        if worths
        else say("Nothing is found that one more bed, hour or nurse would save"),
        say("Worth of more"),
        tuple(_sentences(explained)),
        (_grid(explained, now),),
    )


def _title(best: Worth, hospital: Hospital) -> Message:
    unit = _unit(best.unit, hospital)
    if best.effect.broken:
        return say(
            "Worth most: {unit}, which mends broken rules by {mended:,}",
            unit=unit,
            mended=-best.effect.broken,
        )
    if best.unit.count > 1:
        return say(
            "Worth most: {unit}, which saves {saving:,} units of cost or more, about {each:,.0f} "
            "for each hour",
            unit=unit,
            saving=best.saving,
            each=best.each,
        )
    return say(
        "Worth most: {unit}, which saves {saving:,} units of cost or more",
        unit=unit,
        saving=best.saving,
    )


def _sentences(explained: ExplainedHospital) -> Iterator[Message]:
    worths, hospital = explained.worths, explained.hospital
    if worths.free:
        yield say(
            "With what there is, the plan can be improved already: patients admitted, or earlier: "
            "{count:,}, which saves {saved:,}. What follows is counted from the plan with that.",
            count=len(worths.free),
            saved=worths.saved,
        )
    for kind in Kind:
        best = next((each for each in worths.worths if each.unit.kind is kind), None)
        if best is None:
            yield say("{unit}: no saving is found.", unit=NOTHING[kind])
        elif best.effect.broken:
            yield say(
                "{unit}: saves at least {saving:,}; {mended}.",
                unit=_unit(best.unit, hospital),
                saving=best.saving,
                mended=tuple(_mended(best)),
            )
        else:
            yield say(
                "{unit}: saves at least {saving:,}.",
                unit=_unit(best.unit, hospital),
                saving=best.saving,
            )
    yield say(
        "Each saving is a lower bound, with the rest of the plan kept: patients who are postponed "
        "or wait move into what has become free, cases move so that a theatre stays closed, or "
        "rooms move to the new nurse. Each was confirmed by verifying the changed plan in the "
        "larger hospital."
    )


def _grid(explained: ExplainedHospital, now: dict[str, Admission]) -> Grid:
    rows = tuple(
        (
            Cell(_unit(each.unit, explained.hospital)),
            Cell(each.saving),
            Cell(each.each, 1),
            Cell(say("{how}", how=tuple(_how(each, now, explained.first)))),
        )
        for each in explained.worths.worths
    )
    columns = (
        Column(say("more of"), number=False, wraps=True),
        Column(say("saves at least")),
        Column(say("by each")),
        Column(say("how"), number=False, wraps=True),
    )
    title = say("What more is worth, the dearest hour, bed or nurse first")
    if any(each.effect.broken for each in explained.worths.worths):
        title = say("What more is worth: what mends broken rules first, then the dearest")
    return Grid(title, columns, rows, SHORT, LONG)


def _unit(unit: Unit, hospital: Hospital) -> Message:
    if unit.kind is Kind.BED:
        return say("one more bed in {room}", room=unit.key)
    day = day_name(unit.day or 0, hospital.first)
    if unit.kind is not Kind.NURSE:
        kind = THEATRE if unit.kind is Kind.THEATRE_HOUR else SURGEON
        name = named(kind, unit.key)
        return say("{count} h more of {name} on {day}", count=unit.count, name=name, day=day)
    level, shift = level_name(unit.level or 0, hospital.skills), word(unit.key)
    return say("one more nurse ({level}) on {day}, {shift}", level=level, day=day, shift=shift)


def _mended(worth: Worth) -> Iterator[Message]:
    for rule, n in worth.effect.violations.items():
        yield say("a broken rule is mended, by {count:,} ({what})", count=-n, what=BREACHES[rule])


def _how(worth: Worth, now: dict[str, Admission], first: date | None) -> Iterator[Message]:
    yield from _mended(worth)
    if worth.rooms:
        yield say("takes over {rooms}", rooms=worth.rooms)
    for each in worth.admissions:
        before, day = now.get(each.patient), day_name(each.day, first)
        if before is None:
            yield say("{patient} is admitted on {day}", patient=each.patient, day=day)
        elif before.day != each.day:
            yield say(
                "{patient} comes on {day} rather than {before}",
                patient=each.patient,
                day=day,
                before=day_name(before.day, first),
            )
        else:
            yield say(
                "{patient} is operated on in {theatre}",
                patient=each.patient,
                theatre=each.theatre,
            )
