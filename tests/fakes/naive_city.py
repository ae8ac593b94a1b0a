"""A slow twin of the city's plan: plain loops, one row at a time, for fixed capacities."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.features.lending import Lending
    from salus.allocate.city.problem import CityProblem

    Floats = NDArray[np.float64]
    Loan = tuple[int, int | None]


@dataclass
class Rules:
    """What staff must keep, with what they need for each resource-day of beds.

    Parameters
    ----------
    staff : int
        The resource that are people.
    need : dict of int to float
        Units of staff for a resource-day of each resource.
    runs : list of tuple
        Length of a run, the most that a head may work in it, and the heads (J, T).
    ratio : bool
        Whether the work must fit the capacity, too.
    """

    staff: int
    need: dict[int, float]
    runs: list[tuple[int, float, Floats]] = field(default_factory=list)
    ratio: bool = True


def least_cost(
    city: CityProblem, capacity: Floats, rules: Rules | None = None, occupied: Floats | None = None
) -> float:
    """Find what the best journeys cost with fixed capacities; infinite where there are none.

    ``occupied`` (J, R, T) is what moved patients take, or free where it is below 0.
    """
    moved = np.zeros_like(capacity) if occupied is None else occupied
    rows: list[Floats] = []
    sides: list[float] = []
    arcs, periods = city.arc_minutes.size, len(city.periods)
    for i, s, t in np.ndindex(city.need.shape):
        row = np.zeros((arcs, periods))
        row[(city.arc_district == i) & (city.arc_service == s), t] = 1
        rows.append(row)
        sides.append(float(city.need[i, s, t]))
    for j, r, t in np.ndindex(capacity.shape):
        rows.append(_use(city, j, {r: 1.0}, t))
        sides.append(float(capacity[j, r, t] - moved[j, r, t]))
    if rules is not None:
        for row, side in _law(city, capacity, moved, rules):
            rows.append(row)
            sides.append(side)
    gain = city.arc_minutes - city.penalty[city.arc_service]
    found = linprog(
        np.repeat(gain, periods),
        A_ub=np.array([row.ravel() for row in rows]),
        b_ub=np.array(sides),
    )
    if found.status == 2:
        return float("inf")
    assert found.status == 0
    return float(found.fun + city.need.sum(axis=(0, 2)) @ city.penalty)


def _use(city: CityProblem, j: int, weights: dict[int, float], t: int) -> Floats:
    row = np.zeros((city.arc_minutes.size, len(city.periods)))
    for a in np.flatnonzero(city.arc_facility == j):
        s = city.arc_service[a]
        day = sum(weight * city.uses[s, r] for r, weight in weights.items())
        for admitted in range(t + 1):
            if t - admitted < city.stays.shape[1]:
                row[a, admitted] = day * city.stays[s, t - admitted]
    return row


def _law(
    city: CityProblem, capacity: Floats, moved: Floats, rules: Rules
) -> Iterator[tuple[Floats, float]]:
    weights = {**rules.need, rules.staff: 1.0}
    periods = len(city.periods)
    for j in range(len(city.facilities)):
        work = [_use(city, j, weights, t) for t in range(periods)]
        fixed = [sum(w * moved[j, r, t] for r, w in weights.items()) for t in range(periods)]
        if rules.ratio:
            for t in range(periods):
                yield work[t], capacity[j, rules.staff, t] - fixed[t]
        for window, most, heads in rules.runs:
            for begin in range(periods - window + 1):
                run = range(begin, begin + window)
                allowed = sum(most * heads[j, t] / window for t in run)
                yield (
                    sum((work[t] for t in run), np.zeros_like(work[0])),
                    allowed - sum(fixed[t] for t in run),
                )


def loan_lives(lending: Lending, k: int, periods: int) -> list[tuple[Loan, ...]]:
    """List all that one unit of an offer may do: loans one after the other, each with its end."""
    found: list[tuple[Loan, ...]] = []

    def go_on(life: tuple[Loan, ...], free: float) -> None:
        found.append(life)
        if life and life[-1][1] is None:
            return
        for leave in range(periods):
            if leave < free:
                continue
            earliest = max(leave + lending.going[k] + lending.least[k], leave + 1)
            for back in (u for u in range(periods) if u >= earliest):
                home = back + lending.returning[k]
                if not lending.home or home <= periods:
                    go_on((*life, (leave, back)), home)
            in_time = lending.returning[k] == 0 and earliest <= periods
            if not lending.home or in_time:
                go_on((*life, (leave, None)), np.inf)

    go_on((), 0)
    return found


def lived(lending: Lending, k: int, life: tuple[Loan, ...], heads: Floats) -> float:
    """Add one unit's loans to the heads (J, T) at each facility, and return what they cost."""
    periods = heads.shape[1]
    cost = 0.0
    for leave, back in life:
        end = periods if back is None else back
        home = np.inf if back is None else back + lending.returning[k]
        for t in range(periods):
            there = max(0.0, min(t + 1, end) - max(t, leave + lending.going[k]))
            missed = max(0.0, min(t + 1, home) - max(t, leave))
            heads[lending.host[k], t] += there
            heads[lending.lender[k], t] -= missed
            cost += missed * lending.away_price[k]
        cost += lending.price[k]
    return cost


def all_loans(lending: Lending, facilities: int, periods: int) -> Iterator[tuple[Floats, float]]:
    """List the heads that every way to lend adds, shape (J, T), with its cost."""
    ways = [
        combinations_with_replacement(loan_lives(lending, k, periods), int(lending.most[k]))
        for k in range(lending.lender.size)
    ]
    for way in product(*(list(each) for each in ways)):
        heads = np.zeros((facilities, periods))
        cost = sum(lived(lending, k, life, heads) for k, lives in enumerate(way) for life in lives)
        yield heads, cost
