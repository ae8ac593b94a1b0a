"""The queue: who goes where now, who waits, and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.service.day import Day
    from salus.service.dispatch_queue import Queued
    from salus.service.figure import Figure

METHODS = {
    "distribution": say("distribution: by priority, soonest place"),
    "greedy": say("greedy: largest gain first"),
    "deferred_acceptance": say("deferred acceptance: stable"),
    "assignment": say("assignment: least cost"),
}


def queue(day: Day, queued: Queued, figures: Mapping[str, Figure]) -> Section:
    """Show a dispatched queue.

    Parameters
    ----------
    day : Day
        Names of places and services.
    queued : Queued
        Who goes where.
    figures : mapping of str to Figure
        Every figure of the day, by key.

    Returns
    -------
    Section
    """
    return Section(
        "queue",
        queue_finding(queued),
        say("The queue"),
        tuple(_sentences(queued)),
        (_those_who_wait(day, queued), _those_who_go(day, queued), _methods(queued, figures)),
        synthetic=queued.synthetic,
    )


def queue_finding(queued: Queued) -> Message:
    """Say in one sentence how the queue stands."""
    total, lost = len(queued.problem.patients), _waiting(queued)
    if not total:
        return say("Nobody waits for a place")
    if not lost:
        return say("Everybody who waits has a place now: {total:,}", total=total)
    return say(
        "{placed:,} of {total:,} who wait have a place now, {lost:,} go on waiting",
        placed=total - lost,
        total=total,
        lost=lost,
    )


def _waiting(queued: Queued) -> int:
    return int((queued.proposed.dispatch.place < 0).sum())


def _sentences(queued: Queued) -> Iterator[Message]:
    if queued.problem.patients:
        yield say(
            "First come those with most points: severity times (1 + hours waited / {patience:g}); "
            "each takes the place where care begins soonest. Nobody is passed over by somebody "
            "with fewer points; that was checked.",
            patience=queued.problem.rules.patience / 60,
        )
    yield from queued.notes


def _those_who_wait(day: Day, queued: Queued) -> Grid:
    columns = (
        Column(say("place in the queue")),
        Column(say("request"), number=False),
        Column(say("service"), number=False),
        Column(say("severity")),
        Column(say("waited (minutes)")),
        Column(say("why"), number=False, wraps=True),
    )
    rows = tuple(_row(day, queued, patient) for patient in _in_line(queued, placed=False))
    return Grid(say("Who goes on waiting, and for what"), columns, rows, file="queue")


def _those_who_go(day: Day, queued: Queued) -> Grid:
    columns = (
        Column(say("place in the queue")),
        Column(say("request"), number=False),
        Column(say("service"), number=False),
        Column(say("severity")),
        Column(say("waited (minutes)")),
        Column(say("where, and why there"), number=False, wraps=True),
    )
    rows = tuple(_row(day, queued, patient) for patient in _in_line(queued, placed=True))
    return Grid(say("Who goes where"), columns, rows, short=8, file="queue")


def _in_line(queued: Queued, *, placed: bool) -> list[int]:
    answer = queued.proposed.dispatch
    return [p for p in answer.rank.argsort().tolist() if (answer.place[p] >= 0) == placed]


def _row(day: Day, queued: Queued, patient: int) -> tuple[Cell, ...]:
    problem = queued.problem
    return (
        Cell(int(queued.proposed.dispatch.rank[patient]) + 1),
        Cell(problem.patients[patient]),
        Cell(day.region.services[problem.service[patient]].name),
        Cell(float(problem.severity[patient]), 2),
        Cell(float(problem.waited[patient])),
        Cell(queued.reasons[patient].sentence),
    )


def _methods(queued: Queued, figures: Mapping[str, Figure]) -> Grid:
    parts = ("placed", "waiting", "severity_waiting", "wait_mean", "travel_mean", "travel_p95")
    names = [outcome.dispatch.method for outcome in queued.outcomes]
    rows = tuple(
        (Cell(METHODS[name]), *(Cell.of(figures[f"queue.{name}.{part}"]) for part in parts))
        for name in names
    )
    heads = [figures[f"queue.{names[0]}.{part}"] for part in parts]
    columns = (
        Column(say("method"), number=False, wraps=True),
        *(Column(say("{what} ({unit})", what=h.label, unit=h.unit)) for h in heads),
    )
    return Grid(say("The methods on this queue"), columns, rows, lead=1)
