"""Plan the coming weeks of the busiest hospital of a city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.costs import costs
from salus.allocate.hospital.explain.reasons import reasons
from salus.allocate.hospital.explain.weeks import Weeks
from salus.allocate.hospital.explain.worth import worths
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.verify import verify
from salus.core.messages import Message
from salus.service.explain_hospital import ExplainedHospital
from salus.service.weeks.conventions import MOVES_EACH
from salus.service.weeks.stated import stated

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.service.records import Records
    from salus.service.weeks.stated import Stated


@dataclass(frozen=True, slots=True, eq=False)
class PlannedWeeks:
    """The weeks of a hospital, planned and checked.

    Parameters
    ----------
    stated : Stated
        Which hospital, and what was to be planned.
    explained : ExplainedHospital
        What was decided, checked, and why it is so.
    weeks : Weeks
        The plan, laid out.
    """

    stated: Stated
    explained: ExplainedHospital
    weeks: Weeks

    @property
    def problem(self) -> HospitalProblem:
        """What was planned."""
        return self.stated.problem

    @property
    def plan(self) -> HospitalPlan:
        """What was decided."""
        return self.explained.plan

    @property
    def verification(self) -> HospitalVerification:
        """What a check that knows no search says to it."""
        return self.explained.verification

    @property
    def first(self) -> date:
        """The first day."""
        return self.stated.site.first

    def day(self, number: int) -> date:
        """Return the date of a day of the horizon."""
        return self.first + timedelta(days=number)


def is_compiled() -> bool:
    """Tell whether the search was compiled before, which takes about a minute."""
    # The search loads numba, which nothing else in a run needs.
    from salus.allocate.hospital.search.compiled import KEPT_IN  # noqa: PLC0415

    return KEPT_IN is not None and KEPT_IN.is_dir()


def plan_weeks(records: Records, seed: int) -> PlannedWeeks | Message:
    """Plan the weeks of the busiest hospital of a city: admissions, rooms, theatres and nurses.

    Parameters
    ----------
    records : Records
        Of a city.
    seed : int
        Of the search; the same records and seed give the same plan.

    Returns
    -------
    PlannedWeeks or Message
        Why nothing is planned, where nothing is.
    """
    from salus.allocate.hospital.solve import solve  # noqa: PLC0415
    from salus.allocate.hospital.stop import Stop  # noqa: PLC0415

    found = stated(records)
    if isinstance(found, Message):
        return found
    stop = Stop(iterations=MOVES_EACH * len(found.problem.patients))
    plan = solve(found.problem, stop, seed)
    explained = ExplainedHospital(
        found.hospital.facility_id,
        Hospital.plain(found.problem, found.site.first),
        found.problem,
        plan,
        verify(found.problem, plan),
        costs(found.problem, plan),
        reasons(found.problem, plan),
        worths(found.problem, plan),
    )
    return PlannedWeeks(found, explained, Weeks.of(found.problem, plan))
