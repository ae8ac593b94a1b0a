"""What holds a plan back: limits that are reached, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from salus.allocate.city.programme import write
from salus.allocate.city.tally import tally
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.programme import Written

    _Priced = tuple[str, tuple[int, ...], tuple[int, ...], float]

# A capacity is full from this share on: below is the rounding of solvers.
FULL = 1 - 1e-6
# A price counts from this share of the largest penalty on.
PRICED = 1e-9


@dataclass(frozen=True, slots=True)
class Binding:
    """A capacity that is used up.

    Parameters
    ----------
    facility, resource : str
        Keys of whose and what.
    periods : tuple of date
        When.
    price : float
        What one more resource-day in each of the periods is worth together,
        weighted minutes.
    """

    facility: str
    resource: str
    periods: tuple[date, ...]
    price: float


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of a feature that holds the plan back.

    Parameters
    ----------
    block : str
        Key of the rows or columns it belongs to; it begins with the name of the feature.
    where : Message
        Where it holds.
    price : float
        Weighted minutes that the best plan would save for one more of it, by the prices that
        prove the plan; above 0.
    """

    block: str
    where: Message
    price: float


@runtime_checkable
class Placed(Protocol):
    """A feature that can name the places of its blocks for people."""

    def place(self, problem: CityProblem, block: str, where: tuple[int, ...]) -> Message:
        """Name one place of a block."""


def binding(problem: CityProblem, plan: CityPlan) -> tuple[Binding, ...]:
    """Name the capacities that are used up, the most valuable first.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan.

    Returns
    -------
    tuple of Binding
        By price, then in the order of facilities and resources. Capacities of 0 are absent;
        what features add is part of a capacity.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> first = binding(city, Exact().solve(city, SystemClock()))[0]
    >>> first.facility, first.resource, len(first.periods)
    ('H3', 'icu_bed', 3)
    """
    counted = tally(problem, plan)
    full = (counted.capacity > 0) & (counted.used >= counted.capacity * FULL)
    found = [
        Binding(
            problem.facilities[j],
            problem.resources[r],
            tuple(problem.periods[t] for t in np.flatnonzero(full[j, r])),
            float(plan.price[j, r, full[j, r]].sum()),
        )
        for j, r in np.argwhere(full.any(axis=2))
    ]
    return tuple(sorted(found, key=lambda one: -one.price))


def limits(problem: CityProblem, plan: CityPlan) -> tuple[Limit, ...]:
    """Name the limits of features that hold a plan back, the most valuable first.

    A row with a price above 0, or a column whose bound has one, is reached by every best plan:
    complementary slackness. Where whole numbers are decided, these are the limits of the plan in
    parts of them, from which the proof comes.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        A plan with the prices of all rows.

    Returns
    -------
    tuple of Limit
        Empty for a plain problem, or a plan without a proof.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = featured_city(7)
    >>> first = limits(city, Exact().solve(city, SystemClock()))[0]
    >>> first.block, str(first.where), round(first.price)
    ('surge', 'icu_bed at H3', 247)
    """
    if problem.plain or plan.proof is None:
        return ()
    found = [
        Limit(block, _named(problem, block, where, shape), price)
        for block, where, shape, price in _priced(problem, plan.proof, write(problem))
    ]
    return tuple(sorted(found, key=lambda one: -one.price))


# Rows and columns of the city itself: its capacities are told apart, the others are balances.
_OWN = frozenset({"need", "admitted", "capacity", "cases", "unmet"})


def _priced(problem: CityProblem, proof: Floats, written: Written) -> Iterator[_Priced]:
    program, draft = written.program(), written.draft
    least = PRICED * float(problem.penalty.max())
    reduced = program.c - program.matrix.T @ proof
    rows = np.where(program.row_lower < program.row_upper, np.abs(proof), 0.0)
    columns = np.where(program.lower < program.upper, -reduced, 0.0)
    for prices, side, place in (
        (rows, draft.row, draft.row_place),
        (columns, draft.column, draft.column_place),
    ):
        for number in np.flatnonzero(prices > least):
            block, where = place(int(number))
            if block not in _OWN:
                yield block, where, side.blocks[block].indices.shape, float(prices[number])


_AXES = (
    ("districts", "services", "periods"),
    ("facilities", "resources", "periods"),
    ("facilities", "services", "periods"),
    ("districts", "periods"),
    ("facilities", "periods"),
    ("districts",),
    ("facilities",),
    ("services",),
    ("resources",),
    ("periods",),
)


def _named(
    problem: CityProblem, block: str, where: tuple[int, ...], shape: tuple[int, ...]
) -> Message:
    for feature in problem.features:
        if block.startswith(feature.name) and isinstance(feature, Placed):
            return feature.place(problem, block, where)
    if shape == (1,):
        return say("the whole plan")
    # A shape that fits one set of keys only tells what its numbers stand for.
    fits = [axes for axes in _AXES if shape == tuple(len(getattr(problem, axis)) for axis in axes)]
    if len(fits) == 1:
        keys = [getattr(problem, axis)[k] for axis, k in zip(fits[0], where, strict=True)]
        return say("{keys}", keys=tuple(keys))
    return say("number {numbers}", numbers=where)
