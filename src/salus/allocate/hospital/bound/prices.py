"""The loops over people, nurses and shifts in which prices are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salus.allocate.hospital.search.compiled import compiled, inlined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

DRIFT = 0.8
"""Share of its last direction that a worth keeps from step to step."""


class Nursing(NamedTuple):
    """Who may need care in which shifts, and who is on duty.

    A stay is a person from a day on, whether or not the person comes then. A duty is a nurse in a
    shift; the duties of a nurse lie together, in the order of the shifts.

    Attributes
    ----------
    first, shifts : ndarray of int, shape (stays,)
        First shift of each stay within the horizon, and how many there are.
    at : ndarray of int, shape (stays,)
        Where the shifts of a stay begin in ``work`` and ``need``.
    work, need : ndarray of float, shape (shifts of all stays,)
        Work, and skill asked for.
    skill : ndarray of float, shape (nurses,)
    duty_at : ndarray of int, shape (nurses + 1,)
        Where the duties of a nurse begin.
    shift : ndarray of int, shape (duties,)
    most : ndarray of float, shape (duties,)
        Work that is no overload.
    upcoming : ndarray of int, shape (nurses, shifts)
        The first duty of a nurse that is not before a shift.
    weight : ndarray of float, shape (3,)
        Of continuity, skill and overload.
    """

    first: Whole
    shifts: Whole
    at: Whole
    work: Floats
    need: Floats
    skill: Floats
    duty_at: Whole
    shift: Whole
    most: Floats
    upcoming: Whole
    weight: Floats


class Prices(NamedTuple):
    """What the care of each stay is worth at the least, and what it is made of.

    Attributes
    ----------
    duty : ndarray of float, shape (duties,)
        Price of a unit of work in a duty, from 0 to the weight of overload.
    worth : ndarray of float, shape (shifts of all stays,)
        What a stay pays for the care in each shift.
    trend : ndarray of float, shape (shifts of all stays,)
        Direction in which the worth moves.
    stay : ndarray of float, shape (stays,)
        Least cost of the care of a stay at these prices.
    load : ndarray of float, shape (duties,)
        Work that would be given to each duty.
    tally : ndarray of float, shape (shifts,)
        Room for counts.
    """

    duty: Floats
    worth: Floats
    trend: Floats
    stay: Floats
    load: Floats
    tally: Floats


@compiled
def first_worths(given: Nursing, prices: Prices, which: Whole) -> None:
    """Let each shift pay its share of the cheapest nurse, at which no nurse is paid too much."""
    for stay in which:
        at, first, after = given.at[stay], given.first[stay], given.first[stay] + given.shifts[stay]
        for here in range(at, at + given.shifts[stay]):
            prices.worth[here] = 1e18
            prices.trend[here] = 0.0
        for nurse in range(given.skill.size):
            begin = given.upcoming[nurse, first]
            end = begin
            while end < given.duty_at[nurse + 1] and given.shift[end] < after:
                end += 1
            for duty in range(begin, end):
                here = at + given.shift[duty] - first
                cost = given.weight[0] / (end - begin) + _cost(given, prices, nurse, duty, here)
                prices.worth[here] = min(prices.worth[here], cost)


@compiled
def step(given: Nursing, prices: Prices, which: Whole, shares: Floats, length: float) -> float:
    """Value each stay at its worths, and move these towards a nurse for each shift.

    A nurse is taken where the worths of the shifts on duty, less the cost of the care in them,
    exceed what one more nurse costs: the rest is a bound by Lagrangian duality, whatever the
    worths.

    Parameters
    ----------
    given : Nursing
        Nurses, and the stays that they may care for.
    prices : Prices
        Worths and loads, changed in place.
    which : ndarray of int
        The stays that are valued.
    shares : ndarray
        Of each stay, how much of it is there.
    length : float
        Of the step.

    Returns
    -------
    float
        Sum over the stays, weighted by their shares.
    """
    total = 0.0
    for duty in range(prices.load.size):
        prices.load[duty] = 0.0
    for stay in which:
        at, shifts = given.at[stay], given.shifts[stay]
        value = 0.0
        for place in range(shifts):
            value += prices.worth[at + place]
            prices.tally[place] = 1.0
        for nurse in range(given.skill.size):
            value -= _taken(given, prices, nurse, stay, shares[stay])
        for place in range(shifts):
            trend = DRIFT * prices.trend[at + place] + (1.0 - DRIFT) * prices.tally[place]
            prices.trend[at + place] = trend
            prices.worth[at + place] += length * trend
        prices.stay[stay] = value
        total += shares[stay] * value
    return total


@inlined
def _taken(given: Nursing, prices: Prices, nurse: int, stay: int, share: float) -> float:
    at, first, after = given.at[stay], given.first[stay], given.first[stay] + given.shifts[stay]
    begin = given.upcoming[nurse, first]
    duty, gain = begin, -given.weight[0]
    while duty < given.duty_at[nurse + 1] and given.shift[duty] < after:
        here = at + given.shift[duty] - first
        gain += max(0.0, prices.worth[here] - _cost(given, prices, nurse, duty, here))
        duty += 1
    if gain <= 0.0:
        return 0.0
    for each in range(begin, duty):
        here = at + given.shift[each] - first
        if prices.worth[here] > _cost(given, prices, nurse, each, here):
            prices.tally[here - at] -= 1.0
            prices.load[each] += share * given.work[here]
    return gain


@inlined
def _cost(given: Nursing, prices: Prices, nurse: int, duty: int, here: int) -> float:
    lacking = max(0.0, given.need[here] - given.skill[nurse])
    return prices.duty[duty] * given.work[here] + given.weight[1] * lacking
