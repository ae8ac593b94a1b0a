"""Dispatching a queue: every patient has a place or waits, and is told why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.verify import verify
from salus.core.errors import ForbiddenError, MismatchError
from salus.service import dispatch_queue as use_case
from salus.service.dispatch_queue import METHODS, dispatch_queue
from salus.service.people_figures import queue_figures
from salus.service.rules import PlanningRules
from salus.trust.permission import Principal
from tests.fakes.hospital import kept
from tests.fakes.queues import NOW, counts, line, queue

if TYPE_CHECKING:
    import pyarrow as pa

    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import QueueProblem
    from salus.core.clock import Clock
    from salus.data.region.region import Region
    from salus.service.context import Context
    from salus.service.dispatch_queue import Queued
    from salus.service.plan_city import CityAnswer

RULES = PlanningRules()


def dispatched(
    context: Context, region: Region, planned: CityAnswer, asked: pa.Table, **tables: pa.Table
) -> Queued:
    """Dispatch a queue at noon."""
    records = replace(kept([], **tables), queue=asked)
    return dispatch_queue(context, records, region, planned, RULES, moment=NOW)


def test_nobody_waits(in_use: Context, coast: Region, coast_planned: CityAnswer) -> None:
    """An empty queue is an answer, by every method."""
    queued = dispatched(in_use, coast, coast_planned, queue())
    assert queued.reasons == ()
    assert len(queued.outcomes) == len(METHODS)
    assert {f.key: f.value for f in queue_figures(queued)}["queue.distribution.placed"] == 0


def test_a_queue_longer_than_all_capacity(
    in_use: Context, coast: Region, coast_planned: CityAnswer
) -> None:
    """As many as there are beds go, those with most points first; each has a reason."""
    queued = dispatched(in_use, coast, coast_planned, line(200), bed_state=counts({"occupied": 70}))
    answer = queued.proposed.dispatch
    assert (answer.place >= 0).sum() == 15
    assert answer.rank[answer.place >= 0].max() == 14
    assert len(queued.reasons) == 200
    assert all(str(reason.sentence) for reason in queued.reasons)
    assert queued.problem.patients == tuple(reason.patient for reason in queued.reasons)


def test_no_dispatch_breaks_a_rule(
    in_use: Context, coast: Region, coast_planned: CityAnswer
) -> None:
    """What is given out was checked by what knows no method."""
    queued = dispatched(in_use, coast, coast_planned, line(40))
    for outcome, method in zip(queued.outcomes, METHODS, strict=True):
        assert not list(verify(queued.problem, outcome.dispatch, method.ranking))


def test_a_broken_rule_is_not_shown(
    in_use: Context, coast: Region, coast_planned: CityAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A method that sends more than there are beds is a mismatch, and says the rule."""

    class Crowding(Distribution):
        """Sends everybody to the first facility."""

        def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
            """Place everybody at once."""
            given = super().dispatch(problem, clock)
            return replace(given, place=np.zeros_like(given.place))

    monkeypatch.setattr(use_case, "METHODS", (Crowding(),))
    with pytest.raises(MismatchError, match="this rule is broken"):
        dispatched(in_use, coast, coast_planned, line(20), bed_state=counts({"occupied": 84}))


def test_a_service_that_nobody_offers(
    in_use: Context, coast: Region, coast_planned: CityAnswer
) -> None:
    """Who needs it waits, and is told that no place offers it."""
    region = replace(coast, takes=frozenset(t for t in coast.takes if t[1] != "icu"))
    queued = dispatched(in_use, region, coast_planned, queue({"service_id": "icu"}, {}))
    assert queued.proposed.dispatch.place[0] == -1
    assert queued.proposed.dispatch.place[1] >= 0
    assert "intensive care" in str(queued.reasons[0].sentence)


def test_what_was_left_out_is_noted(
    in_use: Context, coast: Region, coast_planned: CityAnswer
) -> None:
    """The notes begin with what is free, and name every reason to leave a request out."""
    queued = dispatched(in_use, coast, coast_planned, queue({}, {"severity": 0.0}))
    said = [str(note) for note in queued.notes]
    assert said == [
        "What is free: what the plan leaves over on its first day.",
        "Not dispatched: without a severity above 0: 1.",
    ]


def test_who_may_not_is_refused(in_use: Context, coast: Region, coast_planned: CityAnswer) -> None:
    """The use case stands behind the gate."""
    visitor = replace(in_use, principal=Principal("bo", "visitor"))
    with pytest.raises(ForbiddenError):
        dispatched(visitor, coast, coast_planned, queue())
