"""What a new plan of a hospital changes, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.report.hospital_document import (
    day_document,
    rules_document,
    verification_document,
)

if TYPE_CHECKING:
    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.plan import Admission
    from salus.allocate.hospital.replan.causes import Cause
    from salus.allocate.hospital.replan.perturbation import Handed
    from salus.allocate.hospital.replan.replan import Replanned
    from salus.core.canonical import Json
    from salus.service.replan_hospital import ReplannedHospital


def replanned_document(found: ReplannedHospital) -> dict[str, Json]:
    """Write what a new plan changes, by the names of the competition.

    Parameters
    ----------
    found : ReplannedHospital
        The hospital after the events, and the new plan beside the old one.

    Returns
    -------
    dict
        ``before``, ``unchanged`` and ``after``: what the old plan broke and cost, what it would
        now, and what the new one does; ``changes``: how many, ``not_admitted`` for patients who
        were and are not any more; ``nurse_rules`` where there are any; ``called_in`` and
        ``excused``: nurses and shifts that the roster adds and leaves out; ``conflicts``: why no
        plan keeps all rules, where that is proved; ``patients`` and ``rooms``: each change, with
        the events that forced it, counted from 0, and the others who changed too; ``forced`` is
        false where nothing did and they cost less so together. Days are numbers from 0, with their
        dates beside them where they have some.
    """
    replanned, hospital = found.replanned, found.hospital
    changes = replanned.distance
    rules = rules_document(hospital, found.breaches) if hospital.rules else None
    return {
        "before": verification_document(replanned.before),
        "unchanged": verification_document(replanned.unchanged),
        "after": verification_document(replanned.after),
        "changes": {
            "day": changes.day,
            "room": changes.room,
            "theatre": changes.theatre,
            "nurse": changes.nurse,
            "not_admitted": changes.lost,
        },
        **({} if rules is None else {"nurse_rules": rules}),
        "called_in": [_at_work(hospital, *each) for each in replanned.called],
        "excused": [_at_work(hospital, *each) for each in replanned.excused],
        "conflicts": [
            {"people": list(each.people), "what": str(each.what)} for each in replanned.conflicts
        ],
        "patients": [
            {
                "id": each.patient,
                "before": _admission(hospital, each.before),
                "after": _admission(hospital, each.after),
                **_cause(replanned, cause),
            }
            for each, cause in replanned.moves
        ],
        "rooms": [
            {**_hand(hospital, each), **_cause(replanned, cause)} for each, cause in replanned.hands
        ],
    }


def _admission(hospital: Hospital, admission: Admission | None) -> Json:
    if admission is None:
        return None
    when = day_document(hospital, admission.day)
    return {
        **{f"admission_{part}": value for part, value in when.items()},
        "room": admission.room,
        "operating_theater": admission.theatre,
    }


def _at_work(hospital: Hospital, nurse: str, shift: int) -> Json:
    return {"nurse": nurse, **_shift(hospital, shift)}


def _hand(hospital: Hospital, hand: Handed) -> dict[str, Json]:
    return {
        "room": hand.room,
        **_shift(hospital, hand.shift),
        "before": hand.before,
        "after": hand.after,
    }


def _shift(hospital: Hospital, shift: int) -> dict[str, Json]:
    shifts = hospital.problem.shifts
    day, place = divmod(shift, len(shifts))
    return {**day_document(hospital, day), "shift": shifts[place]}


def _cause(replanned: Replanned, cause: Cause) -> dict[str, Json]:
    places = {id(each): at for at, each in enumerate(replanned.events)}
    return {
        "events": [places[id(each)] for each in cause.events],
        "also_changed": list(cause.people),
        "forced": not cause.free,
    }
