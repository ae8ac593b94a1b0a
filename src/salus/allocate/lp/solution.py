"""What a solve found, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats
    from salus.allocate.lp.start import Basis


CLOSED = 1e-6
"""A gap of this size is the rounding of a solver."""


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
        How it ended. ``OPTIMAL`` means to the gap that was asked for.
    x : ndarray, shape (n,), or None
        The best feasible value of each variable that is known; at ``OPTIMAL`` always, at
        ``TIME_LIMIT`` if one was found in time.
    objective : float or None
        c'x + offset; there when x is.
    row_duals : ndarray, shape (m,), or None
        Change of the objective per unit by which the binding side of a row grows, in both
        senses: for min, a binding ``<=`` row has a dual <= 0; for max, >= 0. Programmes with
        integers have none.
    reduced_costs : ndarray, shape (n,), or None
        The same for the binding bound of each variable: c - A'y.
    bound : float or None
        What no solution can beat: the best proved, whatever ended the solve; infinite where
        nothing is proved yet.
    gap : float or None
        |objective - bound| / |objective|; there when x is, and infinite without a proof.
    basis : Basis or None
        Where each variable rests, to start another solve from; programmes with integers have
        none.
    ray : ndarray, shape (n,), or None
        When ``UNBOUNDED``: a direction along which the objective improves for ever.
    proof : ndarray, shape (m,), or None
        When ``INFEASIBLE``: weights of rows whose sum no x within its bounds can meet (Farkas
        1902). Programmes have one whose variables without integers are infeasible already.
    """

    status: Status
    x: Floats | None = None
    objective: float | None = None
    row_duals: Floats | None = None
    reduced_costs: Floats | None = None
    bound: float | None = None
    gap: float | None = None
    basis: Basis | None = None
    ray: Floats | None = None
    proof: Floats | None = None

    @property
    def within_gap(self) -> bool:
        """Tell whether it ended at the gap that was asked for, before the optimum was proved."""
        return self.status is Status.OPTIMAL and (self.gap or 0.0) > CLOSED
