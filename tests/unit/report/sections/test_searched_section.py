"""What is said of a plan that was searched for: how good it is, and which days may overrun."""

from __future__ import annotations

from salus.allocate.hospital.bound.lower_bound import HospitalBound
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.overrun.chance import TheatreDay
from salus.allocate.hospital.plan import HospitalPlan
from salus.allocate.hospital.solve import Progress
from salus.allocate.hospital.verify import verify
from salus.report.sections.hospital.searched import hospital_sections
from salus.report.words import Words
from salus.service.plan_hospital import PlannedHospital
from tests.fakes.small_house import HOUSE, PLAN

DAYS = tuple(TheatreDay("t0", day, ("p0",), 120, 60, 70.0, 0.1 * (1 + day)) for day in range(3))


def said(plan: HospitalPlan = PLAN, bound: int = 0, overrun: float | None = None) -> str:
    """Tell how a search ended."""
    found = verify(HOUSE, plan)
    last = Progress(1.0, 1.0, found.total_cost or 0, found.total_violations, 1000)
    planned = PlannedHospital(
        Hospital.plain(HOUSE), plan, found, last, HospitalBound(bound, {}), (), DAYS, overrun
    )
    (section,) = hospital_sections(planned)
    return " ".join(map(Words("en"), section.sentences))


def test_days_above_the_chance_are_counted_without_a_reason_that_is_not_known() -> None:
    """The search may have been ended, or no plan within the chance keeps the rules."""
    assert (
        "Days of theatres above the chance of 0.15: 2; a longer search, a larger chance or more "
        "minutes may leave none."
    ) in said(overrun=0.15)


def test_a_plan_that_breaks_rules_is_the_reason_for_its_days() -> None:
    """Then none was made with fewer minutes."""
    assert (
        "Days of theatres above the chance of 0.15, as no plan was met that keeps every rule: 2."
    ) in said(HospitalPlan(PLAN.admissions, ()), overrun=0.15)


def test_days_that_keep_the_chance_are_not_counted() -> None:
    """Nor those of a search without one."""
    assert "above the chance" not in said(overrun=0.35) + said()


def test_what_may_be_saved_is_a_share_of_the_cost_of_the_plan() -> None:
    """Not of the bound."""
    cost = verify(HOUSE, PLAN).total_cost or 0
    assert (
        f"Every plan costs {cost - cost // 4:,} or more: the best one may save "
        f"{cost // 4 / cost:.1%} of the cost of this plan."
    ) in said(bound=cost - cost // 4)
