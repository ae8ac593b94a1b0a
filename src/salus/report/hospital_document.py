"""What is known of a plan of a hospital, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def planned_document(planned: PlannedHospital) -> dict[str, Json]:
    """Write how a search ended.

    Parameters
    ----------
    planned : PlannedHospital
        The plan, and what is known of it.

    Returns
    -------
    dict
        What ``verification_document`` gives, ``seconds`` and ``moves``.
    """
    return {
        **verification_document(planned.verification),
        "seconds": round(planned.last.seconds, 3),
        "moves": planned.last.tried,
    }
