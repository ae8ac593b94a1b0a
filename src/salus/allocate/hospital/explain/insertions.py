"""Patients who could be admitted, or admitted earlier, if there were more of something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.explain.opening import Opening, openings
from salus.allocate.hospital.explain.reasons import earlier
from salus.allocate.hospital.explain.unit import HOUR, MOST_HOURS, Kind, Unit, hours, possible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from salus.allocate.hospital.explain.opening import Way
    from salus.allocate.hospital.explain.standing import Standing
    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.plan import Admission

PASSES = 4
"""How often all patients are tried for what needs nothing more."""
TRIED = 30
"""How many patients are tried for more of something, those that save most first."""


@dataclass(frozen=True, slots=True)
class Gain:
    """An admission that more of something makes possible.

    Parameters
    ----------
    saving : int
        What it saves, above 0.
    way : Way
        The admission.
    """

    saving: int
    way: Way


def free_gains(standing: Standing) -> list[Admission]:
    """Admit whoever can be admitted, or earlier, with what there is, where that saves something.

    Parameters
    ----------
    standing : Standing
        The plan; it is changed.

    Returns
    -------
    list of Admission
        What was changed, in the order of the changes; none in a plan that is good.
    """
    done: list[Admission] = []
    for _ in range(PASSES):
        before = len(done)
        for patient, paid, days in _candidates(standing):
            now = _out(standing, patient)
            ways = [each.best(standing) for each in openings(standing, patient, days)]
            best = min(ways, key=lambda way: way.rank)
            if not best.broken and best.cost < paid:
                done.append(best.admission)
                standing.lay(patient, best.admission)
            else:
                _back(standing, patient, now)
        if len(done) == before:
            break
    return done


def gains(standing: Standing) -> dict[Unit, list[Gain]]:
    """Find what one more bed or some hours make possible, patient by patient.

    Parameters
    ----------
    standing : Standing
        A plan in which nothing can be gained with what there is.

    Returns
    -------
    dict
        For each unit that makes something possible, the admissions that save, the best first.
    """
    found: dict[Unit, list[Gain]] = defaultdict(list)
    for patient, paid, days in _candidates(standing):
        now = _out(standing, patient)
        for opening in openings(standing, patient, days):
            for unit, room, theatre in _made_possible(standing, opening):
                way = opening.way(standing, room, theatre)
                if way.cost < paid:
                    found[unit].append(Gain(paid - way.cost, way))
        _back(standing, patient, now)
    return {
        unit: sorted(each, key=lambda gain: -gain.saving)
        for unit, each in found.items()
        if possible(standing.problem, unit)
    }


def together(standing: Standing, some: Iterable[Gain]) -> tuple[int, tuple[Admission, ...]]:
    """Make one admission after the other, as long as each breaks nothing and saves something.

    Parameters
    ----------
    standing : Standing
        The plan with more of something; it is left as it was.
    some : iterable of Gain
        What is tried, in order; each is judged anew.

    Returns
    -------
    saving : int
        Of all that were made.
    admissions : tuple of Admission
        Which.
    """
    whole = 0
    made: list[tuple[Patient, Admission | None, Admission]] = []
    for _, gain in zip(range(TRIED), some, strict=False):
        admission = gain.way.admission
        patient = standing.problem.patient[admission.patient]
        if all(patient is not each for each, *_ in made):
            now, paid = standing.place.get(patient.id), _paid(standing, patient)
            _out(standing, patient)
            way = Opening.of(standing, patient, admission.day).way(
                standing, standing.rooms[admission.room], standing.theatres[admission.theatre]
            )
            if not way.broken and way.cost < paid:
                standing.lay(patient, admission)
                made.append((patient, now, admission))
                whole += paid - way.cost
            else:
                _back(standing, patient, now)
    for patient, now, _ in reversed(made):
        standing.lift(patient)
        _back(standing, patient, now)
    return whole, tuple(admission for *_, admission in made)


def _candidates(standing: Standing) -> Iterator[tuple[Patient, int, range]]:
    # A mandatory patient who is left out breaks a rule, which no saving is compared with.
    for patient in standing.problem.patients if standing.problem.theatres else ():
        now = standing.place.get(patient.id)
        days = earlier(standing.problem, patient, now)
        if days and (now is not None or not patient.mandatory):
            yield patient, _paid(standing, patient), days


def _paid(standing: Standing, patient: Patient) -> int:
    now = standing.place.get(patient.id)
    if now is None:
        return standing.problem.weights.postponed
    standing.lift(patient)
    opening = Opening.of(standing, patient, now.day)
    way = opening.way(standing, standing.rooms[now.room], standing.theatres[now.theatre])
    standing.lay(patient, now)
    return way.cost


def _out(standing: Standing, patient: Patient) -> Admission | None:
    return standing.lift(patient) if patient.id in standing.place else None


def _back(standing: Standing, patient: Patient, now: Admission | None) -> None:
    if now is not None:
        standing.lay(patient, now)


def _made_possible(standing: Standing, opening: Opening) -> Iterator[tuple[Unit, int, int]]:
    rooms, theatres, day = opening.rooms, opening.theatres, opening.day
    room = _cheapest(rooms.cost, rooms.broken + rooms.unfit == 0)
    theatre = _cheapest(theatres.cost, theatres.over == 0)
    if theatre is not None and not theatres.surgeon:
        fits = (rooms.unfit + rooms.crowded + rooms.mixed == 0) & (rooms.bedless > 0)
        for at in np.flatnonzero(fits):
            yield Unit(Kind.BED, standing.problem.rooms[at].id), int(at), theatre
    if room is not None and not theatres.surgeon:
        longer = (theatres.over > 0) & (theatres.over <= HOUR * MOST_HOURS)
        for at in np.flatnonzero(longer & (standing.theatre_minutes[:, day] > 0)):
            key, count = standing.problem.theatres[at].id, hours(theatres.over[at])
            yield Unit(Kind.THEATRE_HOUR, key, day, count=count), room, int(at)
    if room is not None and theatre is not None and 0 < theatres.surgeon <= HOUR * MOST_HOURS:
        surgeon, count = opening.patient.surgeon, hours(theatres.surgeon)
        if standing.surgeon_minutes[standing.surgeons[surgeon], day]:
            yield Unit(Kind.SURGEON_HOUR, surgeon, day, count=count), room, theatre


def _cheapest(cost: NDArray[np.int64], fits: NDArray[np.bool_]) -> int | None:
    if not fits.any():
        return None
    return int(np.where(fits, cost, np.iinfo(np.int64).max).argmin())
