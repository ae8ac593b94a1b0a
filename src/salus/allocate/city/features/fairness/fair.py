"""What all ways of being fair share: the coverage of each group, written, read and recounted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.constraints import Constraint
from salus.allocate.city.measures import fairness
from salus.allocate.city.order import writers
from salus.allocate.city.recount import Recount
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.features.fairness.groups import Groups
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft
    from salus.core.messages import Message

COVERED = Constraint(
    "covered",
    say("The coverage that a plan claims for a group is what its rows add up to."),
    ("groups",),
    say("share of the need"),
    "k_g = 1 - sum_{i in g, s, t} v_s u_ist / sum_{i in g, s, t} v_s need_ist, where u is what"
    " stays unmet in the end and v_s is penalty_s or 1",
)
CONSTRAINTS = (COVERED,)


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """How well each group is covered, as one way of being fair sees it.

    Parameters
    ----------
    feature : str
        Name of the feature.
    names : tuple of str or Message
        The groups.
    need : ndarray, shape (G,)
        Weighted cases of each group over all periods.
    coverage : ndarray, shape (G,)
        Share of them that is served, from 0 to 1; NaN for a group without need.
    lowest, gap, gini : float
        Of the coverage, as :mod:`salus.allocate.city.measures` has them.
    measure : float
        What the feature makes small, before its price.
    error : float
        How far the measure may lie from what it stands for; 0 where it is exact.
    """

    feature: str
    names: tuple[str | Message, ...]
    need: Floats
    coverage: Floats
    lowest: float
    gap: float
    gini: float
    measure: float
    error: float = 0.0

    @property
    def overall(self) -> float:
        """Coverage of all groups together, from 0 to 1; NaN where nothing is needed."""
        total = self.need.sum()
        return float(np.nansum(self.coverage * self.need) / total) if total > 0 else np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Fair(ABC):
    """A feature that looks at the coverage of groups.

    The coverage of a group is its served share of the cases that it needs over all services and
    periods, each case counting as its penalty. Who waits and is served later is served: only
    what stays unmet in the end lowers it. Groups without need are left out.

    Parameters
    ----------
    groups : Groups
        Between whom the plan is to be fair.
    severity : bool
        Whether a case counts as its penalty; otherwise each counts as one.

    Attributes
    ----------
    measured : Message
        What the feature makes small or keeps, for people.
    """

    groups: Groups
    severity: bool = field(default=True, kw_only=True)
    name: ClassVar[str]
    measured: ClassVar[Message]
    reads: ClassVar[str] = "unmet"
    first: ClassVar[tuple[str, ...]] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        wanted = (len(problem.districts),)
        faults = list(self.wrong())
        if self.groups.of.shape != wanted:
            faults.append(
                f"{self.name}.groups must give a group to each of {wanted[0]} districts, "
                f"but gives one to {self.groups.of.size}"
            )
        return faults

    @abstractmethod
    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Add columns, rows and charges to the programme."""

    @abstractmethod
    def wrong(self) -> Iterator[str]:
        """Name each number of the feature that is out of its range."""

    @abstractmethod
    def measure(self, coverage: Floats, need: Floats) -> float:
        """Work out what the feature makes small, from the coverage of groups with need."""

    def error(self, coverage: Floats, need: Floats) -> float:  # noqa: ARG002 - most are exact
        """Bound how far the measure may lie from what it stands for."""
        return 0.0

    def charge(self, measure: float) -> float:  # noqa: ARG002 - rules have no price
        """Return what the measure costs, weighted minutes."""
        return 0.0

    def broken(self, found: Covered) -> Iterator[Violation]:  # noqa: ARG002 - rules are rare
        """Name each rule of the feature that the coverage breaks."""
        yield from ()

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Covered:
        """Read the coverage of a solution."""
        return self.seen(problem, x[draft.column.blocks["unmet"].indices])

    def seen(self, problem: CityProblem, unmet: Floats) -> Covered:
        """Work out how well each group is covered, from what stays unmet, shape (I, S, T)."""
        need = group_need(problem, self)
        lost = group_cases(problem, self, unmet)
        missed = np.divide(lost, need, out=np.full(need.shape, np.nan), where=need > 0)
        coverage = np.clip(1 - missed, 0.0, 1.0)
        known, weight = coverage[need > 0], need[need > 0]
        found = fairness(known * weight, weight)
        return Covered(
            self.name,
            self.groups.names,
            need,
            coverage,
            found.lowest,
            found.gap,
            found.gini,
            self.measure(known, weight) if known.size else 0.0,
            self.error(known, weight) if known.size else 0.0,
        )

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Work out the coverage from the rows of a plan, and hold what it claims to it."""
        found = self.seen(problem, unmet_of(problem, plan))
        charges = {Aim.UNFAIRNESS: self.charge(found.measure)}
        violations = (*self.broken(found), *self._false(problem, found, plan))
        return Recount(charges=charges, violations=violations)

    def _false(self, problem: CityProblem, found: Covered, plan: CityPlan) -> Iterator[Violation]:
        claimed = covered(plan, self.name)
        if claimed is None:
            return
        if claimed.coverage.shape != found.coverage.shape:
            yield Violation(COVERED, say("{feature}", feature=self.name), 1.0)
            return
        off = np.nan_to_num(np.abs(claimed.coverage - found.coverage))
        # Of a group with less than one case, a rounding of its cases is a larger share.
        cases = found.need / case_weight(problem, self).max()
        slack = TOLERANCE / np.minimum(1.0, np.where(cases > 0, cases, 1.0))
        for g in np.flatnonzero(off > slack):
            yield Violation(COVERED, say("{group}", group=self.groups.names[g]), float(off[g]))
        # The Gini is a share of the mean coverage, which may be small.
        mean = np.nansum(found.coverage * found.need) / max(found.need.sum(), TOLERANCE)
        for name in ("lowest", "gap", "gini", "measure"):
            wrong = abs(getattr(claimed, name) - getattr(found, name))
            scale = max(1.0, abs(getattr(found, name)))
            if wrong > slack.max() * (scale / max(mean, TOLERANCE) if name == "gini" else scale):
                yield Violation(COVERED, say("{feature}", feature=f"{self.name}.{name}"), wrong)


def covered(plan: CityPlan, feature: str) -> Covered | None:
    """Find what a plan says about coverage, by the name of the feature.

    Parameters
    ----------
    plan : CityPlan
        Any plan.
    feature : str
        Such as ``maxmin``.

    Returns
    -------
    Covered or None
    """
    found = (one for one in plan.decisions if isinstance(one, Covered))
    return next((one for one in found if one.feature == feature), None)


def group_cases(problem: CityProblem, fair: Fair, cases: Floats) -> Floats:
    """Add up cases, shape (I, S, T), by group and weight, shape (G,)."""
    return fair.groups.sums(cases.sum(axis=2) @ case_weight(problem, fair))


def group_need(problem: CityProblem, fair: Fair) -> Floats:
    """Add up need by group and weight, shape (G,); 0 where it is the rounding of a number.

    A millionth of a case is nobody, and what a solver serves of it is chance.
    """
    need = group_cases(problem, fair, problem.need)
    return np.where(need > TOLERANCE * case_weight(problem, fair).max(), need, 0.0)


def case_weight(problem: CityProblem, fair: Fair) -> Floats:
    """Return what a case of each service counts in coverage, shape (S,)."""
    return problem.penalty if fair.severity else np.ones_like(problem.penalty)


def unmet_of(problem: CityProblem, plan: CityPlan) -> Floats:
    """Recount what a plan leaves unmet in the end.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan, right or wrong.

    Returns
    -------
    ndarray, shape (I, S, T)
    """
    journey = problem.journeys(plan.district, plan.facility, plan.service)
    left = problem.need.astype(np.float64)
    # Readers move no need, and may ask the others what they move.
    for feature in writers(problem.features):
        moved = feature.recount(problem, plan).need
        left = left if moved is None else left + moved
    allowed = np.where(journey >= 0, plan.cases, 0.0)
    np.subtract.at(left, (plan.district, plan.service, plan.period), allowed)
    return np.maximum(left, 0.0)


def write_shortfall(draft: Draft, problem: CityProblem, fair: Fair) -> tuple[Whole, Whole, Floats]:
    """Add a column for the share of each group's need that stays unmet, from 0 to 1.

    Parameters
    ----------
    draft : Draft
        Of the city.
    problem : CityProblem
        What is planned.
    fair : Fair
        Whose groups and weights are meant.

    Returns
    -------
    columns, groups : ndarray of int, shape (K,)
        The columns, and the group of each: those with need.
    need : ndarray, shape (K,)
        Their weighted cases.
    """
    need = group_need(problem, fair)
    groups = np.flatnonzero(need > 0)
    short = draft.columns(f"{fair.name}.shortfall", groups.shape, upper=1.0)
    rows = draft.rows(f"{fair.name}.shortfall", groups.shape, lower=0.0, upper=0.0)
    # Counted in the gravest cases, so that coefficients stay near the numbers of people.
    weight = case_weight(problem, fair)
    unit = weight.max()
    draft.put(rows, short, -need[groups] / unit)
    place = np.full(fair.groups.count, -1)
    place[groups] = np.arange(groups.size)
    inside = np.flatnonzero(need[fair.groups.of] > 0)
    unmet = draft.column.blocks["unmet"].indices[inside]
    owner = rows[place[fair.groups.of[inside]]] if groups.size else np.zeros(0, dtype=np.int64)
    draft.put(owner[:, None, None], unmet, (weight / unit)[None, :, None])
    return short, groups, need[groups]
