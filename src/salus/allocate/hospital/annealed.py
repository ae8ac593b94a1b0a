"""A hospital's plan by simulated annealing with a given number of tries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.search.anneal import anneal
from salus.allocate.hospital.search.moves import Prices
from salus.allocate.hospital.search.start import empty_plan, first_plan
from salus.allocate.hospital.search.state import BEDS, DAY, MINUTES, OUT, ROOM, THEATRE
from salus.allocate.hospital.search.tables import DAYS, MANDATORY, tables

if TYPE_CHECKING:
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.search.state import Kept, State

STEPS = 200
"""How many temperatures there are."""


@dataclass(frozen=True, slots=True)
class Cooling:
    """How temperature and prices change from the first step to the last.

    Parameters
    ----------
    first, last : float
        Temperatures, in units of the cost; between them they fall by the same share at each step.
    cheap, dear : float
        Price of a person too many or mixed for a day, first and from ``settled`` on, in units of
        what a postponed patient costs.
    minutes : float
        Minutes overtime that weigh as much as such a person.
    settled : float
        Share of the steps after which the prices stay.
    shares : tuple of float
        Of the kinds of moves: a nurse, two nurses, a patient, a room, a theatre, postponing, and
        two patients.
    """

    first: float = 100.0
    last: float = 0.7
    cheap: float = 0.1
    dear: float = 3.0
    minutes: float = 4.0
    settled: float = 0.7
    shares: tuple[float, ...] = (0.27, 0.05, 0.20, 0.06, 0.05, 0.01, 0.36)

    def temperature(self, part: float) -> float:
        """Return the temperature after a part of the steps, from 0 to 1."""
        return float(self.first * (self.last / self.first) ** part)

    def prices(self, part: float, postponed: float) -> Prices:
        """Return what broken rules weigh after a part of the steps."""
        risen = min(1.0, part / self.settled)
        person = postponed * self.cheap * (self.dear / self.cheap) ** risen
        return Prices(person, person / self.minutes)


def annealed(
    problem: HospitalProblem, *, seed: int, tries: int, cooling: Cooling | None = None
) -> HospitalPlan | None:
    """Search for a plan over admissions, rooms, theatres and nurses at once.

    Rules may be broken on the way, at a price that rises; the best plan that breaks none is kept.
    The same seed and number of tries give the same plan.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    seed : int
        Of the random moves.
    tries : int
        How many moves are tried; some millions for a ward, some hundred millions for a house.
    cooling : Cooling, optional
        How temperature and prices change.

    Returns
    -------
    HospitalPlan or None
        ``None`` where no plan without broken rules was met, or a mandatory patient has no day on
        which surgeon and a theatre have the minutes.

    References
    ----------
    S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing, Science, 1983.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.verify import verify
    >>> hospital = random_hospital(5)
    >>> verify(hospital, annealed(hospital, seed=1, tries=200_000)).total_violations
    0
    """
    cooling = cooling or Cooling()
    given = tables(problem)
    ours = given.people[: given.patients]
    if np.any(ours[ours[:, MANDATORY] == 1, DAYS] == 0):
        return None
    postponed = float(max(1, problem.weights.postponed))
    now, best = first_plan(given, seed, cooling.prices(1.0, postponed)), empty_plan(given)
    shares = np.cumsum(cooling.shares)
    shares[-1] = 1.0
    counts = np.zeros((shares.size, 2), dtype=np.int64)
    for step in range(STEPS):
        part = step / (STEPS - 1)
        prices, temperature = cooling.prices(part, postponed), cooling.temperature(part)
        anneal(given, now, best, prices, temperature, tries // STEPS, shares, counts)
    return plan_of(problem, best) if is_plan(best) else None


def is_plan(kept: Kept | State) -> bool:
    """Tell whether what the search holds is a plan that breaks no rule."""
    known = int(kept.total[2]) < np.iinfo(np.int64).max
    return known and not (kept.total[BEDS] or kept.total[MINUTES])


def plan_of(problem: HospitalProblem, kept: Kept | State) -> HospitalPlan:
    """Read the decisions of the search.

    Parameters
    ----------
    problem : HospitalProblem
        That was planned.
    kept : Kept or State
        What the search holds.

    Returns
    -------
    HospitalPlan
        With a duty for each nurse and shift that has rooms, in the order of nurses and shifts.
    """
    rooms, theatres = problem.rooms, problem.theatres
    admissions = tuple(
        Admission(patient.id, int(row[DAY]), rooms[row[ROOM]].id, theatres[row[THEATRE]].id)
        for patient, row in zip(problem.patients, kept.place, strict=False)
        if row[DAY] != OUT
    )
    duties = (
        Duty(nurse.id, shift, tuple(rooms[at].id for at in np.flatnonzero(in_shift == which)))
        for which, nurse in enumerate(problem.nurses)
        for shift, in_shift in enumerate(kept.nurse.T)
    )
    return HospitalPlan(admissions, tuple(duty for duty in duties if duty.rooms))
