"""Advice for a few patients: what is likely, what helps, what is dangerous, what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say, word
from salus.report.charts.options import options_chart
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.choices import choices_grid, choices_sentence
from salus.treat.association.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.report.layout import Chart
    from salus.report.words import Words
    from salus.service.advice.advised import Advised, AdvisedPatient
    from salus.treat.advice import Advice, Option
    from salus.treat.knowledge import Knowledge
    from salus.treat.plans.plan import Plan

REASONS = 3
"""Findings that are named."""

DECIDES = say("What is advised is to be considered; the clinician who treats decides.")
LIKENED = {
    Target.PRACTICE: say("mostly given"),
    Target.BENEFIT: say("did good"),
}

DECIMALS = 2
"""Digits of a benefit: HbA1c moves by tenths."""


def advice_section(advised: Advised, words: Words) -> Section:
    """Show the advice for a few patients, and how good the advisor was.

    Parameters
    ----------
    advised : Advised
        What was advised.
    words : Words
        The reader's language, for the labels inside the pictures.

    Returns
    -------
    Section
    """
    count = len(advised.patients)
    title = (
        say("Advice for patients in care now: {count}", count=count)
        if count
        else say("No patient is advised")
    )
    return Section(
        "advice",
        title,
        say("Advice"),
        tuple(_sentences(advised)),
        tuple(_grids(advised)),
        tuple(_charts(advised.patients, words)),
    )


def advisor_section(advised: Advised) -> Section:
    """Show how good the advisor was, and what treatments do on average; nothing of a patient."""
    return Section(
        "advice",
        say("How good the advice is"),
        say("Advice"),
        (*_missing(advised), *_learned(advised)),
        tuple(_judged(advised)),
    )


def patient_section(advised: Advised, patient: AdvisedPatient, words: Words) -> Section:
    """Show what is advised for one patient.

    Parameters
    ----------
    advised : Advised
        What was advised, to this patient and others.
    patient : AdvisedPatient
        The one.
    words : Words
        The reader's language, for the labels inside the picture.

    Returns
    -------
    Section
    """
    return Section(
        "patient",
        who(patient),
        say("Advice"),
        (DECIDES,),
        tuple(_of(advised, patient)),
        tuple(_charts((patient,), words)),
        synthetic=patient.synthetic,
    )


def _sentences(advised: Advised) -> Iterator[Message]:
    if any(each.synthetic for each in advised.patients):
        yield say("SYNTHETIC: the people marked so were made up; nobody is treated by this.")
    yield from _missing(advised)
    if advised.patients:
        yield DECIDES
    yield from _genes(advised)
    yield from _learned(advised)


def _genes(advised: Advised) -> Iterator[Message]:
    if advised.in_care:
        yield say(
            "A gene asks for care with an option for {cautioned:,} of the {count:,} patients in "
            "care now who have options (CYP2D6 and metoprolol, by CPIC).",
            cautioned=advised.cautioned,
            count=advised.in_care,
        )


def _missing(advised: Advised) -> Iterator[Message]:
    for each in advised.missing:
        yield say("{finding}.", finding=each)


def _learned(advised: Advised) -> Iterator[Message]:
    if advised.contacts:
        yield say(
            "Learned from {contacts:,} contacts of {people:,} patients. Nothing was learned from "
            "the {share:.0%} of patients kept apart: on them the methods are judged, and those of "
            "them in care now are advised.",
            contacts=advised.contacts,
            people=advised.people,
            share=advised.params.apart,
        )
    if advised.held_out is not None and advised.held_out.valued:
        yield choices_sentence(advised.held_out)


def _grids(advised: Advised) -> Iterator[Grid]:
    for patient in advised.patients:
        yield from _of(advised, patient)
    yield from _judged(advised)


def _of(advised: Advised, patient: AdvisedPatient) -> Iterator[Grid]:
    if patient.advice.plan is not None:
        yield _options(patient, patient.advice.plan)
    yield _basis(advised, patient)


def _judged(advised: Advised) -> Iterator[Grid]:
    if advised.scores:
        yield _quality(advised)
    if advised.treatments:
        yield _effects(advised)
    if advised.held_out is not None and advised.held_out.valued:
        yield choices_grid(advised.held_out)


def _charts(patients: tuple[AdvisedPatient, ...], words: Words) -> Iterator[Chart]:
    for number, patient in enumerate(patients, start=1):
        if patient.advice.plan is not None and patient.advice.options:
            yield options_chart(f"options-{number}", patient, patient.advice.plan, words)


def who(patient: AdvisedPatient) -> Message:
    """Say in a few words who is advised: a pseudonym, sex, and age in bands."""
    return say(
        "{badge}{id}, {sex}, {age}",
        badge=say("SYNTHETIC · ") if patient.synthetic else "",
        id=patient.patient_id,
        sex=patient.sex,
        age=patient.age,
    )


def _options(patient: AdvisedPatient, plan: Plan) -> Grid:
    advice = patient.advice
    rows = [
        *(_option(each, first=not place) for place, each in enumerate(advice.options)),
        *(
            (
                Cell(each.arm.name),
                *[Cell(None)] * 4,
                Cell(each.word),
            )
            for each in advice.removed
        ),
    ]
    columns = (
        Column(say("treatment"), number=False, wraps=True),
        Column(say("better by ({unit})", unit=plan.outcome.unit)),
        Column(say("from (95 in 100)")),
        Column(say("to (95 in 100)")),
        Column(say("on average")),
        Column(say("advice and safety"), number=False, wraps=True),
    )
    title = say(
        "{who}: {plan}, judged by {outcome}. {summary}",
        who=who(patient),
        plan=plan.name,
        outcome=plan.outcome.name,
        summary=advice.summary,
    )
    return Grid(title, columns, tuple(rows), lead=1 if advice.options else 0)


def _option(option: Option, *, first: bool) -> tuple[Cell, ...]:
    own = option.benefit
    known = np.isfinite(own.point)
    figures = (own.point, own.lower, own.upper, option.average.point)
    return (
        Cell(option.arm.name),
        *(Cell(each if np.isfinite(each) else None, DECIMALS) for each in figures),
        Cell(_minded(option, _word(first=first, known=bool(known)))),
    )


def _minded(option: Option, word: Message) -> Message:
    if not option.cautions:
        return word
    return say(
        "{word}. With care: {cautions}",
        word=word,
        cautions=tuple(each.sentence for each in option.cautions),
    )


def _word(*, first: bool, known: bool) -> Message:
    if not known:
        return say("too few were given it to say")
    return say("consider") if first else say("possible")


def _basis(advised: Advised, patient: AdvisedPatient) -> Grid:
    columns = (
        Column(say("what"), number=False, wraps=True),
        Column(say("finding"), number=False, wraps=True),
    )
    rows = tuple((Cell(what), Cell(finding)) for what, finding in _known(advised, patient))
    title = say("{who}: what the advice rests on", who=who(patient))
    return Grid(title, columns, rows, short=len(rows))


def _known(advised: Advised, patient: AdvisedPatient) -> Iterator[tuple[Message, Message | str]]:
    advice = patient.advice
    plans = {each.plan.icd10: each.plan.name for each in advised.treatments}
    if advice.abstained is not None:
        yield say("likely"), say("no class is named: {why}", why=advice.abstained)
    for each in advice.likely:
        name = plans.get(each.code) or word(advised.names.get(each.code, each.code))
        yield say("likely"), say("{name}: {chance}", name=name, chance=each.frequency)
    for reason in advice.reasons[:REASONS]:
        yield say("because"), reason.because
    if advice.ranked_by is not None:
        yield say("ranked by"), advice.ranked_by
    yield from _likened(advice)
    for source in advice.plan.evidence if advice.plan else ():
        yield say("evidence"), source
    yield from _cautions(advice)
    for finding in advice.unknown:
        yield say("with care"), finding
    yield say("looked at"), say("the record at {moment}", moment=patient.at)


def _likened(advice: Advice) -> Iterator[tuple[Message, Message]]:
    for target, what in LIKENED.items():
        arms = tuple(
            say("{arm} ({method})", arm=each.arm.name, method=each.method)
            for each in advice.likened
            if each.target is target
        )
        if arms:
            yield what, say("{arms}", arms=arms)


def _cautions(advice: Advice) -> Iterator[tuple[Message, Message]]:
    for option in advice.options:
        for caution in option.cautions:
            yield (
                say("with care"),
                say(
                    "{treatment}: {caution} ({strength}; {source})",
                    treatment=option.arm.name,
                    caution=caution.sentence,
                    strength=caution.strength.label,
                    source=caution.source,
                ),
            )


def _quality(advised: Advised) -> Grid:
    chosen = advised.held_out.chosen if advised.held_out else ""
    scores = sorted(advised.scores, key=lambda score: score.method != chosen)
    rows = tuple(
        (
            Cell(score.label),
            Cell(score.held_out.auroc, 3),
            Cell(score.held_out.ece, 3),
            Cell(score.held_out.brier, 3),
            Cell(100 * score.held_out.accuracy, 0),
        )
        for score in scores
    )
    columns = (
        Column(say("method"), number=False),
        Column(say("AUROC (macro)")),
        Column(say("calibration error (ECE)")),
        Column(say("Brier score")),
        Column(say("right (%)")),
    )
    title = say(
        "How good each method was on {count:,} contacts of patients it never saw",
        count=advised.scores[0].held_out.rows,
    )
    return Grid(title, columns, rows, lead=1)


def _effects(advised: Advised) -> Grid:
    rows = tuple(row for known in advised.treatments for row in _arms(known))
    columns = (
        Column(say("condition"), number=False),
        Column(say("treatment"), number=False),
        Column(say("better by")),
        Column(say("from (95 in 100)")),
        Column(say("to (95 in 100)")),
        Column(say("unit"), number=False),
        Column(say("given")),
    )
    title = say(
        "What each treatment does on average, against the first of its condition; the intervals "
        "of a condition hold all together in 95 of 100"
    )
    return Grid(title, columns, rows, short=len(rows))


def _arms(known: Knowledge) -> Iterator[tuple[Cell, ...]]:
    sign = known.plan.outcome.better.sign
    for arm, average in zip(known.plan.arms[1:], known.averages[1:], strict=True):
        effect = average.effect
        low, high = sorted((sign * effect.lower, sign * effect.upper))
        figures = [each if np.isfinite(each) else None for each in (sign * effect.point, low, high)]
        yield (
            Cell(known.plan.name),
            Cell(arm.name),
            *(Cell(each, DECIMALS) for each in figures),
            Cell(known.plan.outcome.unit),
            Cell(average.given),
        )
