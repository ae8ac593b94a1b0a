"""What the records say, and what was mended in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.data.linkage.linkage import Linkage
    from salus.data.quality.clean import Cleaned
    from salus.service.clean_records import CleanedRecords
    from salus.service.link_records import LinkedRecords

REASONS = 3


def records_section(cleaned: CleanedRecords, linked: LinkedRecords) -> Section:
    """Show what was mended in the records, what is missing, and who was registered twice."""
    return Section(
        "records",
        say("What the records say, and what was mended"),
        say("The records"),
        (*_kept(cleaned.quality), *_joined(linked)),
        (_findings(cleaned.quality), _missing(cleaned.quality), _reasons(linked.linkage)),
    )


def _kept(quality: Cleaned) -> Iterator[Message]:
    given, kept = (sum(pair[place] for pair in quality.rows.values()) for place in (0, 1))
    yield say(
        "Of {given:,} rows in {tables} tables {kept:,} are used. Rows left out: {out:,}. "
        "Everything that broke a rule is listed below.",
        given=given,
        tables=len(quality.rows),
        kept=kept,
        out=given - kept,
    )


def _joined(linked: LinkedRecords) -> Iterator[Message]:
    linkage = linked.linkage
    sizes = Counter(linkage.joined["golden_id"].to_pylist())
    yield say(
        "{registrations:,} registrations are of {persons:,} persons; registered more than once: "
        "{several:,}. No registration was altered, so every join can be undone.",
        registrations=linkage.clusters.num_rows,
        persons=linked.records.tables["patient"].num_rows,
        several=len(sizes),
    )
    if sizes:
        yield say(
            "Two registrations are joined when the probability that they are of one person is at "
            "least {least:.1%}; the least sure pair that was joined has {found:.1%}.",
            least=linkage.params.threshold,
            found=linkage.pairs["probability"][-1].as_py(),
        )
    if linkage.refused.num_rows:
        yield say(
            "Pairs that were not joined, since a weak link would have made one of two groups: "
            "{refused:,}.",
            refused=linkage.refused.num_rows,
        )


def _findings(quality: Cleaned) -> Grid:
    columns = (
        Column(say("table"), number=False),
        Column(say("what is wrong"), number=False, wraps=True),
        Column(say("rows")),
        Column(say("what was done"), number=False),
    )
    largest = sorted(quality.findings, key=lambda each: (-each.rows.num_rows, each.table))
    rows = tuple(
        (Cell(each.table), Cell(each.sentence), Cell(each.rows.num_rows), Cell(each.done.label))
        for each in largest
    )
    title = say("What was mended") if rows else say("Nothing had to be mended")
    return Grid(title, columns, rows)


def _missing(quality: Cleaned) -> Grid:
    columns = (
        Column(say("column of a table"), number=False),
        Column(say("missing (%)")),
        Column(say("missing (rows)")),
        Column(say("what is done without it"), number=False, wraps=True),
    )
    rows = tuple(
        (
            Cell(f"{each.table}.{each.column}"),
            Cell(100 * each.share, 1),
            Cell(each.missing),
            Cell(each.remedy),
        )
        for each in sorted(quality.missing, key=lambda each: -each.share)
        if each.missing
    )
    return Grid(say("What is missing"), columns, rows)


def _reasons(linkage: Linkage) -> Grid:
    columns = (
        Column(say("probability (%)")),
        Column(say("why they were joined"), number=False, wraps=True),
    )
    last = linkage.pairs.num_rows
    rows = tuple(
        (Cell(100 * linkage.pairs["probability"][row].as_py(), 1), Cell(linkage.because(row)))
        for row in range(last - 1, max(-1, last - 1 - REASONS), -1)
    )
    return Grid(say("The least sure pairs that were joined"), columns, rows)
