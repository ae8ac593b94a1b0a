"""What a new plan of a hospital changes, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.report.hospital_document import rules_document, verification_document

if TYPE_CHECKING:
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
        now, and what the new one does; ``changes``: how many; ``nurse_rules`` where there are any;
        ``called_in`` and ``excused``: nurses and shifts that the roster adds and leaves out;
        ``conflicts``: why no plan keeps all rules, where that is proved; ``patients`` and
        ``rooms``: each change, with the events that forced it, counted from 0, and the others who
        changed too; ``forced`` is false where nothing did and they cost less so together.
    """
    replanned = found.replanned
    shifts, changes = replanned.problem.shifts, replanned.distance
    rules = rules_document(found.hospital, found.breaches) if found.hospital.rules else None
    return {
        "before": verification_document(replanned.before),
        "unchanged": verification_document(replanned.unchanged),
        "after": verification_document(replanned.after),
        "changes": {
            "day": changes.day,
            "room": changes.room,
            "theatre": changes.theatre,
            "nurse": changes.nurse,
        },
        **({} if rules is None else {"nurse_rules": rules}),
        "called_in": [_at_work(*each, shifts) for each in replanned.called],
        "excused": [_at_work(*each, shifts) for each in replanned.excused],
        "conflicts": [
            {"people": list(each.people), "what": str(each.what)} for each in replanned.conflicts
        ],
        "patients": [
            {
                "id": each.patient,
                "before": _admission(each.before),
                "after": _admission(each.after),
                **_cause(replanned, cause),
            }
            for each, cause in replanned.moves
        ],
        "rooms": [
            {**_hand(each, shifts), **_cause(replanned, cause)} for each, cause in replanned.hands
        ],
    }


def _admission(admission: Admission | None) -> Json:
    if admission is None:
        return None
    return {
        "admission_day": admission.day,
        "room": admission.room,
        "operating_theater": admission.theatre,
    }


def _at_work(nurse: str, shift: int, shifts: tuple[str, ...]) -> Json:
    day, place = divmod(shift, len(shifts))
    return {"nurse": nurse, "day": day, "shift": shifts[place]}


def _hand(hand: Handed, shifts: tuple[str, ...]) -> dict[str, Json]:
    day, place = divmod(hand.shift, len(shifts))
    return {
        "room": hand.room,
        "day": day,
        "shift": shifts[place],
        "before": hand.before,
        "after": hand.after,
    }


def _cause(replanned: Replanned, cause: Cause) -> dict[str, Json]:
    places = {id(each): at for at, each in enumerate(replanned.events)}
    return {
        "events": [places[id(each)] for each in cause.events],
        "also_changed": list(cause.people),
        "forced": not cause.free,
    }
