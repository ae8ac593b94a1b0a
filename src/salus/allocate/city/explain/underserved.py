"""Why a district goes short: which limits stop its cases, each claim checked on the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.changes.refusal import told
from salus.allocate.city.explain.full import at_facility
from salus.allocate.city.explain.names import KEYS
from salus.allocate.city.explain.short import FEWEST, NAMED, Reason, Short, Why, unmet_of
from salus.allocate.city.features.waiting import Waited, Waiting
from salus.allocate.city.practice.ledger import RULES
from salus.allocate.city.practice.rule import CAUSES
from salus.allocate.city.tally import tally
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.practice.ledger import Ledger
    from salus.allocate.city.problem import CityProblem
    from salus.domain.rights import Decline


@dataclass(frozen=True, slots=True)
class Underserved:
    """How short a district goes, and why.

    Parameters
    ----------
    district : str
        Key.
    unmet : tuple of float
        Its unmet cases of each service, in the order of the services.
    coverage : float
        Share of its cases that are served; NaN where it needs nothing.
    reasons : tuple of Reason
        By service, the one that stops most first.
    """

    district: str
    unmet: tuple[float, ...]
    coverage: float
    reasons: tuple[Reason, ...]


def most_underserved(problem: CityProblem, plan: CityPlan) -> str | None:
    """Name the district whose unmet cases weigh most.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan.

    Returns
    -------
    str or None
        Its key; ``None`` where nobody goes short.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> most_underserved(city, Exact().solve(city, SystemClock()))
    'D3'
    """
    unmet = unmet_of(tally(problem, plan)).sum(axis=2)
    weighed = unmet @ problem.penalty
    worst = int(np.argmax(weighed))
    return problem.districts[worst] if unmet[worst].max() > FEWEST else None


def underserved(
    problem: CityProblem,
    plan: CityPlan,
    district: str,
    *,
    declined: Sequence[Decline] = (),
    ledger: Ledger | None = None,
    names: Names = KEYS,
) -> Underserved:
    """Tell why cases of a district stay unmet.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan of any method.
    district : str
        Key of the district.
    declined : sequence of Decline
        What facilities declined before the problem was stated, if anything.
    ledger : Ledger, optional
        What practice forbids, of the problem before practice was applied.
    names : Names
        What people call things.

    Returns
    -------
    Underserved
        Without reasons where nobody of the district goes short.

    Raises
    ------
    ValueError
        If the district is not known.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> found = underserved(city, Exact().solve(city, SystemClock()), "D3")
    >>> for reason in found.reasons[:2]:
    ...     print(reason.sentence)
    All 2 facilities that D3 can reach for ward are full whenever its cases stay unmet.
    H1, 17 minutes away, has its ward_bed used up on 2 days with unmet cases: by 6.0 cases of ward
    from D3. It serves nobody but D3.
    """
    if district not in problem.districts:
        message = f"district must be one of the problem, but is {district!r}"
        raise ValueError(message)
    short = Short.of(problem, plan, problem.districts.index(district), names)
    need = problem.need[short.district].sum()
    reasons = [
        reason
        for s in np.flatnonzero(short.unmet.max(axis=1) > FEWEST)
        for reason in sorted(
            (
                *_declined(short, int(s), declined),
                *_forbidden(short, int(s), ledger),
                *_reasons(short, int(s)),
            ),
            key=lambda one: -one.cases,
        )
    ]
    return Underserved(
        district,
        tuple(short.unmet.sum(axis=1).tolist()),
        float(1 - short.unmet.sum() / need) if need > 0 else float("nan"),
        tuple(reasons),
    )


def _declined(short: Short, s: int, declined: Sequence[Decline]) -> Iterator[Reason]:
    problem = short.problem
    for one in declined:
        uses = one.resource is None or (
            one.resource in problem.resources
            and problem.uses[s, problem.resources.index(one.resource)] > 0
        )
        named = one.service in {None, problem.services[s]} and one.facility in problem.facilities
        mine = one.district in {None, problem.districts[short.district]}
        if named and mine and uses:
            when = [one.holds(day) for day in problem.periods]
            yield Reason(
                Why.DECLINED,
                problem.services[s],
                one.facility,
                one.resource,
                float(short.unmet[s, when].sum()),
                say("{what}.", what=told(one, short.names)),
            )


def _forbidden(short: Short, s: int, ledger: Ledger | None) -> Iterator[Reason]:
    if ledger is None:
        return
    problem, before = short.problem, ledger.problem
    shut = ledger.closed() & (before.arc_service == s) & (before.arc_district == short.district)
    places = (before.arc_district[shut], before.arc_facility[shut], before.arc_service[shut])
    gone = np.flatnonzero(shut)[problem.journeys(*places) < 0]
    if not gone.size:
        return
    rules = np.unique(ledger.rule[np.isin(ledger.journey, gone) & ledger.forbidden])
    left = (problem.arc_district == short.district) & (problem.arc_service == s)
    yield Reason(
        Why.PRACTICE,
        problem.services[s],
        None,
        None,
        0.0 if left.any() else float(short.unmet[s].sum()),
        say(
            "Practice forbids {count} journeys from {district} for {service}: {causes}.",
            count=gone.size,
            district=short.called,
            service=short.names.service(problem.services[s]),
            causes=tuple(CAUSES[RULES[rule]] for rule in rules),
        ),
    )


def _reasons(short: Short, s: int) -> Iterator[Reason]:
    problem = short.problem
    mine = (problem.arc_district == short.district) & (problem.arc_service == s)
    worthwhile = short.gain > 0
    if not mine.any():
        yield _no_journey(short, s)
        return
    if (mine & ~worthwhile).any():
        yield _not_worth(short, s, np.flatnonzero(mine & ~worthwhile), mine)
    found = [at_facility(short, s, int(arc)) for arc in np.flatnonzero(mine & worthwhile)]
    found.sort(key=lambda one: (one.why is Why.FULL, -one.cases))
    if len(found) > 1 and all(one.why is Why.FULL for one in found):
        yield _all_full(short, s, found)
    yield from found[:NAMED]
    yield from _waited(short, s)


def _no_journey(short: Short, s: int) -> Reason:
    problem, cases = short.problem, float(short.unmet[s].sum())
    taken = np.unique(problem.arc_facility[problem.arc_service == s]).size
    service = short.names.service(problem.services[s])
    sentence = (
        say(
            "None of the {count} facilities that take {service} can be reached from {district} "
            "within the limit: all its {cases:,.1f} cases stay unmet.",
            count=taken,
            service=service,
            district=short.called,
            cases=cases,
        )
        if taken
        else say("No facility takes {service}.", service=service)
    )
    return Reason(Why.NO_JOURNEY, problem.services[s], None, None, cases, sentence)


def _not_worth(short: Short, s: int, arcs: Whole, mine: NDArray[np.bool_]) -> Reason:
    problem = short.problem
    least = float(-short.gain[arcs].max())
    every = arcs.size == np.count_nonzero(mine)
    sentence = say(
        "{count} of {all} journeys from {district} for {service} cost at least {over:,.0f} "
        "weighted minutes more than leaving the case unmet.",
        count=arcs.size,
        all=int(np.count_nonzero(mine)),
        district=short.called,
        service=short.names.service(problem.services[s]),
        over=least,
    )
    cases = float(short.unmet[s].sum()) if every else 0.0
    return Reason(Why.NOT_WORTH, problem.services[s], None, None, cases, sentence)


def _all_full(short: Short, s: int, found: Sequence[Reason]) -> Reason:
    sentence = say(
        "All {count} facilities that {district} can reach for {service} are full whenever its "
        "cases stay unmet.",
        count=len(found),
        district=short.called,
        service=short.names.service(short.problem.services[s]),
    )
    cases = float(short.unmet[s].sum())
    return Reason(Why.FULL, short.problem.services[s], None, None, cases, sentence)


def _waited(short: Short, s: int) -> Iterator[Reason]:
    problem, found = short.problem, short.plan.decision(Waited)
    feature = next((one for one in problem.features if isinstance(one, Waiting)), None)
    if found is None or feature is None:
        return
    most = feature.most(problem)[short.district, s]
    cases = found.cases[short.district, s]
    stopped = (short.unmet[s] > FEWEST) & (cases >= most - FEWEST * np.maximum(1, most))
    stopped[-1] = False  # after the last period nobody waits on, whatever the limit
    if stopped.any() and most[stopped].max() >= 0:
        yield Reason(
            Why.WAITING,
            problem.services[s],
            None,
            None,
            float(short.unmet[s, stopped].sum()),
            say(
                "Cases of {service} may wait {longest:g} periods at most, and on {days} days "
                "with unmet cases no more of them may.",
                service=short.names.service(problem.services[s]),
                longest=float(feature.longest[s]),
                days=int(stopped.sum()),
            ),
        )
