"""The law holds as can be worked out by hand; what means nothing or mixes units is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from salus.allocate.city.exact import Exact
from salus.allocate.city.features.inpatients import Inpatients
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staff_rules import MaximumHours, Ratio, Rest, Staff
from salus.allocate.city.features.transfers import Transfers
from salus.allocate.city.features.units import Amount, Unit
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from tests.fakes.two_wards import loan, two_wards

if TYPE_CHECKING:
    from salus.allocate.city.features.staff_rules import Rule
    from salus.allocate.city.problem import Feature

CLOCK = SystemClock()
A = np.array
# Six cases a day at H1; H2 has nobody. Beds for all, two nurses at H1, four at H2.
NEED = [[6.0] * 3, [0.0] * 3]
BEDS = [[9.0] * 3, [9.0] * 3]
NURSES = [[2.0] * 3, [4.0] * 3]
RATIO = Ratio(1, 0, 2.0, Unit.SHIFTS)


def nurses(**changes: Any) -> Staff:
    """Count the nurses in shifts of eight hours."""
    return Staff(
        **{"resource": 1, "unit": Unit.SHIFTS, "heads": A(NURSES), "hours": 8.0, **changes}
    )


def cost(*rules: Rule, staff: Staff | None = None, before: tuple[Feature, ...] = ()) -> float:
    """Plan under these rules, hold the plan to them, and return its cost."""
    law = StaffLaw((staff or nurses(),), rules)
    city = two_wards(NEED, BEDS, *before, law, nurses=NURSES)
    plan = Exact().solve(city, CLOCK)
    found = verify(city, plan)
    assert found.right
    assert found.gap >= -1e-6
    return plan.cost


def test_nurses_limit_how_many_lie_in_beds() -> None:
    """Two nurses for at most two patients each leave two of six unserved, each day."""
    assert cost(RATIO) == pytest.approx(3 * 2 * 10)
    assert cost(Ratio(1, 0, 0.25, Unit.HOURS)) == pytest.approx(60)
    assert cost() == pytest.approx(0)


def test_a_nurse_who_is_lent_cares_for_patients_there() -> None:
    """One nurse from H2 for all days cares for two more; on the way half a day, for one less."""
    there = loan(1, resource=A([1]), unit=(Unit.SHIFTS,))
    assert cost(RATIO, before=(there,)) == pytest.approx(0)
    assert cost(RATIO, before=(replace(there, going=A([0.5])),)) == pytest.approx(10)


def test_hours_of_a_run_limit_work() -> None:
    """Two nurses with twelve hours in two days do three shifts in two days, one in one day."""
    # Over three days both runs of two have 3 shifts, so that day 2 alone does all: 2 + 1 + 2.
    hours = MaximumHours(1, Amount(12.0, Unit.HOURS), 2)
    assert cost(RATIO, hours) == pytest.approx((18 - 10) * 10)
    shifts = MaximumHours(1, Amount(1.5, Unit.SHIFTS), 2)
    assert cost(RATIO, shifts) == pytest.approx((18 - 10) * 10)
    # A third nurse there all days: runs of 4.5 shifts, days of three: 3 + 1.5 + 3 for 15 cases.
    there = loan(1, resource=A([1]))
    assert cost(RATIO, hours, before=(there,)) == pytest.approx((18 - 15) * 10)


def test_rest_limits_work() -> None:
    """An eighth of a day is three hours; a period of rest in three leaves two days of work."""
    assert cost(RATIO, Rest(1, 1 / 8, 0, 1)) == pytest.approx((18 - 3 * 2 * 2 * 3 / 8) * 10)
    assert cost(RATIO, Rest(1, 1 / 3, 1, 3)) == pytest.approx((18 - 2 * 2 * 2) * 10)


def test_those_in_beds_now_keep_staff_busy() -> None:
    """Two shifts a day that patients already take leave nothing of two in a day."""
    busy = nurses(busy=A([[1.0] * 3, [0.0] * 3]))
    day = MaximumHours(1, Amount(1.0, Unit.SHIFTS), 1)
    assert cost(RATIO, day, staff=busy) == pytest.approx((18 - 3 * 2) * 10)


def test_patients_who_are_moved_count_where_they_go() -> None:
    """Each who leaves H1 for H2 lets the nurses of H1 care for one more."""
    bed = np.zeros((1, 2, 3))
    bed[0, 0] = 1.0
    zero, one = A([0]), A([0.0])
    inpatients = Inpatients(zero, zero, A([2.0]), bed, np.ones((1, 3)))
    moves = Transfers(
        inpatients,
        group=zero,
        receiver=A([1]),
        takes=bed,
        minutes=one,
        price=one,
        vehicle_hours=one,
        escort_hours=one,
        base=zero,
        accepts=np.full((2, 3), 1.0),
        fleet=np.zeros((1, 3)),
        escorts=np.zeros((2, 3)),
    )
    assert cost(RATIO, before=(moves,)) == pytest.approx((2 + 2 + 2 - 1 - 2 - 2) * 10)
    heavy = replace(moves, takes=5 * bed)
    assert cost(RATIO, before=(heavy,)) == pytest.approx((2 + 2 + 2 - 1 - 1 - 1) * 10)


def test_a_rule_that_is_broken_is_found() -> None:
    """A plan that was made without the law breaks each of its rules."""
    rules = (RATIO, MaximumHours(1, Amount(12.0, Unit.HOURS), 2), Rest(1, 1 / 8, 1, 3))
    plan = Exact().solve(two_wards(NEED, BEDS, nurses=NURSES), CLOCK)
    city = two_wards(NEED, BEDS, StaffLaw((nurses(),), rules), nurses=NURSES)
    found = verify(city, replace(plan, bound=None)).violations
    assert {one.constraint.name for one in found} == {"ratio", "hours", "rest"}
    hours = next(one for one in found if one.constraint.name == "hours")
    assert str(hours.where) == "nurse at H1 in the 2 periods from 2026-06-28 on"
    ratio = next(one for one in found if one.constraint.name == "ratio")
    assert ratio.amount == pytest.approx(1.0)
    assert str(ratio.where) == "nurse at H1 on 2026-06-28"


def test_places_of_the_law_have_names() -> None:
    """Each block of the programme tells people where a limit holds."""
    law = StaffLaw((nurses(),), (RATIO, Rest(1, 1 / 8, 1, 3)))
    city = two_wards(NEED, BEDS, law, nurses=NURSES)
    named = [str(law.place(city, f"staff_law.{block}", (0, 0))) for block in ("ratio.0", "rest.2")]
    assert named == ["nurse at H1 on 2026-06-28", "nurse at H1 in the 3 periods from 2026-06-28 on"]


@pytest.mark.parametrize(
    ("staff", "rules", "named"),
    [
        (nurses(resource=2), (), "staff_law must name a resource from 0 to 1, but names 2"),
        (nurses(), (Ratio(1, 5, 1.0, Unit.SHIFTS),), "from 0 to 1, but names 5"),
        (nurses(), (Ratio(1, 1, 1.0, Unit.SHIFTS),), "ratio.beds must be no staff"),
        (nurses(), (Ratio(1, 0, 0.0, Unit.SHIFTS),), "ratio.patients must be finite and above 0"),
        (nurses(), (Ratio(0, 1, 1.0, Unit.SHIFTS),), r"about its staff \[1\], but one is about 0"),
        (nurses(heads=np.ones((2, 2))), (), r"staff.heads must have shape \(2, 3\)"),
        (nurses(heads=-A(NURSES)), (), "staff.heads must be finite and 0 or more"),
        (nurses(busy=A(NURSES) * np.nan), (), "staff.busy must be finite and 0 or more"),
        (nurses(hours=0.0), (), "staff.hours must be finite and above 0, but is 0.0"),
        (nurses(unit=Unit.HOURS), (), "staff.hours must be 1 where hours are counted, but is 8"),
        (nurses(), (Rest(1, 1.5, 0, 1),), "rest.share must be above 0 and at most 1, but is 1.5"),
        (nurses(), (Rest(1, 0.5, 3, 3),), "rest.rest must be from 0 to 2 periods, but is 3"),
        (nurses(), (Rest(1, 0.5, 0, 4),), "window must be from 1 to 3 periods, but is 4"),
    ],
)
def test_a_law_that_means_nothing_is_refused(
    staff: Staff, rules: tuple[Rule, ...], named: str
) -> None:
    """Each fault is named with what was found."""
    with pytest.raises(ValueError, match=named):
        cost(*rules, staff=staff)


@pytest.mark.parametrize(
    ("staff", "rule", "named"),
    [
        (
            nurses(hours=None),
            MaximumHours(1, Amount(44.0, Unit.HOURS), 3),
            "nurse is counted in shifts, but a rule of the staff law in hours",
        ),
        (
            nurses(unit=Unit.HOURS, hours=None),
            RATIO,
            "but a rule .* in shifts: count nurse in shifts, with the hours of one, or say",
        ),
        (
            nurses(),
            MaximumHours(1, Amount(5.0, Unit.DAYS), 3),
            "in shifts, but a rule .* in days: say the rule in shifts, or count nurse in days",
        ),
        (nurses(hours=None), Rest(1, 0.5, 0, 1), "counted in shifts, but a rule .* in hours"),
    ],
)
def test_units_are_not_mixed(staff: Staff, rule: Rule, named: str) -> None:
    """A rule in another unit than the staff names both, unless the hours of one are said."""
    with pytest.raises(ValueError, match=named):
        cost(rule, staff=staff)


def test_loans_are_counted_as_the_law_counts() -> None:
    """A loan in hours of staff that are counted in shifts names both units."""
    hours = loan(1, resource=A([1]), unit=(Unit.HOURS,))
    with pytest.raises(ValueError, match="nurse is lent in hours, but counted in shifts"):
        cost(RATIO, before=(hours,))


def test_staff_is_named_once() -> None:
    """A law with the same staff twice is refused."""
    with pytest.raises(ValueError, match="name resource 1 once"):
        two_wards(NEED, BEDS, StaffLaw((nurses(), nurses()), ()), nurses=NURSES)


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan, np.inf])
def test_an_amount_is_finite_and_above_zero(value: float) -> None:
    """An amount that is none is refused with its unit."""
    with pytest.raises(ValueError, match=r"an amount must be finite and above 0, but is .* hours"):
        Amount(value, Unit.HOURS)
