"""Why a plan of a hospital is as it is, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.costs import Dimension
from salus.allocate.hospital.verification import Soft
from salus.report.hospital_document import rules_document, verification_document

if TYPE_CHECKING:
    from salus.allocate.hospital.explain.effect import Effect
    from salus.allocate.hospital.explain.reasons import Reason
    from salus.allocate.hospital.explain.worth import Worth
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
        day, weighted, with what belongs to none under an empty key; ``reasons`` of patients;
        ``improvements`` that need nothing more; and ``worths`` of more beds, hours and nurses.
    """
    worths, hospital = explained.worths, explained.hospital
    rules = rules_document(hospital, explained.breaches) if hospital.rules else None
    return {
        **verification_document(explained.verification),
        **({} if rules is None else {"nurse_rules": rules}),
        "costs": {each.value: _costs(explained, each) for each in Dimension},
        "reasons": [_reason(each) for each in explained.reasons],
        "improvements": {
            "saved": worths.saved,
            "admissions": [_admission(each) for each in worths.free],
        },
        "worths": [_worth(each) for each in worths.worths],
    }


def _costs(explained: ExplainedHospital, dimension: Dimension) -> dict[str, Json]:
    return {
        "" if key is None else str(key): {
            each.value: float(row[each]) for each in Soft if each in row
        }
        for key, row in explained.costs.by(dimension).items()
    }


def _reason(reason: Reason) -> Json:
    return {
        "patient": reason.patient,
        "now": None if reason.now is None else _admission(reason.now),
        "way": _admission(reason.way),
        "effect": _effect(reason.effect),
        "lacks": [
            {
                "rule": each.rule.value,
                "key": each.key,
                "days": list(each.days),
                "amount": each.amount,
            }
            for each in reason.lacks
        ],
        "days": {name: int(n) for name, n in asdict(reason.free).items()},
    }


def _worth(worth: Worth) -> Json:
    unit = worth.unit
    return {
        "kind": unit.kind.value,
        "key": unit.key,
        "day": unit.day,
        "level": unit.level,
        "count": unit.count,
        "saving": worth.saving,
        "effect": _effect(worth.effect),
        "admissions": [_admission(each) for each in worth.admissions],
        "rooms": list(worth.rooms),
    }


def _effect(effect: Effect) -> Json:
    return {
        "violations": {each.value: n for each, n in effect.violations.items()},
        "costs": {each.value: n for each, n in effect.costs.items()},
    }


def _admission(admission: Admission) -> Json:
    return {
        "patient": admission.patient,
        "day": admission.day,
        "room": admission.room,
        "theatre": admission.theatre,
    }
