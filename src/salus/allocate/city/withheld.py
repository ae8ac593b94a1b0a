"""A bound on the gap that nothing keeps, or only care withheld: which district makes it so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.features.fairness.fair import covered, group_cases
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.programme import write
from salus.allocate.lp.solve import solve
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.solution import LinearSolution
    from salus.core.messages import Message

# What the steps below leave one another, in shares of the need: the rounding of the solver.
SLACK = 1e-7
TOLERANCE = 1e-5
PLACE = Where("allocate.city")


def refuse_withheld(problem: CityProblem, plan: CityPlan) -> None:
    """Refuse a plan that keeps its bound on the gap by withholding care.

    Care is withheld where a group could be served more and no other less. It must be, where the
    bound is below the gap of the fairest plan that withholds nothing: its lowest coverage is as
    high as it can be, then its unmet need as small, then its highest coverage as low.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        A right plan.

    Raises
    ------
    InputError
        Naming each group that holds the lowest coverage down, the best coverage it could have,
        and the smallest gap that withholds nothing.
    """
    for rule in problem.features:
        found = covered(plan, CoverageGap.name) if isinstance(rule, CoverageGap) else None
        if found is None or not isinstance(rule, CoverageGap) or rule.withhold:
            continue
        if found.gap < rule.most - TOLERANCE:
            continue
        city = _free(problem, rule)
        if not _withheld(city, found.coverage):
            continue
        fairest = _fairest(city)
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
            city = _free(problem, rule)
            narrowest = _narrowest(city, rule)
            if narrowest is None:
                return _too_much(city, rule)
            if rule.most < narrowest.gap - TOLERANCE:
                return _faults(city, rule, _wider(city, rule, narrowest), _too_narrow(rule))
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class _City:
    """The city without its bound, with columns for both ends of the band of shortfalls."""

    program: LinearProgram
    unmet: Floats
    short: Whole
    groups: Whole
    share: Floats
    worst: Whole
    best: Whole
    rows: Whole

    def cost(self, *terms: tuple[Whole, Floats | float]) -> Floats:
        """Return an objective of some columns, shape (n,)."""
        found = np.zeros(self.program.c.size)
        for columns, amounts in terms:
            found[columns] += amounts
        return found

    def below(self, columns: Whole, most: Floats) -> _City:
        """Lower the upper bounds of columns, never below what rounding may need."""
        upper = self.program.upper.copy()
        upper[columns] = np.minimum(upper[columns], most + SLACK)
        return replace(self, program=replace(self.program, upper=upper))

    def within(self, row: Floats, most: float) -> _City:
        """Add a row."""
        program = replace(
            self.program,
            matrix=sparse.vstack([self.program.matrix, sparse.csr_array(row[None])], "csc"),
            row_lower=np.append(self.program.row_lower, -np.inf),
            row_upper=np.append(self.program.row_upper, most),
        )
        return replace(self, program=program)

    def least(self, cost: Floats) -> LinearSolution:
        """Make an objective as small as it can be."""
        return solve(replace(self.program, c=cost))


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """A gap, its lower end, and the groups that hold it down."""

    gap: float
    lowest: float
    holding: Whole


def _free(problem: CityProblem, rule: CoverageGap) -> _City:
    others = tuple(each for each in problem.features if not isinstance(each, CoverageGap | MaxMin))
    ends = MaxMin(rule.groups, 1.0, severity=rule.severity)
    free = replace(problem, features=(ends, *others), aims=Aims(limits=problem.aims.limits))
    draft = write(free).draft
    short = draft.column.blocks["maxmin.shortfall"].indices
    best = draft.columns("withheld.best", (1,), upper=1.0)
    rows = draft.rows("withheld.best", short.shape, lower=-1.0, upper=0.0)
    draft.put(rows, best, 1.0)
    draft.put(rows, short, -1.0)
    need = group_cases(free, ends, free.need)
    groups = np.flatnonzero(need > 0)
    return _City(
        program=replace(draft.program({}), integral=None),
        unmet=draft.cost(Aim.UNMET),
        short=short,
        groups=groups,
        share=need[groups] / need[groups].sum(),
        worst=draft.column.blocks["maxmin.worst"].indices,
        best=best,
        rows=draft.row.blocks["maxmin.worst"].indices,
    )


def _withheld(city: _City, coverage: Floats) -> bool:
    missed = 1 - coverage[city.groups]
    found = city.below(city.short, missed).least(city.cost((city.short, city.share)))
    if found.objective is None:
        return False
    return float(missed @ city.share) - found.objective > TOLERANCE


def _fairest(city: _City) -> _Ends | None:
    first = city.least(city.cost((city.worst, 1.0)))
    if first.x is None or first.row_duals is None:
        return None
    kept = city.below(city.worst, first.x[city.worst])
    second = kept.least(kept.unmet)
    if second.objective is None:
        return None
    served = kept.within(kept.unmet, second.objective + SLACK * max(1.0, second.objective))
    third = served.least(city.cost((city.best, -1.0)))
    return None if third.x is None else _ends(city, third.x, first.row_duals)


def _narrowest(city: _City, rule: CoverageGap) -> _Ends | None:
    floor = city.within(city.cost((city.short, city.share)), 1 - rule.overall)
    found = floor.least(city.cost((city.worst, 1.0), (city.best, -1.0)))
    if found.x is None or found.row_duals is None:
        return None
    return _ends(city, found.x, found.row_duals)


def _wider(city: _City, rule: CoverageGap, narrowest: _Ends) -> _Ends:
    fairest = None if rule.withhold else _fairest(city)
    return narrowest if fairest is None or fairest.gap < narrowest.gap else fairest


def _ends(city: _City, x: Floats, duals: Floats) -> _Ends:
    missed = x[city.short]
    holding = np.flatnonzero(np.abs(duals[city.rows]) > SLACK)
    return _Ends(float(np.ptp(missed)), 1 - float(missed.max()), holding)


def _too_narrow(rule: CoverageGap) -> Message:
    return say(
        "no plan keeps a gap of {most:.1%} and covers all groups together by {overall:.1%}",
        most=rule.most,
        overall=rule.overall,
    )


def _faults(city: _City, rule: CoverageGap, ends: _Ends, verdict: Message) -> tuple[Fault, ...]:
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


def _too_much(city: _City, rule: CoverageGap) -> tuple[Fault, ...]:
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


def _alone(city: _City, k: int) -> float:
    found = city.least(city.cost((city.short[k : k + 1], 1.0)))
    return 1.0 if found.objective is None else found.objective


def _name(city: _City, rule: CoverageGap, k: int) -> str | Message:
    return rule.groups.names[city.groups[k]]


def _up(share: float) -> float:
    # Rounded up to what is shown, so that the advice works as it is read.
    return min(1.0, float(np.ceil(share * 1000 - TOLERANCE)) / 1000)
