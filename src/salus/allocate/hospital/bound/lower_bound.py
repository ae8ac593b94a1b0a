"""What no plan of a hospital undercuts."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.care import Care
from salus.allocate.hospital.bound.choices import choices
from salus.allocate.hospital.bound.nursing import nursing
from salus.allocate.hospital.bound.relaxation import ADMIT, CARE, Part, relaxation
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.solution import Status
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from salus.allocate.hospital.bound.prices import Floats
    from salus.allocate.hospital.problem import HospitalProblem

ROUNDS = 20
LINEAR = 0.4
"""Share of the time for the linear programme, where whole numbers wait for it."""
GAIN = 2e-4
"""A round that adds less than this share ends the linear programme."""
BEFORE = 0.4
"""Share of the admissions of the rounds before, for which prices are found as well."""
SURE = 1e-6
"""Share of a bound that may be the rounding of the solver."""


@dataclass(frozen=True, slots=True)
class HospitalBound:
    """What every plan of a hospital that breaks no rule costs at least.

    Parameters
    ----------
    total : int or None
        The bound; ``None`` where it is proved that no plan keeps the rules.
    parts : mapping of Part to float
        What the bound is made of; they add up to it before it is rounded up. None of them alone
        bounds the same part of every plan. Empty where ``total`` is ``None``, or where the time did
        not reach for the first linear programme.
    """

    total: int | None
    parts: Mapping[Part, float]

    def gap(self, cost: int) -> float | None:
        """Tell how much of the cost of a plan the best one may save at the most.

        Parameters
        ----------
        cost : int
            Of a plan that keeps the rules.

        Returns
        -------
        float or None
            Share of the cost, 0 to 1; ``None`` without a bound, or with one of 0 only.

        Examples
        --------
        >>> HospitalBound(90, {}).gap(100)
        0.1
        """
        if not cost:
            return 0.0
        return (cost - self.total) / cost if self.total else None


def lower_bound(
    problem: HospitalProblem,
    *,
    seconds: float = 10.0,
    watch: Callable[[HospitalBound], None] | None = None,
    over: Event | None = None,
) -> HospitalBound:
    """Bound the cost of every plan of a hospital from below.

    First a linear programme over patients and days (``relaxation``), to which the care of those
    who are admitted adds bounds of its own (``care``), round by round, as in the method of Kelley;
    then branch and cut, so that patients and theatres are whole. HiGHS and the loops let other
    threads run.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    seconds : float
        Of the wall clock after which to stop, 0 or more.
    watch : callable, optional
        Hears each better bound.
    over : Event, optional
        Ends it before its time when it is set, in another thread.

    Returns
    -------
    HospitalBound
        Valid whenever it stops.

    References
    ----------
    A. M. Geoffrion: Lagrangean relaxation for integer programming, 1974. J. E. Kelley: The
    cutting-plane method for solving convex programs, 1960. D. Erlenkotter: A dual-based procedure
    for uncapacitated facility location, 1978.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.solve import solve
    >>> from salus.allocate.hospital.stop import Stop
    >>> from salus.allocate.hospital.verify import verify
    >>> hospital = random_hospital(5)
    >>> plan = solve(hospital, Stop(iterations=200_000))
    >>> lower_bound(hospital, seconds=5).total <= verify(hospital, plan).total_cost
    True
    """
    bounding = _Bounding(problem, monotonic() + seconds, watch, over or Event())
    if bounding.linear() and bounding.whole():
        return bounding.found
    return HospitalBound(None, {})


class _Bounding:
    """A bound while it rises."""

    def __init__(
        self,
        problem: HospitalProblem,
        end: float,
        watch: Callable[[HospitalBound], None] | None,
        over: Event,
    ) -> None:
        self._end, self._watch, self._over = end, watch, over
        admissible = choices(problem)
        self._care = Care(nursing(problem, admissible), admissible.day.size)
        self._draft = relaxation(problem, admissible)
        self._program = self._draft.program(dict.fromkeys(self._draft.terms, 1.0))
        self._engine = Engine(replace(self._program, integral=None), over=over.is_set)
        self._admit = self._draft.column.blocks[ADMIT].indices
        self.found, self._bound = HospitalBound(0, {}), 0.0

    def linear(self) -> bool:
        """Solve the linear programme with more and more cuts; tell whether any plan is left."""
        until, taken, before = monotonic() + LINEAR * self._left, None, -np.inf

        def late() -> bool:
            return monotonic() > until or self._over.is_set()

        for _ in range(ROUNDS):
            self._add_cut(late)
            solution = self._engine.solve(Stop(seconds=self._left), basis=False)
            if solution.status is Status.INFEASIBLE:
                return False
            x = solution.x if solution.status is Status.OPTIMAL else None
            if solution.bound is not None and solution.bound > self._bound:
                self._tell(solution.bound, self.found.parts if x is None else self._parts(x))
            little = self._bound - before < GAIN * self._bound
            if x is None or late() or little:
                break
            now, before = np.clip(x[self._admit], 0.0, 1.0), self._bound
            taken = now if taken is None else BEFORE * taken + (1 - BEFORE) * now
            self._care.improve(taken, late)
        return True

    def whole(self) -> bool:
        """Admit patients and open theatres as a whole; tell whether any plan is left."""
        if not self._left:
            return True
        self._engine.change_integrality(np.asarray(self._program.integral))
        solution = self._engine.solve(Stop(seconds=self._left), basis=False)
        if solution.status is Status.INFEASIBLE:
            return False
        if (bound := solution.bound) is not None and bound > self._bound and self.found.parts:
            parts = {**self.found.parts, Part.WHOLE: bound - self._bound}
            self._tell(bound, parts)
        return True

    @property
    def _left(self) -> float:
        return 0.0 if self._over.is_set() else max(0.0, self._end - monotonic())

    def _add_cut(self, late: Callable[[], bool]) -> None:
        cut = self._care.cut(late)
        row = np.zeros((1, self._program.c.size))
        row[0, self._admit] = -cut.stay
        row[0, self._draft.column.blocks[CARE].indices] = 1.0
        self._engine.add_rows([cut.fixed], [np.inf], row)

    def _parts(self, x: Floats) -> dict[Part, float]:
        fixed = self._draft.constants
        return {
            Part(term): float(self._draft.cost(term) @ x) + fixed.get(term, 0.0)
            for term in self._draft.terms
        }

    def _tell(self, bound: float, parts: Mapping[Part, float]) -> None:
        self._bound = bound
        self.found = HospitalBound(math.ceil(bound - SURE * max(1.0, bound)), parts)
        if self._watch is not None:
            self._watch(self.found)
