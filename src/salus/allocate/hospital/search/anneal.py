"""Simulated annealing over admissions, rooms, theatres and nurses at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salus.allocate.hospital.search.chance import unit
from salus.allocate.hospital.search.compiled import compiled, inlined
from salus.allocate.hospital.search.force import try_force
from salus.allocate.hospital.search.lying import lie_down
from salus.allocate.hospital.search.moves import (
    try_exchange,
    try_nurse,
    try_nurses,
    try_out,
    try_place,
    try_room,
    try_theatre,
)
from salus.allocate.hospital.search.nursing import OTHER
from salus.allocate.hospital.search.state import (
    BEDS,
    COST,
    DAY,
    MINUTES,
    OUT,
    ROOM,
    THEATRE,
)
from salus.allocate.hospital.search.surgery import plan_surgery
from salus.allocate.hospital.search.tables import LIES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.allocate.hospital.search.moves import Prices
    from salus.allocate.hospital.search.state import Kept, State
    from salus.allocate.hospital.search.tables import Tables

    Shares = NDArray[np.float64]

NURSE, NURSES, PLACE, INTO_ROOM, INTO_THEATRE, POSTPONE, EXCHANGE, FORCE = range(8)
"""Kinds of moves, in the order of their shares."""

DECIDED = 3
"""Columns of ``place`` that are decisions."""


@compiled
def anneal(
    given: Tables,
    now: State,
    best: Kept,
    prices: Prices,
    temperature: float,
    tries: int,
    shares: Shares,
) -> None:
    """Try moves at one temperature, and keep the best plan: first of all it breaks the least.

    Parameters
    ----------
    given : Tables
    now : State
        Changed in place.
    best : Kept
        Replaced by each plan that is better.
    prices : Prices
        What broken rules weigh.
    temperature : float
        A move that adds ``x`` to the score is made with the chance ``exp(-x / temperature)``.
    tries : int
        How many moves are tried.
    shares : ndarray, shape (8,)
        Sum of the shares of the kinds up to each kind; the last is 1.
    """
    for _ in range(tries):
        drawn = unit(now.random)
        kind = 0
        while drawn >= shares[kind]:
            kind += 1
        most = -temperature * math.log(1.0 - unit(now.random))
        if _try(given, now, prices, kind, most):
            broken = now.total[BEDS] + now.total[MINUTES]
            least = best.total[BEDS] + best.total[MINUTES]
            if broken < least or (broken == least and now.total[COST] < best.total[COST]):
                keep(given, now, best)


@inlined
def _try(given: Tables, now: State, prices: Prices, kind: int, most: float) -> bool:
    if kind == NURSE:
        return try_nurse(given, now, most)
    if kind == NURSES:
        return try_nurses(given, now, most)
    return _try_patient(given, now, prices, kind, most)


@inlined
def _try_patient(given: Tables, now: State, prices: Prices, kind: int, most: float) -> bool:
    if kind == EXCHANGE:
        return try_exchange(given, now, prices, most)
    if kind == FORCE:
        return try_force(given, now, prices, most)
    if kind == PLACE:
        return try_place(given, now, prices, most)
    if kind == INTO_ROOM:
        return try_room(given, now, prices, most)
    if kind == INTO_THEATRE:
        return try_theatre(given, now, prices, most)
    return try_out(given, now, prices, most)


@compiled
def keep(given: Tables, now: State, best: Kept) -> None:
    """Copy the decisions of a plan."""
    for person in range(given.patients):
        for which in range(DECIDED):
            best.place[person, which] = now.place[person, which]
    for room in range(given.room_count):
        for shift in range(given.shifts):
            best.nurse[room, shift] = now.nurse[room, shift]
    for which in range(3):
        best.total[which] = now.total[which]


@compiled
def rebuild(given: Tables, now: State, plan: Kept) -> None:
    """Take over the decisions of a plan, and count everything anew.

    Parameters
    ----------
    given : Tables
    now : State
        Empty, as ``empty_state`` or ``clear`` leave it.
    plan : Kept
        Its totals are not read.
    """
    for room in range(given.room_count):
        for shift in range(given.shifts):
            now.nurse[room, shift] = plan.nurse[room, shift]
            known = given.known[room, shift]
            if known >= 0 and known != plan.nurse[room, shift]:  # numba has no such test
                now.total[COST] += given.weight[OTHER]
    for person in range(given.patients, given.everybody):
        lie_down(given, now, person, 0, given.people[person, LIES])
    for person in range(given.patients):
        if plan.place[person, DAY] != OUT:
            plan_surgery(given, now, person, plan.place[person, DAY], plan.place[person, THEATRE])
            lie_down(given, now, person, plan.place[person, DAY], plan.place[person, ROOM])
        else:
            now.total[COST] += given.dropped[person]
