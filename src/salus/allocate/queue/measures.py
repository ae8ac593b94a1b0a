"""How good a dispatch is, in figures that every dispatch reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.dispatch import begins

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import Flags, Floats, QueueProblem


@dataclass(frozen=True, slots=True)
class Served:
    """Patients of one severity.

    Parameters
    ----------
    severity : float
        Their weight.
    patients : int
        How many there are, 1 or more.
    placed : int
        How many of them have a place.
    """

    severity: float
    patients: int
    placed: int


@dataclass(frozen=True, slots=True)
class QueueMeasures:
    """The figures of one dispatch; NaN marks a mean of nobody.

    Parameters
    ----------
    served : tuple of Served
        By severity, the highest first.
    severity_waiting : float
        Severity of those who wait, added up; 1 is an ordinary case.
    wait_mean : float
        Minutes from coming to care, of those who are placed; a mean weighted by severity.
    waited_mean : float
        Minutes that those without a place have waited; a mean weighted by severity.
    travel_mean, travel_p95 : float
        Minutes of travel of those who are placed: mean, and what 95 in 100 do not exceed.
    """

    served: tuple[Served, ...]
    severity_waiting: float
    wait_mean: float
    waited_mean: float
    travel_mean: float
    travel_p95: float


def measure(problem: QueueProblem, dispatch: Dispatch) -> QueueMeasures:
    """Work out the figures of a dispatch.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    dispatch : Dispatch
        A dispatch without violations.

    Returns
    -------
    QueueMeasures

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.allocate.queue.distribution import Distribution
    >>> from salus.core.clock import SystemClock
    >>> queue = small_queue(7)
    >>> found = measure(queue, Distribution().dispatch(queue, SystemClock()))
    >>> found.served[0], found.severity_waiting
    (Served(severity=3.0, patients=2, placed=2), 5.0)
    """
    placed, severity = dispatch.place >= 0, problem.severity
    until_care = problem.waited + begins(problem, dispatch.place)
    travel = dispatch.minutes[placed]
    p95 = np.percentile(travel, 95, method="inverted_cdf") if travel.size else np.nan
    return QueueMeasures(
        served=_by_severity(severity, placed),
        severity_waiting=float(severity[~placed].sum()),
        wait_mean=_mean(until_care[placed], severity[placed]),
        waited_mean=_mean(problem.waited[~placed], severity[~placed]),
        travel_mean=_mean(travel, np.ones(travel.size)),
        travel_p95=float(p95),
    )


def _by_severity(severity: Floats, placed: Flags) -> tuple[Served, ...]:
    levels, level = np.unique(severity, return_inverse=True)
    patients = np.bincount(level, minlength=levels.size)
    with_place = np.bincount(level[placed], minlength=levels.size)
    rows = zip(levels.tolist(), patients.tolist(), with_place.tolist(), strict=True)
    return tuple(Served(*row) for row in reversed(list(rows)))


def _mean(values: Floats, weights: Floats) -> float:
    return float(values @ weights / weights.sum()) if values.size else np.nan
