"""Plan the city for one demand: every method side by side, each answer verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from salus.allocate.city.auto import MANY
from salus.allocate.city.by_prices import Prices
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.changes.base import changed
from salus.allocate.city.explain.worth import tightest
from salus.allocate.city.features.declined import Declined
from salus.allocate.city.features.fairness.fair import Fair
from salus.allocate.city.features.medicines.as_it_lies import as_it_lies
from salus.allocate.city.features.staffable import staffable
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.measures import measure
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.practice.ledger import with_journeys
from salus.allocate.city.practice.rights import declined
from salus.allocate.city.tally import tally
from salus.allocate.city.verify import verify
from salus.core.errors import Fault, Faults, InputError, MismatchError, Where
from salus.core.messages import say
from salus.service.city import unpractised
from salus.service.fair_bounds import bounds
from salus.service.guarded import guarded
from salus.service.medicines import stocked, want_of
from salus.service.practice import practice_of
from salus.service.staffing import unit_gives
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.explain.changes.base import Change
    from salus.allocate.city.explain.worth import Worth
    from salus.allocate.city.measures import CityMeasures
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.practice.ledger import Ledger
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.verify import Verification
    from salus.allocate.city.violation import Violation
    from salus.core.clock import Clock
    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.domain.demand import Demand
    from salus.service.context import Context
    from salus.service.medicines import Want
    from salus.service.rules import PlanningRules

F = TypeVar("F")


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A plan with what was checked and measured about it.

    Parameters
    ----------
    plan : CityPlan
        The plan of one method.
    verification : Verification
        What the check found that knows no solver.
    measures : CityMeasures
        How good the plan is.
    unmet_weighted : float
        Unmet cases, each counting as its severity.
    idle : float
        Share of all capacity, in resource-days, that stays idle; NaN without capacity.
    """

    plan: CityPlan
    verification: Verification
    measures: CityMeasures
    unmet_weighted: float
    idle: float


@dataclass(frozen=True, slots=True, eq=False)
class CityAnswer:
    """The city planned for one demand.

    Parameters
    ----------
    demand : Demand
        What was planned for; its label heads every table.
    closed : tuple of str
        Facilities that take nobody.
    problem : CityProblem
        The problem that was solved.
    outcomes : tuple of Outcome
        One for each method, the proposed one first.
    worth : tuple of Worth
        What one more bed is worth at the tightest places, each confirmed by a re-solve.
    ledger : Ledger
        What practice forbids, prices and lets pass, of the problem before it was applied.
    unkept : tuple of Fault
        Why the bounds on fairness were given up; empty where the plan keeps them.
    want : Want or None
        What stays unmet for want of medicines; ``None`` where none are planned.
    """

    demand: Demand
    closed: tuple[str, ...]
    problem: CityProblem
    outcomes: tuple[Outcome, ...]
    worth: tuple[Worth, ...]
    ledger: Ledger
    unkept: tuple[Fault, ...] = ()
    want: Want | None = None

    @property
    def proposed(self) -> Outcome:
        """The plan that is proposed: an exact one."""
        return self.outcomes[0]

    def feature(self, kind: type[F]) -> F | None:
        """Return the feature of a kind that the problem has, if any."""
        return next((each for each in self.problem.features if isinstance(each, kind)), None)

    @property
    def bound(self) -> float:
        """What no plan can undercut, as the prices of the proposed plan prove."""
        return self.proposed.verification.bound

    def gap(self, outcome: Outcome) -> float:
        """Return how far a plan may be from the best one: (cost - bound) / cost, 0 at best."""
        cost = outcome.verification.cost
        return (cost - self.bound) / max(1.0, abs(cost))

    def of(self, method: str) -> Outcome | None:
        """Return the outcome of a method by its name, if it was run."""
        return next((o for o in self.outcomes if o.plan.method == method), None)


