"""The figures about people: the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.service.figure import MINUTES, PEOPLE, WEIGHTED, Figure, figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.dispatch_queue import Queued


def queue_figures(queued: Queued) -> Iterator[Figure]:
    """Collect the figures of a dispatched queue, method by method.

    Parameters
    ----------
    queued : Queued
        Who goes where.

    Yields
    ------
    Figure
        Under ``queue.<method>``.
    """
    for outcome in queued.outcomes:
        key, found = f"queue.{outcome.dispatch.method}", outcome.measures
        placed = int((outcome.dispatch.place >= 0).sum())
        yield figure(f"{key}.placed", say("sent"), placed, PEOPLE)
        left = len(outcome.dispatch.place) - placed
        yield figure(f"{key}.waiting", say("waiting"), left, PEOPLE)
        severity = found.severity_waiting
        yield figure(f"{key}.severity_waiting", say("waiting, by severity"), severity, WEIGHTED, 1)
        yield figure(f"{key}.wait_mean", say("mean wait until care"), found.wait_mean, MINUTES)
        yield figure(f"{key}.travel_mean", say("mean travel"), found.travel_mean, MINUTES, 1)
        yield figure(f"{key}.travel_p95", say("travel of 95 in 100"), found.travel_p95, MINUTES, 1)
