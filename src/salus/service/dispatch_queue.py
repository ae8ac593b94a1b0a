"""Dispatch the queue: who goes where now, who waits, and for what."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from salus.allocate.queue.assignment import Assignment
from salus.allocate.queue.deferred_acceptance import DeferredAcceptance
from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.explain import Names, explain
from salus.allocate.queue.greedy import Greedy
from salus.allocate.queue.measures import measure
from salus.allocate.queue.verify import verify
from salus.core.errors import Faults, MismatchError, Where
from salus.core.messages import Message, say
from salus.service.free_now import free_now
from salus.service.guarded import guarded
from salus.service.waiting import queue_problem, waiting
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

    from salus.allocate.queue.base import QueueMethod
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.explain import Reason
    from salus.allocate.queue.measures import QueueMeasures
    from salus.allocate.queue.problem import QueueProblem
    from salus.data.region.region import Region
    from salus.service.context import Context
    from salus.service.plan_city import CityAnswer
    from salus.service.records import Records
    from salus.service.rules import PlanningRules
    from salus.service.waiting import Waiting

METHODS: tuple[QueueMethod, ...] = (
    Distribution(),
    Greedy(),
    DeferredAcceptance(),
    Assignment(),
)
"""What is compared where it fits; the first is proposed, for it passes nobody over."""

CURED = 8
"""For how many of the first in line it is tried what would give them a place."""


@dataclass(frozen=True, slots=True, eq=False)
class QueueOutcome:
    """A dispatch with what was measured about it; it broke no rule.

    Parameters
    ----------
    dispatch : Dispatch
        Who goes where.
    measures : QueueMeasures
        How good it is.
    """

    dispatch: Dispatch
    measures: QueueMeasures


@dataclass(frozen=True, slots=True, eq=False)
class Queued:
    """The queue at one moment, dispatched.

    Parameters
    ----------
    moment : datetime
        Now.
    rows : pyarrow.Table
        Those who wait, in the order of the problem, as the queue table describes them.
    synthetic : bool
        Whether those who wait were made up.
    problem : QueueProblem
        What was solved.
    outcomes : tuple of QueueOutcome
        One for each method that fits, the proposed one first.
    reasons : tuple of Reason
        Why each patient goes there or waits, in the order of the patients.
    notes : tuple of Message
        How it is known what is free, and who was left out.
    """

    moment: datetime
    rows: pa.Table
    synthetic: bool
    problem: QueueProblem
    outcomes: tuple[QueueOutcome, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[Message, ...]

    @property
    def proposed(self) -> QueueOutcome:
        """The dispatch that is proposed."""
        return self.outcomes[0]


@guarded(Permission.DISPATCH_QUEUE, Kind.RECORDS, attrgetter("name"))
def dispatch_queue(
    context: Context,
    records: Records,
    region: Region,
    planned: CityAnswer,
    rules: PlanningRules,
    *,
    moment: datetime,
) -> Queued:
    """Dispatch those who wait at a moment to what is free then.

    Parameters
    ----------
    context : Context
        What is in use.
    records : Records
        Who waits, and the counts of the beds.
    region : Region
        Places and services.
    planned : CityAnswer
        The plan for the expected days.
    rules : PlanningRules
        Journeys, and the share of the beds that is kept for emergencies.
    moment : datetime
        Now, with a time zone.

    Returns
    -------
    Queued
        Nobody may wait, and nothing may be free; each is an answer.

    Raises
    ------
    MismatchError
        If a dispatch breaks a rule.
    ForbiddenError
        If the policy does not permit it.
    """
    waits = waiting(records.queue, region, moment)
    free = free_now(region, records.tables.get("bed_state"), moment, planned, rules)
    problem = queue_problem(region, waits, free, rules, moment.date())
    outcomes = tuple(
        _outcome(problem, method, context) for method in METHODS if method.fits(problem)
    )
    method = METHODS[0]
    return Queued(
        moment,
        waits.rows,
        records.synthetic,
        problem,
        outcomes,
        explain(
            problem,
            outcomes[0].dispatch,
            method,
            context.clock,
            names=_names(region),
            most=CURED,
        ),
        tuple(_notes(free.basis, waits)),
    )


def _outcome(problem: QueueProblem, method: QueueMethod, context: Context) -> QueueOutcome:
    dispatch = method.dispatch(problem, context.clock)
    faults = Faults()
    for broken in verify(problem, dispatch, method.ranking):
        faults.add(
            say(
                "at {place} this rule is broken: {rule}",
                rule=broken.constraint.sentence,
                place=broken.where,
            ),
            Where(say("dispatch by {method}", method=method.name)),
            say("report this as a defect; the dispatch is not shown"),
            broken.amount,
        )
    faults.stop(MismatchError)
    return QueueOutcome(dispatch, measure(problem, dispatch))


def _names(region: Region) -> Names:
    return Names(
        tuple(item.name for item in region.facilities),
        tuple(item.name for item in region.services),
        tuple(item.name for item in region.resources),
    )


def _notes(basis: Message, waits: Waiting) -> list[Message]:
    free = say("What is free: {basis}.", basis=basis)
    lost = [say("Not dispatched: {reason}.", reason=reason) for reason in waits.left_out]
    return [free, *lost]
