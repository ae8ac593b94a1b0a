"""A district that goes short, and the shape of a reason for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.tally import tally

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.tally import Tally
    from salus.core.messages import Message

FEWEST = 1e-6
"""Cases fewer than this are the rounding of a solver, and nobody goes short by them."""

NAMED = 3
"""Facilities, and their users, that a sentence names at most."""


class Why(StrEnum):
    """What stops a case."""

    NO_JOURNEY = "no journey"
    NOT_WORTH = "not worth the journey"
    PRACTICE = "practice"
    DECLINED = "declined"
    FULL = "full"
    STAFF = "staff"
    MEDICINE = "medicine"
    ROOM = "room"
    WAITING = "waiting limit"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stops cases of a district.

    Parameters
    ----------
    why : Why
        What kind it is.
    service : str
        Key of the service.
    facility, resource : str or None
        Keys of where, and of what is used up; ``None`` where the reason is not of one.
    cases : float
        Unmet cases that it stops, of the whole plan.
    sentence : Message
        It, for people.
    """

    why: Why
    service: str
    facility: str | None
    resource: str | None
    cases: float
    sentence: Message


@dataclass(frozen=True, slots=True, eq=False)
class Short:
    """A district that goes short within its plan.

    Parameters
    ----------
    problem, plan : CityProblem and CityPlan
        What was planned, and how.
    district : int
        Index of the district.
    names : Names
        What people call things.
    counted : Tally
        The sums over the rows of the plan.
    unmet : ndarray, shape (S, T)
        Unmet cases of the district.
    gain : ndarray, shape (A,)
        What a case on each journey saves, see :func:`gains`.
    """

    problem: CityProblem
    plan: CityPlan
    district: int
    names: Names
    counted: Tally
    unmet: Floats
    gain: Floats

    @classmethod
    def of(cls, problem: CityProblem, plan: CityPlan, district: int, names: Names) -> Short:
        """Count what a district goes short of."""
        counted = tally(problem, plan)
        return cls(
            problem, plan, district, names, counted, unmet_of(counted)[district], gains(problem)
        )

    @property
    def called(self) -> Message | str:
        """What people call the district."""
        return self.names.district(self.problem.districts[self.district])


def gains(problem: CityProblem) -> Floats:
    """Tell what a case on each journey saves against staying unmet, weighted minutes, (A,)."""
    weight = problem.aims.weight
    spent = weight(Aim.TRAVEL) * problem.arc_minutes
    if problem.arc_price is not None:
        spent = spent + weight(Aim.PRACTICE) * problem.arc_price
    return weight(Aim.UNMET) * problem.penalty[problem.arc_service] - spent


def unmet_of(counted: Tally) -> Floats:
    """Count the cases that are not served, shape (I, S, T)."""
    return np.maximum(counted.need - counted.served, 0)