@guarded(Permission.PLAN_CITY, Kind.REGION, attrgetter("name"))
def plan_city(
    context: Context,
    region: Region,
    demand: Demand,
    rules: PlanningRules,
    *,
    closed: Sequence[str] = (),
    slow: float = 1.0,
    changes: Sequence[Change] = (),
    yields: bool = False,
) -> CityAnswer:
    """Plan the city for one demand.

    Parameters
    ----------
    context : Context
        What is in use.
    region : Region
        Places, resources and services.
    demand : Demand
        Cases per district, service and day.
    rules : PlanningRules
        What the plan takes for granted.
    closed : sequence of str
        Facilities that take nobody.
    slow : float
        How many times as long every journey takes, 1 or more.
    changes : sequence of Change
        What a stress changes about single places.
    yields : bool
        Whether bounds on fairness are given up where no plan keeps them, as under a stress.

    Returns
    -------
    CityAnswer

    Raises
    ------
    InputError
        If a change names what is not there, or takes more than there is; or if no plan keeps the
        bounds on fairness, naming each district that makes it so.
    MismatchError
        If a plan breaks a constraint or its proof does not hold.
    ForbiddenError
        If the policy does not permit it.
    """
    ledger = practice_of(region, rules).ledger(unpractised(region, demand, rules, closed, slow))
    stated = declined(ledger.applied(), region.declines)
    free = changed(stated, changes, Where("--stress"))
    bounded = replace(free, features=(*free.features, *bounds(region, rules)))
    problem, proposed, unkept = bounded, None, tuple[Fault, ...]()
    try:
        proposed = _outcome(bounded, _methods(bounded)[0], context.clock, rules)
    except InputError as error:
        unkept = tuple(replace(each, where=Where(say("settings"))) for each in error.faults)
        if not yields:
            raise InputError(*unkept) from error
        problem = free
    first, *others = _methods(problem)
    outcomes = (
        proposed or _outcome(problem, first, context.clock, rules),
        *(_outcome(problem, each, context.clock, rules) for each in others),
    )
    return CityAnswer(
        demand,
        tuple(closed),
        problem,
        outcomes,
        tightest(
            problem,
            outcomes[0].plan,
            quick(problem),
            context.clock,
            bed_days=unit_gives(region, rules.target_occupancy),
            case_minutes=rules.unmet_minutes,
        ),
        ledger,
        unkept,
        want_of(
            problem,
            outcomes[0].plan,
            lambda other: quick(other).solve(other, context.clock),
        ),
    )


def _methods(problem: CityProblem) -> tuple[CityMethod, ...]:
    if Flow().fits(problem):
        return (Exact(), Flow(), Greedy(), Nearest())
    return (quick(problem), Greedy(), Nearest())


def quick(problem: CityProblem) -> CityMethod:
    """Choose the quickest method that proves its plans, to make one again many times."""
    if Flow().fits(problem):
        return Flow()
    journeys = problem.arc_minutes.size * len(problem.periods)
    return Prices() if journeys > MANY else Exact()


def _outcome(
    problem: CityProblem, method: CityMethod, clock: Clock, rules: PlanningRules
) -> Outcome:
    # A rule of thumb opens, lends, moves and sends nothing, fills what staff can care for, and does
    # not mind what practice adds to journeys.
    fits = method.fits(problem)
    taken = problem if fits else _journeys_alone(problem)
    plan = method.solve(taken, clock)
    supply = None if taken is problem else stocked(problem)
    if supply is not None:
        plan = as_it_lies(supply, problem, plan)
    if taken is not problem:
        plan = replace(plan, cost=tally(problem, plan).cost)
    verification = verify(problem if fits else _unbounded(problem), plan)
    refuse_broken(say("plan by {method}", method=plan.method), verification)
    found = measure(problem, plan)
    severity = problem.penalty / rules.unmet_minutes
    weighted = float(found.unmet.sum(axis=(0, 2)) @ severity)
    return Outcome(plan, verification, found, weighted, _idle(found, problem))


def _journeys_alone(problem: CityProblem) -> CityProblem:
    """Leave journeys at their minutes; what is declined on a day is declined on all."""
    found = replace(staffable(problem), arc_price=None)
    for each in problem.features:
        if isinstance(each, Declined):
            ever = np.logical_or.reduce(each.closed, axis=2)
            shut = ever[found.arc_facility, found.arc_service]
            found = with_journeys(found, np.flatnonzero(~shut))
    return found


def _unbounded(problem: CityProblem) -> CityProblem:
    """Leave out the bounds on fairness, which no rule of thumb knows."""
    known = (each for each in problem.features if not isinstance(each, Fair))
    return replace(problem, features=tuple(known))


class Found(Protocol):
    """What any check found: the rules that are broken."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Every one of them; empty when all is right."""


def refuse_broken(what: Message, found: Found) -> None:
    """Stop before a plan is shown that its check found wrong.

    Parameters
    ----------
    what : Message
        Which plan.
    found : Found
        By its check.

    Raises
    ------
    MismatchError
        With every rule that is broken.
    """
    faults = Faults()
    for broken in found.violations:
        faults.add(
            say(
                "at {place} this rule is broken: {rule}",
                rule=broken.constraint.sentence,
                place=broken.where,
            ),
            Where(what),
            say("report this as a defect; the plan is not shown"),
            broken.amount,
        )
    faults.stop(MismatchError)


def _idle(found: CityMeasures, problem: CityProblem) -> float:
    # What no case takes by itself, such as nurses whom beds ask for, is neither used nor idle.
    capacity = found.capacity[:, problem.uses.any(axis=0)]
    load = found.load[:, problem.uses.any(axis=0)]
    used, whole = float((capacity * np.nan_to_num(load)).sum()), capacity.sum()
    return 1 - used / float(whole) if whole else float("nan")
