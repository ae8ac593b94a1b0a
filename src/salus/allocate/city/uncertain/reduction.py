"""Fewer scenarios that stand for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.scenarios import Scenarios
from salus.core.checks import within

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """The scenarios that are kept.

    Parameters
    ----------
    scenarios : Scenarios
        Those kept, each with the probability of all that it stands for.
    kept : ndarray of int, shape (k,)
        Their numbers among the original ones, the most telling first.
    stands_in : ndarray of int, shape (K,)
        For each original scenario, the place in ``kept`` of the one that stands for it.
    distance : float
        Kantorovich distance between the original scenarios and these: how far need must move,
        on average, from the one to the other, cases.
    """

    scenarios: Scenarios
    kept: Whole
    stands_in: Whole
    distance: float


def reduce_scenarios(scenarios: Scenarios, keep: int, *, weight: Floats | None = None) -> Reduced:
    """Keep a few scenarios, such that the others lie close to them: fast forward selection.

    The next scenario u to keep is the one that leaves the least sum over all others k of
    p_k min(distance to what is kept or to u). Each left-out scenario gives its probability to
    the nearest that is kept.

    Parameters
    ----------
    scenarios : Scenarios
        All.
    keep : int
        How many to keep, from 1 to K.
    weight : ndarray, shape (S,), optional
        What a case of each service counts in the distance, 0 or more; 1 when not given.

    Returns
    -------
    Reduced

    Raises
    ------
    ValueError
        If ``keep`` is out of range, or the weights do not fit; everything is named.

    References
    ----------
    Heitsch and Roemisch (2003), Scenario reduction algorithms in stochastic programming,
    algorithm 2.4; the distance with the Euclidean norm.

    Examples
    --------
    >>> from salus.allocate.city.uncertain.scenarios import equally_likely
    >>> drawn = equally_likely(np.array([1.0, 2.0, 3.0, 10.0]).reshape(4, 1, 1, 1))
    >>> found = reduce_scenarios(drawn, 2)
    >>> found.kept.tolist(), found.scenarios.probability.tolist(), found.distance
    ([1, 3], [0.75, 0.25], 0.5)
    """
    within("keep", keep, 1, len(scenarios), "scenarios")
    distance = _distances(scenarios.need, weight)
    nearest = np.full(len(scenarios), np.inf)
    kept: list[int] = []
    for _ in range(keep):
        left = scenarios.probability @ np.minimum(nearest[:, None], distance)
        left[kept] = np.inf
        kept.append(int(np.argmin(left)))
        nearest = np.minimum(nearest, distance[:, kept[-1]])
    chosen = np.array(kept)
    stands_in = np.argmin(distance[:, chosen], axis=1)
    # Twins lie at distance 0 of each other, and each kept one stands for itself.
    stands_in[chosen] = np.arange(keep)
    probability = np.zeros(keep)
    np.add.at(probability, stands_in, scenarios.probability)
    return Reduced(
        Scenarios(scenarios.need[chosen], probability),
        chosen,
        stands_in,
        float(scenarios.probability @ nearest),
    )


def _distances(need: Floats, weight: Floats | None) -> Floats:
    counts = np.ones(need.shape[2]) if weight is None else weight
    if counts.shape != need.shape[2:3] or not (np.isfinite(counts) & (counts >= 0)).all():
        message = (
            f"weight must have shape {need.shape[2:3]}, finite and 0 or more, but is "
            f"{counts.tolist()}"
        )
        raise ValueError(message)
    flat = (need * counts[:, None]).reshape(len(need), -1)
    found = np.empty((len(flat), len(flat)))
    for k, row in enumerate(flat):
        found[k] = np.sqrt(np.square(flat - row).sum(axis=1))
    return found
