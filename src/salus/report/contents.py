"""The whole report of a day, laid out once for every face."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.document import document
from salus.report.sections.advice import advice_section
from salus.report.sections.basis import RunFacts, basis
from salus.report.sections.compare import methods, scenarios
from salus.report.sections.decision import decision
from salus.report.sections.fairness import fairness
from salus.report.sections.medicines import medicines
from salus.report.sections.moves import moves
from salus.report.sections.outlook import outlook
from salus.report.sections.places import places
from salus.report.sections.practice import practice
from salus.report.sections.queue import queue
from salus.report.sections.records import records_section
from salus.report.sections.right import rightness_section
from salus.report.sections.signals import place_names, signals_section
from salus.report.sections.staffing import staffing
from salus.report.sections.uncertain import uncertain
from salus.report.sections.weeks import weeks
from salus.report.sections.worth import worth
from salus.service.figures import figures
from salus.service.tables.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.core.canonical import Json
    from salus.report.layout import Section
    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.figure import Figure
    from salus.service.run_day import Decided

TILES = ("unmet_cases", "unmet_weighted", "travel_mean", "idle")


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A day laid out for people and programs.

    Parameters
    ----------
    title, subtitle : Message
        What it is about, and its as-of line.
    tiles : tuple of Figure
        The few figures above the fold.
    sections : tuple of Section
        What needs a decision first, what it rests on last.
    tables : mapping of str to pyarrow.Table
        Every table, whole.
    synthetic : bool
        Whether the whole region was made up.
    document : mapping
        The machine-readable whole.
    """

    title: Message
    subtitle: Message
    tiles: tuple[Figure, ...]
    sections: tuple[Section, ...]
    tables: Mapping[str, pa.Table]
    synthetic: bool
    document: Mapping[str, Json]


def lay_out(decided: Decided, facts: RunFacts, words: Words) -> Report:
    """Lay out a day.

    Parameters
    ----------
    decided : Decided
        What was forecast and planned, and how right it was where that is known.
    facts : RunFacts
        What the run took.
    words : Words
        The reader's language, for what stands inside pictures.

    Returns
    -------
    Report
    """
    day, right = decided.day, decided.right
    found, flat = figures(day), tables(day)
    method = day.expected.proposed.plan.method
    return Report(
        _title(day),
        _subtitle(day, facts),
        tuple(found[f"expected.{method}.{part}"] for part in TILES),
        (
            decision(day, flat),
            scenarios(day, found, words),
            places(day, flat, words),
            *moves(day, flat),
            *uncertain(day, found, flat, words),
            *medicines(day, flat),
            *staffing(day, flat),
            methods(day, found),
            worth(day, found),
            *practice(day, flat),
            *fairness(day, flat, words),
            *_quality(day, words),
            outlook(day, found, words),
            *weeks(day, found, words),
            *_people(day, found, words),
            *(() if right is None else (rightness_section(day, right),)),
            basis(day, facts),
        ),
        flat,
        day.synthetic,
        document(decided, found, flat, facts),
    )


def _quality(day: Day, words: Words) -> Iterator[Section]:
    if day.care is not None and day.care.own is not None:
        yield signals_section(day.care.own.watched, words, place_names(day))


def _people(day: Day, figures: Mapping[str, Figure], words: Words) -> Iterator[Section]:
    if day.care is None:
        return
    yield queue(day, day.care.queued, figures)
    yield replace(advice_section(day.care.advised, words), synthetic=day.care.queued.synthetic)
    if day.care.own is not None:
        yield records_section(day.care.own.cleaned, day.care.own.linked)


def _title(day: Day) -> Message:
    return say(
        "Salus: {region}, {first} to {last}",
        region=day.region.name,
        first=day.need.expected.days[0],
        last=day.need.expected.days[-1],
    )


def _subtitle(day: Day, facts: RunFacts) -> Message:
    return say(
        "As of {day}. Decision {id}: {command} rebuilds it.",
        day=day.as_of,
        id=facts.decision.id,
        command=facts.replay,
    )
