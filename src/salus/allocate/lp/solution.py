"""What a solve found, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    TIME_LIMIT = "time limit"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, eq=False)
class LinearSolution:
    """What a solve found.

    Parameters
    ----------
    status : Status
        How it ended; the other fields are ``None`` unless it is ``OPTIMAL``.
    x : ndarray, shape (n,), or None
        An optimal value of each variable.
    objective : float or None
        c'x.
    row_duals : ndarray, shape (m,), or None
        Change of the objective per unit by which the binding side of a row grows, in both
        senses: for min, a binding ``<=`` row has a dual <= 0; for max, >= 0.
    reduced_costs : ndarray, shape (n,), or None
        The same for the binding bound of each variable: c - A'y.
    bound : float or None
        What a search over whole numbers says cannot be undercut.
    """

    status: Status
    x: Floats | None = None
    objective: float | None = None
    row_duals: Floats | None = None
    reduced_costs: Floats | None = None
    bound: float | None = None
