"""A first plan: everybody who must come, each where it adds least, and then who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.search.anneal import DECIDED, rebuild
from salus.allocate.hospital.search.compiled import compiled
from salus.allocate.hospital.search.lying import bed_change, has_slot
from salus.allocate.hospital.search.moves import place
from salus.allocate.hospital.search.state import DAY, OUT, Kept, State, empty_state
from salus.allocate.hospital.search.surgery import best_theatre, surgery_change
from salus.allocate.hospital.search.tables import DAYS, DAYS_AT, MANDATORY, ROOMS, ROOMS_AT, STAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.search.moves import Prices
    from salus.allocate.hospital.search.tables import Tables


def empty_plan(given: Tables) -> Kept:
    """Return the plan that admits nobody, with the nurses of each shift in turn, and no cost yet.

    Parameters
    ----------
    given : Tables
        What is planned.

    Returns
    -------
    Kept
        Its cost is above that of any plan.
    """
    place = np.zeros((given.patients, DECIDED), dtype=np.int32)
    place[:, DAY] = OUT
    nurse = np.zeros((given.room_count, given.shifts), dtype=np.int32)
    for shift in range(given.shifts):
        on_duty = given.duty[given.duty_at[shift] : given.duty_at[shift + 1]]
        nurse[:, shift] = on_duty[(np.arange(given.room_count) + shift) % len(on_duty)]
    return Kept(
        place=place,
        nurse=nurse,
        total=np.array([0, 0, np.iinfo(np.int64).max]),
    )


def first_plan(
    given: Tables,
    seed: int,
    prices: Prices,
    days: NDArray[np.int32],
    begun: Kept | None = None,
) -> State:
    """Build a first plan, which may break rules.

    Parameters
    ----------
    given : Tables
        What is planned.
    seed : int
        Of the random moves.
    prices : Prices
        What broken rules weigh.
    days : ndarray of int, shape (patients,)
        Day of who is admitted on that day, whatever it breaks; ``OUT`` for any, or none.
    begun : Kept, optional
        Plan to go on from; who must be admitted and is out there, is admitted.

    Returns
    -------
    State
        Those with a day come first; then who must be admitted, those with the fewest days to
        choose from, and the longest stays.
    """
    now = empty_state(given, seed)
    rebuild(given, now, begun or empty_plan(given))
    ours = given.people[: given.patients]
    order = np.lexsort((-ours[:, STAY], ours[:, DAYS], -ours[:, MANDATORY], days == OUT))
    if begun is not None:
        order = order[ours[order, MANDATORY] > 0]
    _admit(given, now, order, days, prices)
    return now


@compiled
def _admit(
    given: Tables, now: State, order: NDArray[np.int64], days: NDArray[np.int32], prices: Prices
) -> None:
    for at in range(len(order)):
        person = order[at]
        if now.place[person, DAY] != OUT:
            continue
        least, best_day, best_room, best = 1e18, OUT, OUT, OUT
        for each in range(given.people[person, DAYS]):
            day = given.admission[given.people[person, DAYS_AT] + each]
            if days[person] != OUT and day != days[person]:
                continue
            theatre = best_theatre(given, now, person, OUT, OUT, day, prices.minute)
            minutes, cost = surgery_change(given, now, person, OUT, OUT, day, theatre)
            for other in range(given.people[person, ROOMS]):
                room = given.rooms[given.people[person, ROOMS_AT] + other]
                people, ages = bed_change(given, now, person, OUT, OUT, day, room)
                found = cost + ages + prices.minute * minutes + prices.person * people
                if found < least and has_slot(given, now, person, day, room):
                    least, best_day, best_room, best = found, day, room, theatre
        chosen = given.people[person, MANDATORY] or days[person] != OUT
        wanted = chosen or least < given.dropped[person]
        if wanted and best_day != OUT:
            place(given, now, person, best_day, best_room, best)
