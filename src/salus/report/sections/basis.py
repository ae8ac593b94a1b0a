"""What the answer rests on: assumptions, sources and their age, repairs, and this run."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.core.settings import Settings
from salus.data.region.repairs import RULES
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.messages import Message
    from salus.data.store.ledger_entry import LedgerEntry
    from salus.domain.audit import AuditHead
    from salus.service.day import Day


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What one run took and left behind; no part of the answer.

    Parameters
    ----------
    decision : LedgerEntry
        The entry in the ledger.
    audit : AuditHead
        Where the audit ends after the run.
    seconds : float
        Wall time until the report was written.
    memory_mb : float
        Highest memory of this process and its children, MB.
    home, out : Path
        Where the record is kept, and where the report was written.
    """

    decision: LedgerEntry
    audit: AuditHead
    seconds: float
    memory_mb: float
    home: Path
    out: Path

    @property
    def replay(self) -> str:
        """Return the command that replays the decision, from the folder where this one ran."""
        home = "" if self.home == Settings().home else f" --home {shlex.quote(str(self.home))}"
        return f"salus replay {self.decision.id}{home}"


def basis(day: Day, facts: RunFacts) -> Section:
    """Show what the answer rests on."""
    return Section(
        "basis",
        say("What this rests on"),
        say("Basis"),
        (*day.assumptions, _audit(facts)),
        (_sources(day), _rules(day), _repairs(day), _run(facts)),
    )


def _audit(facts: RunFacts) -> Message:
    return say(
        "The audit ends at entry {count:,} with {digest}. Noted elsewhere, this shows if anybody "
        "rewrites it.",
        count=facts.audit.sequence,
        digest=facts.audit.digest,
    )


def _sources(day: Day) -> Grid:
    rows = tuple(
        (
            Cell(source.file),
            Cell(source.rows),
            Cell(say("undated") if source.as_of is None else source.as_of),
            Cell(say("unknown") if source.days is None else say("{days:,}", days=source.days)),
        )
        for source in day.sources
    )
    columns = (
        Column(say("file"), number=False),
        Column(say("rows")),
        Column(say("as of"), number=False),
        Column(say("age (days)")),
    )
    return Grid(say("Sources and their age on {day}", day=day.as_of), columns, rows, file="sources")


def _rules(day: Day) -> Grid:
    found = Counter(repair.rule for repair in day.region.repairs)
    left = Counter(repair.rule for repair in day.region.repairs if repair.left_out)
    rows = tuple(
        (Cell(RULES[rule]), Cell(count), Cell(left[rule])) for rule, count in found.most_common()
    )
    columns = (
        Column(say("rule"), number=False, wraps=True),
        Column(say("rows")),
        Column(say("of them left out")),
    )
    return Grid(say("Repairs and rows left out"), columns, rows, short=40, file="repairs")


def _repairs(day: Day) -> Grid:
    rows = tuple(
        (Cell(r.where.source), Cell(r.where.row), Cell(r.where.column), Cell(r.what))
        for r in day.region.repairs
    )
    columns = (
        Column(say("file"), number=False),
        Column(say("row")),
        Column(say("column"), number=False),
        Column(say("what was found and done"), number=False, wraps=True),
    )
    return Grid(say("Row by row"), columns, rows, short=5, long=200, file="repairs")


def _run(facts: RunFacts) -> Grid:
    rows = (
        (
            Cell(say("time until the report, after start-up")),
            Cell(facts.seconds, 1, "run.seconds"),
            Cell("s"),
        ),
        (Cell(say("memory at most")), Cell(facts.memory_mb, 0, "run.memory_mb"), Cell("MB")),
    )
    columns = (
        Column(say("this run"), number=False),
        Column(say("figure")),
        Column(say("unit"), number=False),
    )
    return Grid(say("What it took"), columns, rows)
