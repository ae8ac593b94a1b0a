"""What is known of a plan of a hospital, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.law.verify import NurseRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.law.verify import RuleBreach
    from salus.allocate.hospital.overrun.chance import TheatreDay
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.core.canonical import Json
    from salus.service.plan_hospital import PlannedHospital


def verification_document(verification: HospitalVerification) -> dict[str, Json]:
    """Write a verification by the names of the competition.

    Parameters
    ----------
    verification : HospitalVerification
        What a plan breaks and costs.

    Returns
    -------
    dict
        ``violations`` and ``amounts`` by component; ``total_violations``; and ``total_cost``,
        which is null where a room with people has no nurse.
    """
    return {
        "violations": {each.value: n for each, n in verification.violations.items()},
        "amounts": {each.value: n for each, n in verification.amounts.items()},
        "total_violations": verification.total_violations,
        "total_cost": verification.total_cost,
    }


def rules_document(hospital: Hospital, breaches: Iterable[RuleBreach]) -> list[Json]:
    """Write what a plan breaks of the rules of nurses.

    Parameters
    ----------
    hospital : Hospital
        With dates and names.
    breaches : iterable of RuleBreach
        What is broken.

    Returns
    -------
    list of dict
        ``rule``; ``nurse``, or ``ward`` and ``skill`` for a share; ``day`` from 0, its
        ``date`` if it has one, and ``shift``;
        ``found`` and ``allowed`` in hours, or as shares.
    """
    return [_breach(hospital, each) for each in breaches]


def _breach(hospital: Hospital, breach: RuleBreach) -> dict[str, Json]:
    day, place = divmod(breach.shift, len(hospital.problem.shifts))
    share = breach.rule is NurseRule.SHARE
    who: dict[str, Json] = {"ward": breach.who, "skill": breach.skill}
    unit = 1 if share else 60
    return {
        "rule": breach.rule.value,
        **(who if share else {"nurse": breach.who}),
        **day_document(hospital, day),
        "shift": hospital.problem.shifts[place],
        "found": round(breach.found / unit, 4),
        "allowed": round(breach.allowed / unit, 4),
    }


def day_document(hospital: Hospital, day: int) -> dict[str, Json]:
    """Write a day by its number, and by its date where days have dates.

    Parameters
    ----------
    hospital : Hospital
        With dates.
    day : int
        Of the horizon, from 0.

    Returns
    -------
    dict
        ``day``, and ``date`` if it has one.

    Examples
    --------
    >>> from datetime import date
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> day_document(Hospital.plain(random_hospital(7), date(2026, 3, 2)), 1)
    {'day': 1, 'date': '2026-03-03'}
    >>> day_document(Hospital.plain(random_hospital(7)), 1)
    {'day': 1}
    """
    if not hospital.dated:
        return {"day": day}
    return {"day": day, "date": hospital.calendar.date_of(day).isoformat()}


def overrun_document(
    hospital: Hospital, days: Iterable[TheatreDay], bound: float | None = None
) -> dict[str, Json]:
    """Write how likely days of theatres take longer than they may.

    Parameters
    ----------
    hospital : Hospital
        With dates.
    days : iterable of TheatreDay
        Each day with a surgery.
    bound : float, optional
        Largest chance that is allowed.

    Returns
    -------
    dict
        ``theatre_days``, each with ``theatre``, ``day`` from 0, its ``date`` if it has one,
        ``patients``, and minutes that are there, planned and expected, and the ``chance``; with
        a bound, it and how many are ``above`` it.
    """
    listed = list(days)
    rows: list[Json] = [
        {
            "theatre": each.theatre,
            **day_document(hospital, each.day),
            "patients": list(each.patients),
            "minutes": each.minutes,
            "planned": each.planned,
            "expected": round(each.expected, 1),
            "chance": round(each.chance, 4),
        }
        for each in listed
    ]
    if bound is None:
        return {"theatre_days": rows}
    above = sum(each.chance > bound for each in listed)
    return {"bound": bound, "above": above, "theatre_days": rows}


def planned_document(planned: PlannedHospital) -> dict[str, Json]:
    """Write how a search ended.

    Parameters
    ----------
    planned : PlannedHospital
        The plan, and what is known of it.

    Returns
    -------
    dict
        What ``verification_document`` and ``overrun_document`` give, ``seconds``, ``moves`` and
        the ``bound``;
        ``nurse_rules`` where there are some.
    """
    document = {
        **verification_document(planned.verification),
        "seconds": round(planned.last.seconds, 3),
        "moves": planned.last.tried,
        "bound": planned.bound.total,
        **overrun_document(planned.hospital, planned.theatre_days),
    }
    if planned.hospital.rules:
        document["nurse_rules"] = rules_document(planned.hospital, planned.breaches)
    return document
