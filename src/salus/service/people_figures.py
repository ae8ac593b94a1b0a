"""The figures about people: the queue, and what ways of choosing a treatment are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.service.figure import MINUTES, PEOPLE, PERCENT, WEIGHTED, Figure, figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.advice.advised import Advised
    from salus.service.dispatch_queue import Queued

SPREADS = say("standard deviations")


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


def choice_figures(advised: Advised) -> Iterator[Figure]:
    """Collect what each way of choosing a treatment is worth on patients kept apart.

    Parameters
    ----------
    advised : Advised
        What was advised, and what was tried.

    Yields
    ------
    Figure
        Under ``choice.<way>``.
    """
    for valued in () if advised.held_out is None else advised.held_out.valued:
        key, gain = f"choice.{valued.key}", valued.gain
        yield figure(f"{key}.gain", say("better than practice"), gain.point, SPREADS, 3)
        yield figure(f"{key}.low", say("from"), gain.lower, SPREADS, 3)
        yield figure(f"{key}.high", say("to"), gain.upper, SPREADS, 3)
        differs = 100 * valued.differs
        yield figure(f"{key}.differs", say("another arm than was given"), differs, PERCENT)
