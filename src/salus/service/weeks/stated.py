"""From the records of a city to the weeks of its busiest hospital."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import UnfitError
from salus.allocate.hospital.problem import HospitalProblem
from salus.core.messages import Message, say
from salus.service.weeks.busiest import busiest
from salus.service.weeks.conventions import AGE_NAMES, DAYS, LEVELS, SHIFTS, WEIGHTS
from salus.service.weeks.inside import inside, stays_now
from salus.service.weeks.listed import listed
from salus.service.weeks.rooms import wards_of
from salus.service.weeks.site import Site
from salus.service.weeks.staff import nurses_of, surgeons_of, theatres_of

if TYPE_CHECKING:
    from salus.service.records import Records
    from salus.service.weeks.busiest import Busiest
    from salus.service.weeks.inside import Inside
    from salus.service.weeks.listed import Listed


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """The weeks of a hospital, ready to be planned.

    Parameters
    ----------
    hospital : Busiest
        Which one.
    site : Site
        What it has.
    inside : Inside
        Who lies there now.
    listed : Listed
        Who waits.
    problem : HospitalProblem
        All of it.
    """

    hospital: Busiest
    site: Site
    inside: Inside
    listed: Listed
    problem: HospitalProblem


def stated(records: Records, days: int = DAYS) -> Stated | Message:
    """State the weeks of the busiest hospital.

    Parameters
    ----------
    records : Records
        Of a city.
    days : int
        How many days are planned from the day after the records.

    Returns
    -------
    Stated or Message
        Why there is nothing to plan, where there is not.
    """
    hospital = busiest(records)
    if hospital is None:
        return say("the records know no ward")
    key = hospital.facility_id
    stays = stays_now(records, key)
    wards = wards_of(records, key, stays)
    site = Site(
        key,
        records.as_of + timedelta(days=1),
        days,
        wards,
        theatres_of(records, key, days),
        surgeons_of(records, key, days),
        nurses_of(records, wards, days),
    )
    waiting = listed(records, site)
    missing = _missing(site, waiting)
    if missing is not None:
        return missing
    there = inside(records, site, stays)
    try:
        problem = _problem(site, there, waiting)
    except UnfitError as error:
        return error.faults[0].what
    return Stated(hospital, site, there, waiting, problem)


def _missing(site: Site, waiting: Listed) -> Message | None:
    if not site.wards:
        return say("all beds of its wards are in use by patients whom the records do not name")
    every = site.days * len(SHIFTS)
    bare = every - len({shift for nurse in site.nurses for shift in nurse.loads})
    if bare:
        return say(
            "by the roster nobody is on duty in {bare:,} of {shifts:,} shifts",
            bare=bare,
            shifts=every,
        )
    if not waiting.patients:
        return say(
            "nobody waits for an operation who can come on a day on which surgeon and theatre have "
            "the minutes"
        )
    return None


def _problem(site: Site, there: Inside, waiting: Listed) -> HospitalProblem:
    return HospitalProblem(
        days=site.days,
        shifts=SHIFTS,
        levels=LEVELS,
        ages=tuple(map(str, AGE_NAMES)),
        weights=WEIGHTS,
        occupants=there.occupants,
        patients=waiting.patients,
        surgeons=site.surgeons,
        theatres=site.theatres,
        rooms=tuple(room for ward in site.wards for room in ward.rooms),
        nurses=site.nurses,
    )
