"""A bound on the gap that nothing keeps, or only care withheld: which district makes it so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.band import SLACK, fairest_band, free_city, narrowest_band
from salus.allocate.city.features.fairness.fair import covered
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.programme import write
from salus.allocate.lp.run import Method
from salus.allocate.lp.solve import solve
from salus.allocate.lp.start import Basis, Start
from salus.allocate.lp.stop import Stop
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.band import Ends, FreeCity
    from salus.allocate.city.features.fairness.fair import Covered
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.programme import Written
    from salus.allocate.lp.program import LinearProgram
    from salus.core.messages import Message

TOLERANCE = 1e-5
PLACE = Where("allocate.city")
UNLIMITED = Stop()


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A programme that was solved, to begin from.

    Parameters
    ----------
    written : Written
        The city, with all its journeys.
    program : LinearProgram
        Its finished programme.
    basis : Basis or None
        Of the solution, if it has one.
    """

    written: Written
    program: LinearProgram
    basis: Basis | None = None


def refuse_withheld(
    problem: CityProblem,
    plan: CityPlan,
    solved: Solved | None = None,
    stop: Stop = UNLIMITED,
) -> None:
    """Refuse a plan that keeps its bound on the gap by withholding care.

    Care is withheld where, without the bound, the best plan that serves no group less serves some
    group more. It must be, where the bound is below the gap of the fairest plan that withholds
    nothing: its lowest coverage is as high as it can be, then its unmet need as small, then its
    highest coverage as low.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        A right plan.
    solved : Solved, optional
        What it was read from; written anew when not given.
    stop : Stop
        When to end the search for withheld care early: what was not found is not refused.

    Raises
    ------
    InputError
        Naming each group that holds the lowest coverage down, the best coverage it could have,
        and the smallest gap that withholds nothing.
    """
    found = covered(plan, CoverageGap.name)
    for rule in problem.features:
        if found is None or not isinstance(rule, CoverageGap) or rule.withhold:
            continue
        binding = found.gap > rule.most - TOLERANCE
        if not (binding and _withheld(solved or _written(problem), found, stop)):
            continue
        city = free_city(problem, rule)
        fairest = fairest_band(city)
        if fairest is not None and rule.most < fairest.gap - TOLERANCE:
            only = say("a gap of {most:.1%} would only withhold care from others", most=rule.most)
            raise InputError(*_faults(city, rule, fairest, only))


def blame(problem: CityProblem) -> tuple[Fault, ...]:
    """Find the groups for which no plan keeps a bound on the gap.

    Parameters
    ----------
    problem : CityProblem
        A problem without any plan.

    Returns
    -------
    tuple of Fault
        Naming each group that makes it so, the best coverage it could have, and the smallest
        gap there is; empty where the bound on the gap is not to blame.
    """
    for rule in problem.features:
        if isinstance(rule, CoverageGap):
            city = free_city(problem, rule)
            narrowest = narrowest_band(city, rule)
            if narrowest is None:
                return _too_much(city, rule)
            if rule.most < narrowest.gap - TOLERANCE:
                return _faults(city, rule, _wider(city, rule, narrowest), _too_narrow(rule))
    return ()


def _written(problem: CityProblem) -> Solved:
    written = write(problem)
    return Solved(written, written.program())


def _withheld(solved: Solved, found: Covered, stop: Stop) -> bool:
    """Tell whether the best plan that serves no group less serves more without the bound."""
    written, program, basis = solved.written, solved.program, solved.basis
    short = written.draft.column.blocks["gap.shortfall"].indices
    band = written.draft.row.blocks["gap.band"].indices
    groups = np.flatnonzero(found.need > 0)
    missed, share = 1 - found.coverage[groups], found.need[groups] / found.need[groups].sum()
    upper = program.upper.copy()
    upper[short] = np.minimum(missed + SLACK, 1.0)
    lower_side, upper_side = program.row_lower.copy(), program.row_upper.copy()
    lower_side[band], upper_side[band] = -1.0, 1.0
    loose = replace(
        program,
        upper=upper,
        row_lower=lower_side,
        row_upper=upper_side,
        integral=None,
    )
    by = written.way if basis is None else Method.SIMPLEX
    x = solve(loose, stop=stop, start=Start(basis=basis), by=by).x
    return x is not None and float((missed - x[short]) @ share) > TOLERANCE


def _wider(city: FreeCity, rule: CoverageGap, narrowest: Ends) -> Ends:
    fairest = None if rule.withhold else fairest_band(city)
    return narrowest if fairest is None or fairest.gap < narrowest.gap else fairest


def _too_narrow(rule: CoverageGap) -> Message:
    return say(
        "no plan keeps a gap of {most:.1%} and covers all groups together by {overall:.1%}",
        most=rule.most,
        overall=rule.overall,
    )


def _faults(city: FreeCity, rule: CoverageGap, ends: Ends, verdict: Message) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            say(
                "{group} can be covered by {best:.1%} at best, beside the others by {lowest:.1%}; "
                "{verdict}",
                group=_name(city, rule, k),
                best=1 - _alone(city, k),
                lowest=ends.lowest,
                verdict=verdict,
            ),
            PLACE,
            say(
                "allow a gap of {gap:.1%} or more, or bring capacity within reach of {group}",
                gap=_up(ends.gap),
                group=_name(city, rule, k),
            ),
        )
        for k in ends.holding
    )


def _too_much(city: FreeCity, rule: CoverageGap) -> tuple[Fault, ...]:
    found = city.least(city.cost((city.short, city.share)))
    if found.objective is None:
        return ()
    return (
        Fault(
            say(
                "all groups together can be covered by {best:.1%} at best, but {overall:.1%} is "
                "demanded",
                best=1 - found.objective,
                overall=rule.overall,
            ),
            PLACE,
            say("demand less, or bring more capacity within reach"),
        ),
    )


def _alone(city: FreeCity, k: int) -> float:
    found = city.least(city.cost((city.short[k : k + 1], 1.0)))
    return 1.0 if found.objective is None else found.objective


def _name(city: FreeCity, rule: CoverageGap, k: int) -> str | Message:
    return rule.groups.names[city.groups[k]]


def _up(share: float) -> float:
    # Rounded up to what is shown, so that the advice works as it is read.
    return min(1.0, float(np.ceil(share * 1000 - TOLERANCE)) / 1000)
