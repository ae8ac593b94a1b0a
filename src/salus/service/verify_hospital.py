"""Add up what a plan of a hospital breaks and costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.files import read_hospital, read_plan
from salus.allocate.hospital.law.verify import verify_nurse_rules
from salus.allocate.hospital.verify import verify
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.law.verify import RuleBreach
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Which plan is added up.

    Parameters
    ----------
    instance, solution : Path
        Files of the competition, or folders.
    """

    instance: Path
    solution: Path


@dataclass(frozen=True, slots=True)
class VerifiedHospital:
    """A plan that was added up.

    Parameters
    ----------
    hospital : Hospital
        What is planned.
    verification : HospitalVerification
        What the plan breaks and costs by the rules of the competition.
    breaches : tuple of RuleBreach
        What it breaks of the hospital's rules of nurses.
    """

    hospital: Hospital
    verification: HospitalVerification
    breaches: tuple[RuleBreach, ...]


def _name(request: VerifyRequest) -> str:
    return request.instance.name or str(request.instance)


@guarded(Permission.VERIFY_HOSPITAL, Kind.HOSPITAL, _name)
def verify_hospital(context: Context, request: VerifyRequest) -> VerifiedHospital:
    """Read a hospital and a plan of it, and add up what the plan breaks and costs.

    Parameters
    ----------
    context : Context
        What is in use.
    request : VerifyRequest
        Which plan.

    Returns
    -------
    VerifiedHospital

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it; every fault is named with its place.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    hospital = read_hospital(request.instance)
    plan = read_plan(request.solution, hospital)
    return VerifiedHospital(
        hospital, verify(hospital.problem, plan), verify_nurse_rules(hospital, plan)
    )
