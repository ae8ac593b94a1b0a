"""Why this patient goes there, and what that one waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.cures import Cure, Cures
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.allocate.queue.base import QueueMethod
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import QueueProblem
    from salus.core.clock import Clock
    from salus.core.messages import Value


@dataclass(frozen=True, slots=True)
class Names:
    """What facilities, services and resources are called, in the order of the problem.

    Parameters
    ----------
    facilities, services, resources : tuple of str or Message
        Names for people.
    """

    facilities: tuple[Value, ...]
    services: tuple[Value, ...]
    resources: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one patient goes where they are sent, or waits.

    Parameters
    ----------
    patient : str
        Pseudonym.
    sentence : Message
        The reason for people.
    cure : Cure or None
        What would give a waiting patient a place, confirmed by dispatching again; ``None`` for
        those who have one, and where nothing was confirmed.
    """

    patient: str
    sentence: Message
    cure: Cure | None = None


def explain(
    problem: QueueProblem,
    dispatch: Dispatch,
    method: QueueMethod,
    clock: Clock,
    *,
    names: Names | None = None,
    most: int = 20,
) -> tuple[Reason, ...]:
    """Give the reason for each patient.

    For the first of those who wait, more units are tried where their care could begin soonest,
    and the queue is dispatched again with them. The least that gives the patient a place is
    named; where nothing does, only facts are told. A patient with others ahead may need several
    units more, as those ahead take the first or move to them from further away.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    dispatch : Dispatch
        A dispatch without violations.
    method : QueueMethod
        The one that made it.
    clock : Clock
        For the method.
    names : Names, optional
        What to call places and things; their keys when not given.
    most : int
        For how many waiting patients a cure is looked for; fewer for a long queue. It takes at
        most 9 dispatches for each resource that the patient lacks; what two patients ask alike
        is tried once.

    Returns
    -------
    tuple of Reason
        In the order of the patients.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.allocate.queue.distribution import Distribution
    >>> from salus.core.clock import SystemClock
    >>> queue, method, clock = small_queue(7), Distribution(), SystemClock()
    >>> reasons = explain(queue, method.dispatch(queue, clock), method, clock)
    >>> str(reasons[0].sentence)
    'waits for icu_bed: 1 more at H2 would give this patient a place; number 1 in line for icu'
    """
    names = names or Names(problem.facilities, problem.services, problem.resources)
    facts = _Facts(names, Cures(problem, dispatch.place, method, clock))
    queue = np.argsort(dispatch.rank).tolist()
    line = [patient for patient in queue if dispatch.place[patient] < 0]
    why = {patient: _placed(facts, patient) for patient in queue if dispatch.place[patient] >= 0}
    why |= _waiting(facts, line, most)
    return tuple(why[patient] for patient in range(len(problem.patients)))


@dataclass(frozen=True, slots=True)
class _Facts:
    names: Names
    cures: Cures

    @property
    def problem(self) -> QueueProblem:
        return self.cures.problem

    def service(self, patient: int) -> Value:
        return self.names.services[self.problem.service[patient]]

    def lacking(self, patient: int, facility: int) -> tuple[Value, ...]:
        return tuple(self.names.resources[r] for r in self.cures.short(patient, facility))


def _placed(facts: _Facts, patient: int) -> Reason:
    problem, goes = facts.problem, int(facts.cures.place[patient])
    soonest = facts.cures.choices(patient)[0]
    facility, service = facts.names.facilities[goes], facts.service(patient)
    minutes = float(problem.care[patient, goes])
    if problem.at[patient] == goes:
        sentence = say(
            "is at {facility} already, which has room for {service}",
            facility=facility,
            service=service,
        )
    elif problem.care[patient, soonest] == minutes:
        sentence = say(
            "{facility} can begin {service} soonest, in {minutes:,.0f} min",
            facility=facility,
            service=service,
            minutes=minutes,
        )
    else:
        sentence = say(
            "{facility} can begin {service} in {minutes:,.0f} min; {soonest} could begin sooner, "
            "but has too little left of: {resources}",
            facility=facility,
            service=service,
            minutes=minutes,
            soonest=facts.names.facilities[soonest],
            resources=facts.lacking(patient, soonest),
        )
    return Reason(problem.patients[patient], sentence)


def _waiting(facts: _Facts, line: list[int], most: int) -> dict[int, Reason]:
    reasons: dict[int, Reason] = {}
    position = [0] * len(facts.problem.services)
    for number, patient in enumerate(line):
        service = int(facts.problem.service[patient])
        position[service] += 1
        cure = facts.cures.find(patient) if number < most else None
        sentence = _nowhere(facts, patient) or _full(facts, patient, cure, position[service])
        reasons[patient] = Reason(facts.problem.patients[patient], sentence, cure)
    return reasons


def _nowhere(facts: _Facts, patient: int) -> Message | None:
    """Say why no place takes the patient, full or not."""
    problem, service = facts.problem, facts.service(patient)
    offered = problem.offered[:, problem.service[patient]]
    near = offered & (problem.travel[patient] <= problem.rules.travel_limit)
    if not offered.any():
        return say("no facility offers {service}", service=service)
    if not near.any():
        return say(
            "no facility that offers {service} is within {limit:,.0f} min",
            service=service,
            limit=problem.rules.travel_limit,
        )
    if not problem.reach[patient].any():
        return say(
            "the facilities that offer {service} within {limit:,.0f} min do not take this patient",
            service=service,
            limit=problem.rules.travel_limit,
        )
    return None


def _full(facts: _Facts, patient: int, cure: Cure | None, position: int) -> Message:
    service, problem = facts.service(patient), facts.problem
    if cure is not None:
        return say(
            "waits for {resource}: {units} more at {facility} would give this patient a place; "
            "number {position} in line for {service}",
            resource=facts.names.resources[problem.resources.index(cure.resource)],
            units=cure.units,
            facility=facts.names.facilities[problem.facilities.index(cure.facility)],
            position=position,
            service=service,
        )
    soonest = facts.cures.choices(patient)[0]
    return say(
        "no place within reach has room for {service}; the soonest, {facility}, has too little "
        "left of: {resources}; number {position} in line for {service}",
        facility=facts.names.facilities[soonest],
        resources=facts.lacking(patient, soonest),
        position=position,
        service=service,
    )
