"""What came of a load of records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.loaded import Loaded, LoadReport

LONGEST = 1_000
"""Rows of a grid that are shown: all of them, as there is no page that holds the rest."""


def load_sections(loaded: Loaded, report: LoadReport) -> tuple[Section, ...]:
    """Show what was read, what was set aside, what was converted and mended, and how full it is.

    Parameters
    ----------
    loaded : Loaded
        The load.
    report : LoadReport
        What came of it.

    Returns
    -------
    tuple of Section
        Counts; never a value of a patient.
    """
    return (
        Section(
            "load",
            say("What was read"),
            say("Read"),
            tuple(_read(loaded, report)),
            (_tables(report), _other(report)),
            synthetic=report.synthetic,
        ),
        Section(
            "quarantine",
            say("What was set aside or left out"),
            say("Set aside"),
            tuple(_aside(loaded, report)),
            (_faults(report), _omitted(report)),
            synthetic=report.synthetic,
        ),
        Section(
            "quality",
            say("What was converted, mended and joined"),
            say("Quality"),
            tuple(_quality(report)),
            (_converted(report), _mended(report), _missing(report)),
            synthetic=report.synthetic,
        ),
    )


def _read(loaded: Loaded, report: LoadReport) -> Iterator[Message]:
    load, untyped = loaded.load, report.read.get("", 0)
    kept = load.resources - untyped - sum(report.other.values())
    yield say(
        "{files:,} files with {resources:,} resources; of {kept:,} that our tables hold, {rows:,} "
        "rows were made.",
        files=load.files,
        resources=load.resources,
        kept=kept,
        rows=load.rows,
    )
    if report.passed:
        yield say("Files that are no export, and were passed over: {count:,}.", count=report.passed)
    if report.made_up and not report.synthetic:
        yield say(
            "{made_up:,} of {registrations:,} registrations are marked as made up.",
            made_up=report.made_up,
            registrations=report.registered,
        )
    for each in report.mapped:
        if each.rows:
            yield say(
                "Codes of the table {table} that plans and rules can read: {read:,} of {rows:,} "
                "({mapped:,} by a map).",
                table=each.table,
                read=each.already + each.mapped,
                rows=each.rows,
                mapped=each.mapped,
            )


def _tables(report: LoadReport) -> Grid:
    columns = (
        Column(say("table"), number=False),
        Column(say("rows")),
        Column(say("first day"), number=False),
        Column(say("last day"), number=False),
        Column(say("filled (%)")),
    )
    rows = tuple(
        (
            Cell(each.table),
            Cell(each.rows),
            Cell(each.first),
            Cell(each.last),
            Cell(_share(report, each.table), 1),
        )
        for each in report.spans
    )
    return Grid(say("The tables"), columns, rows, short=LONGEST)


def _share(report: LoadReport, table: str) -> float | None:
    shares = [each.share for each in report.filled if each.table == table]
    return 100 * sum(shares) / len(shares) if shares else None


def _other(report: LoadReport) -> Grid:
    columns = (Column(say("resource type"), number=False), Column(say("resources")))
    rows = tuple(
        (Cell(kind), Cell(count))
        for kind, count in sorted(report.other.items(), key=lambda each: (-each[1], each[0]))
    )
    return Grid(say("What is none of our tables"), columns, rows, short=LONGEST)


def _aside(loaded: Loaded, report: LoadReport) -> Iterator[Message]:
    yield say(
        "In quarantine with their originals: {count:,}. Left out by rule: {omitted:,}.",
        count=loaded.load.quarantined,
        omitted=sum(report.omitted.values()),
    )


def _faults(report: LoadReport) -> Grid:
    columns = (
        Column(say("element"), number=False, wraps=True),
        Column(say("reason"), number=False, wraps=True),
        Column(say("resources")),
    )
    rows = tuple(
        (Cell(".".join(filter(None, (kind, element))) or None), Cell(reason.label), Cell(count))
        for (kind, reason, element), count in Counter(report.faults).most_common()
    )
    title = say("Set aside, by reason") if rows else say("Nothing was set aside")
    return Grid(title, columns, rows, short=LONGEST)


def _omitted(report: LoadReport) -> Grid:
    columns = (
        Column(say("resource type"), number=False),
        Column(say("rule"), number=False, wraps=True),
        Column(say("resources")),
    )
    rows = tuple(
        (Cell(kind), Cell(why.label), Cell(count))
        for (kind, why), count in Counter(report.omitted).most_common()
    )
    return Grid(say("Left out by rule"), columns, rows, short=LONGEST)


def _quality(report: LoadReport) -> Iterator[Message]:
    linkage = report.linkage
    yield say(
        "{registrations:,} registrations are of {persons:,} persons; registered more than once: "
        "{several:,}. No registration was altered, so every join can be undone.",
        registrations=linkage.clusters.num_rows,
        persons=linkage.clusters.num_rows - linkage.joined.num_rows,
        several=len(linkage.joined["golden_id"].unique()),
    )
    pairs = report.quality.rows.values()
    given, kept = (sum(pair[place] for pair in pairs) for place in (0, 1))
    yield say(
        "The rules of cleaning would leave out {out:,} of {given:,} rows; they are applied "
        "whenever the records are used.",
        out=given - kept,
        given=given,
    )


def _converted(report: LoadReport) -> Grid:
    columns = (
        Column(say("code"), number=False),
        Column(say("unit"), number=False),
        Column(say("our unit"), number=False),
        Column(say("values")),
    )
    rows = tuple(
        (Cell(each.code), Cell(each.unit), Cell(each.to), Cell(each.count))
        for each in report.converted
    )
    return Grid(say("Units that were converted"), columns, rows, short=LONGEST)


def _mended(report: LoadReport) -> Grid:
    columns = (
        Column(say("table"), number=False),
        Column(say("what is wrong"), number=False, wraps=True),
        Column(say("rows")),
        Column(say("what was done"), number=False),
    )
    largest = sorted(report.quality.findings, key=lambda each: (-each.rows.num_rows, each.table))
    rows = tuple(
        (Cell(each.table), Cell(each.sentence), Cell(each.rows.num_rows), Cell(each.done.label))
        for each in largest
    )
    return Grid(say("What breaks a rule of cleaning"), columns, rows, short=LONGEST)


def _missing(report: LoadReport) -> Grid:
    columns = (
        Column(say("column of a table"), number=False),
        Column(say("missing (%)")),
        Column(say("missing (rows)")),
    )
    least = sorted((each for each in report.filled if each.missing), key=lambda each: each.share)
    rows = tuple(
        (Cell(f"{each.table}.{each.column}"), Cell(100 * (1 - each.share), 1), Cell(each.missing))
        for each in least
    )
    return Grid(say("What is missing"), columns, rows, short=LONGEST)
