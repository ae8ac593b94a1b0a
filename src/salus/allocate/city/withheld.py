"""A bound on the gap that nothing keeps, or only care withheld: which district makes it so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.band import SLACK, fairest_band, free_city, narrowest_band
from salus.allocate.city.features.fairness.fair import covered
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.lp.run import Method
from salus.allocate.lp.solve import solve
from salus.allocate.lp.start import Basis, Start
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
# Coverage is solved for in tenths of a per mille, so that the solver sees more than its rounding.
MANY = 1e4
PLACE = Where("allocate.city")


def refuse_withheld(
    written: Written, program: LinearProgram, plan: CityPlan, basis: Basis | None = None
) -> None:
    """Refuse a plan that keeps its bound on the gap by withholding care.

    Care is withheld where a group could be served more and no other less. It must be, where the
    bound is below the gap of the fairest plan that withholds nothing: its lowest coverage is as
    high as it can be, then its unmet need as small, then its highest coverage as low.

    Parameters
    ----------
    written : Written
        What was planned.
    program : LinearProgram
        What was solved.
    plan : CityPlan
        A right plan.
    basis : Basis, optional
        Of the solution, to begin from.

    Raises
    ------
    InputError
        Naming each group that holds the lowest coverage down, the best coverage it could have,
        and the smallest gap that withholds nothing.
    """
    found = covered(plan, CoverageGap.name)
    for rule in written.problem.features:
        if found is None or not isinstance(rule, CoverageGap) or rule.withhold:
            continue
        binding = found.gap > rule.most - TOLERANCE
        if not (binding and _withheld(written, program, found, basis)):
            continue
        city = free_city(written.problem, rule)
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


def _withheld(
    written: Written, program: LinearProgram, found: Covered, basis: Basis | None
) -> bool:
    """Tell whether a group could be served more and no other less, without the bound."""
    short = written.draft.column.blocks["gap.shortfall"].indices
    band = written.draft.row.blocks["gap.band"].indices
    groups = np.flatnonzero(found.need > 0)
    missed, share = 1 - found.coverage[groups], found.need[groups] / found.need[groups].sum()
    cost = np.zeros(program.c.size)
    cost[short] = share * MANY
    upper = program.upper.copy()
    upper[short] = np.minimum(missed + SLACK, 1.0)
    lower_side, upper_side = program.row_lower.copy(), program.row_upper.copy()
    lower_side[band], upper_side[band] = -1.0, 1.0
    loose = replace(
        program,
        c=cost,
        offset=0.0,
        upper=upper,
        row_lower=lower_side,
        row_upper=upper_side,
        integral=None,
    )
    x = solve(
        loose, start=Start(basis=basis), by=written.way if basis is None else Method.SIMPLEX
    ).x
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
