"""What a change of a plan does, as a verification of both tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.verification import Hard, HospitalVerification, Soft


@dataclass(frozen=True, slots=True)
class Effect:
    """How much more a changed plan breaks and costs.

    Parameters
    ----------
    violations : mapping of Hard to int
        Those that change; above 0 where more is broken.
    costs : mapping of Soft to int
        Those that change, weighted; above 0 where it costs more.
    """

    violations: Mapping[Hard, int]
    costs: Mapping[Soft, int]

    @classmethod
    def of(cls, before: HospitalVerification, after: HospitalVerification) -> Effect:
        """Compare two verifications."""
        broken = {each: after.violations[each] - n for each, n in before.violations.items()}
        costs, then = before.costs, after.costs
        paid = {each: then[each] - n for each, n in costs.items()}
        return cls(
            {each: n for each, n in broken.items() if n},
            {each: n for each, n in paid.items() if n},
        )

    @property
    def broken(self) -> int:
        """How much more is broken, all rules together."""
        return sum(self.violations.values())

    @property
    def cost(self) -> int:
        """How much more is paid, all components together."""
        return sum(self.costs.values())


def readmitted(plan: HospitalPlan, admissions: Iterable[Admission]) -> HospitalPlan:
    """Admit patients as told, whoever was admitted elsewhere or not at all.

    Parameters
    ----------
    plan : HospitalPlan
        The plan as it is.
    admissions : iterable of Admission
        What is changed; the last one of a patient counts.

    Returns
    -------
    HospitalPlan
    """
    changed = {each.patient: each for each in admissions}
    kept = tuple(each for each in plan.admissions if each.patient not in changed)
    return replace(plan, admissions=(*kept, *changed.values()))
