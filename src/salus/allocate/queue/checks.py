"""The checks that every method of dispatching a queue must pass, ours or yours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.cures import Cures
from salus.allocate.queue.explain import explain
from salus.allocate.queue.problem import QueueProblem
from salus.allocate.queue.verify import verify
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.queue.base import QueueMethod
    from salus.core.clock import Clock

SEEDS = range(6)
MOSTLY = 0.9


def small_queue(
    seed: int, *, patients: int = 8, coupled: bool = False, supply: int = 2
) -> QueueProblem:
    """Make a small random queue.

    Parameters
    ----------
    seed : int
        Seed of the queue, 0 or more.
    patients : int
        Who waits, 0 or more.
    coupled : bool
        Whether the third service takes two kinds of resources.
    supply : int
        Units that are free of a kind at a place, at most; 0 or more.

    Returns
    -------
    QueueProblem
        2 districts, 3 facilities, 3 services, 2 resources; severities of 1 to 3, some equal;
        about one patient in four is at a facility already.

    Examples
    --------
    >>> small_queue(7).free.tolist()
    [[1.0, 1.0], [0.0, 1.0], [1.0, 1.0]]
    """
    draw = stream(seed, "small queue")
    people = (patients,)
    return QueueProblem(
        patients=tuple(f"p{number:05d}" for number in draw.permutation(patients)),
        districts=("D1", "D2"),
        facilities=("H1", "H2", "H3"),
        services=("ward", "icu", "surgery"),
        resources=("ward_bed", "icu_bed"),
        district=draw.integers(0, 2, people),
        service=draw.integers(0, 3, people),
        severity=draw.integers(1, 4, people).astype(np.float64),
        waited=30 * draw.integers(0, 10, people).astype(np.float64),
        at=np.where(draw.random(people) < 1 / 4, draw.integers(0, 3, people), -1),
        accepted=draw.random((patients, 3)) < MOSTLY,
        minutes=draw.integers(5, 70, (2, 3)).astype(np.float64),
        offered=draw.random((3, 3)) < MOSTLY,
        free=draw.integers(0, supply + 1, (3, 2)).astype(np.float64),
        ready=15 * draw.integers(0, 3, (3, 2)).astype(np.float64),
        uses=np.array([[1.0, 0], [0, 1.0], [1.0, 1.0 if coupled else 0]]),
    )


def check_queue_method(method: QueueMethod, clock: Clock | None = None) -> None:
    """Hold a method to its promises, on a family of small seeded queues.

    Its dispatches break no rule and are stable where it says so; the same queue gives the same
    dispatch; what a waiting patient is told is confirmed; a queue that does not fit is refused.
    Among the queues are some in plenty and in shortage, with shared resources, and without
    patients, free units, roads or offers.

    Parameters
    ----------
    method : QueueMethod
        The method.
    clock : Clock, optional
        Passed to the method; the clock of this machine when not given.

    Raises
    ------
    AssertionError
        If a promise is broken, naming the method and the promise.

    Examples
    --------
    >>> from salus.allocate.queue.distribution import Distribution
    >>> check_queue_method(Distribution())
    """
    clock = clock or SystemClock()
    tried = 0
    for problem in _family():
        if method.fits(problem):
            _check_dispatch(method, problem, clock)
            tried += 1
        else:
            _check_refusal(method, problem, clock)
    _demand(method, tried > 0, "fits at least one small queue")


def _family() -> Iterator[QueueProblem]:
    for seed in SEEDS:
        yield small_queue(seed)
        yield small_queue(seed, coupled=True)
        yield small_queue(seed, supply=6)
    yield small_queue(0, patients=0)
    yield small_queue(0, patients=200)
    queue = small_queue(0)
    yield replace(queue, free=np.zeros_like(queue.free))
    yield replace(queue, minutes=np.full_like(queue.minutes, np.inf))
    yield replace(queue, offered=np.zeros_like(queue.offered))


def _check_dispatch(method: QueueMethod, problem: QueueProblem, clock: Clock) -> None:
    dispatch = method.dispatch(problem, clock)
    found = verify(problem, dispatch, method.ranking)
    broken = ", ".join(sorted({one.constraint.name for one in found}))
    _demand(method, not found, f"breaks no rule, but breaks {broken}")
    _demand(method, dispatch.method == method.name, f"signs its name, not {dispatch.method}")
    again = method.dispatch(problem, clock)
    same = np.array_equal(dispatch.place, again.place) and dispatch.cost == again.cost
    _demand(method, same, "gives the same dispatch for the same queue")
    reasons = explain(problem, dispatch, method, clock, most=3)
    cures = Cures(problem, dispatch.place, method, clock)
    told = all(
        cures.confirms(patient, reason.cure)
        for patient, reason in enumerate(reasons)
        if reason.cure is not None
    )
    _demand(method, told, "confirms what the waiting are told")


def _check_refusal(method: QueueMethod, problem: QueueProblem, clock: Clock) -> None:
    try:
        method.dispatch(problem, clock)
    except ValueError:
        return
    _demand(method, kept=False, promise="refuses a queue that does not fit, with ValueError")


def _demand(method: QueueMethod, kept: bool, promise: str) -> None:  # noqa: FBT001 - the promise
    if not kept:
        message = f"{method.name} must keep this promise: it {promise}"
        raise AssertionError(message)
