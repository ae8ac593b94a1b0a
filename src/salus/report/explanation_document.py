"""Why a plan of a hospital is as it is, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.costs import Dimension
from salus.allocate.hospital.verification import Soft
from salus.report.hospital_document import (
    day_document,
    overrun_document,
    rules_document,
    verification_document,
)

if TYPE_CHECKING:
    from salus.allocate.hospital.explain.effect import Effect
    from salus.allocate.hospital.explain.opening import Lack
    from salus.allocate.hospital.explain.reasons import Reason
    from salus.allocate.hospital.explain.worth import Worth
    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.plan import Admission
    from salus.core.canonical import Json
    from salus.service.explain_hospital import ExplainedHospital


def explanation_document(explained: ExplainedHospital) -> dict[str, Json]:
    """Write an explanation by the names of the competition.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan, and why it is as it is.

    Returns
    -------
    dict
        The verification; ``nurse_rules`` where there are any; ``costs`` by person, room, nurse and
        number of the day, weighted, with what belongs to none under an empty key; ``reasons`` of
        patients; ``improvements`` that need nothing more; ``worths`` of more beds, hours and
        nurses; and what ``overrun_document`` gives. Days are numbers from 0, with their dates
        beside them where they have some.
    """
    worths, hospital = explained.worths, explained.hospital
    rules = rules_document(hospital, explained.breaches) if hospital.rules else None
    return {
        **verification_document(explained.verification),
        **({} if rules is None else {"nurse_rules": rules}),
        "costs": {each.value: _costs(explained, each) for each in Dimension},
        "reasons": [_reason(hospital, each) for each in explained.reasons],
        "improvements": {
            "saved": worths.saved,
            "admissions": [_admission(hospital, each) for each in worths.free],
        },
        "worths": [_worth(hospital, each) for each in worths.worths],
        **overrun_document(hospital, explained.theatre_days),
    }


def _costs(explained: ExplainedHospital, dimension: Dimension) -> dict[str, Json]:
    return {
        "" if key is None else str(key): {
            each.value: float(row[each]) for each in Soft if each in row
        }
        for key, row in explained.costs.by(dimension).items()
    }


def _reason(hospital: Hospital, reason: Reason) -> Json:
    return {
        "patient": reason.patient,
        "now": None if reason.now is None else _admission(hospital, reason.now),
        "way": _admission(hospital, reason.way),
        "effect": _effect(reason.effect),
        "lacks": [_lack(hospital, each) for each in reason.lacks],
        "days": {name: int(n) for name, n in asdict(reason.free).items()},
    }


def _lack(hospital: Hospital, lack: Lack) -> Json:
    dates = [hospital.calendar.date_of(day).isoformat() for day in lack.days]
    return {
        "rule": lack.rule.value,
        "key": lack.key,
        "days": list(lack.days),
        **({"dates": list(dates)} if hospital.dated else {}),
        "amount": lack.amount,
    }


def _worth(hospital: Hospital, worth: Worth) -> Json:
    unit = worth.unit
    return {
        "kind": unit.kind.value,
        "key": unit.key,
        **({"day": None} if unit.day is None else day_document(hospital, unit.day)),
        "level": unit.level,
        "count": unit.count,
        "saving": worth.saving,
        "effect": _effect(worth.effect),
        "admissions": [_admission(hospital, each) for each in worth.admissions],
        "rooms": list(worth.rooms),
    }


def _effect(effect: Effect) -> Json:
    return {
        "violations": {each.value: n for each, n in effect.violations.items()},
        "costs": {each.value: n for each, n in effect.costs.items()},
    }


def _admission(hospital: Hospital, admission: Admission) -> Json:
    return {
        "patient": admission.patient,
        **day_document(hospital, admission.day),
        "room": admission.room,
        "theatre": admission.theatre,
    }
