"""The whole numbers in which a flow is counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.flow import Flow
from salus.allocate.city.parts import split
from salus.allocate.city.scaling import scale
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock


@pytest.mark.parametrize(("step", "unit"), [(1.0, 2.5), (0.1, 25.0), (0.125, 2500.0)])
def test_few_decimals_are_counted_exactly(step: float, unit: float) -> None:
    """Minutes in whole numbers, tenths or eighths of a case of 2.5 days need no finer unit."""
    part = split(small_city(3))[2]
    part = replace(part, minutes=part.minutes * step)
    scaling = scale(part, np.array([2.5]))
    assert scaling.cost_scale == pytest.approx(unit)
    whole = part.minutes / 2.5 * scaling.cost_scale
    np.testing.assert_allclose(whole, np.rint(whole), atol=1e-9)


def test_many_decimals_are_counted_as_finely_as_can_be() -> None:
    """Minutes that no small unit holds are rounded to ten millionths or finer."""
    part = split(small_city(3))[2]
    part = replace(part, minutes=part.minutes / 7)
    assert scale(part, np.array([2.5])).cost_scale >= 1e7


def test_a_unit_in_which_nothing_counts_is_not_taken_for_exact() -> None:
    """Twelve services of a hundredth of a day have so small a product that all would be zero."""
    part = split(small_city(3))[2]
    tiny = replace(
        part,
        need=np.repeat(part.need, 12, axis=1),
        penalty=np.repeat(part.penalty, 12),
        minutes=part.minutes / 7,
    )
    assert scale(tiny, np.linspace(0.01, 0.02, 12)).cost_scale >= 1e5


def test_huge_amounts_leave_room_for_their_sum() -> None:
    """Need beyond what floats count exactly is counted in larger units."""
    part = split(small_city(3))[2]
    huge = scale(replace(part, need=part.need * 1e13), np.array([2.5]))
    assert huge.amount_scale * part.need.sum() * 2.5e13 <= 2**53


def test_a_plan_states_the_coarsest_unit_of_its_parts() -> None:
    """Ward and surgery are counted in units of 4 and 1.5 days, ICU of 2.5: the plan says 2.5."""
    city = small_city(4)
    plan = Flow().solve(city, SystemClock())
    assert plan.scaling is not None
    assert plan.scaling.cost_scale == pytest.approx(2.5)
    assert abs(verify(city, plan).gap) < 1e-12
