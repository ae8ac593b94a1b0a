"""Planning apart and once gives the same answer as planning the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from salus.allocate.city import parts
from salus.allocate.city.assembly import FEWEST_CASES
from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.core.clock import FixedClock, SystemClock


def test_services_that_share_are_grouped() -> None:
    """Surgery shares ward beds with the ward; when it takes ICU beds too, all are one group."""
    assert [group.tolist() for group in parts.groups(small_city(0))] == [[0, 2], [1]]
    coupled = small_city(0, coupled=True)
    assert [group.tolist() for group in parts.groups(coupled)] == [[0, 1, 2]]


def test_equal_periods_are_one_part() -> None:
    """The third day repeats the first, so two groups make four parts, not six."""
    found = parts.split(small_city(0))
    assert [part.periods.tolist() for part in found] == [[0, 2], [1], [0, 2], [1]]


def test_equal_need_with_other_beds_is_another_part() -> None:
    """A day with fewer beds is planned by itself."""
    city = small_city(0)
    capacity = city.capacity.copy()
    capacity[0, 0, 2] -= 1
    found = parts.split(replace(city, capacity=capacity))
    assert [part.periods.tolist() for part in found] == [[0], [1], [2], [0, 2], [1]]


@pytest.mark.parametrize("coupled", [False, True])
@pytest.mark.parametrize("method", [Exact(), Flow(), Greedy(), Nearest()], ids=lambda m: m.name)
@pytest.mark.parametrize("seed", range(10))
def test_decomposition_changes_nothing(
    method: Exact | Flow | Greedy | Nearest, seed: int, *, coupled: bool
) -> None:
    """Days planned together cost what each costs planned as a city of its own."""
    city = small_city(seed, coupled=coupled)
    if not method.fits(city):
        return
    whole = method.solve(city, SystemClock())
    days = [
        method.solve(
            replace(
                city,
                periods=city.periods[t : t + 1],
                need=city.need[:, :, t : t + 1],
                capacity=city.capacity[:, :, t : t + 1],
            ),
            SystemClock(),
        )
        for t in range(3)
    ]
    assert whole.cost == pytest.approx(sum(day.cost for day in days), rel=1e-8)
    for t, day in enumerate(days):
        np.testing.assert_allclose(whole.cases[whole.period == t], day.cases, atol=1e-6)
        np.testing.assert_allclose(whole.price[:, :, t], day.price[:, :, 0], atol=1e-5)


def test_groups_planned_together_cost_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact cost is the same when all services are planned as one group."""
    city = small_city(4)
    apart = Exact().solve(city, SystemClock()).cost
    monkeypatch.setattr(parts, "groups", lambda _: [np.arange(3)])
    assert Exact().solve(city, SystemClock()).cost == pytest.approx(apart, rel=1e-12)


def test_rows_are_in_order_and_noise_is_dropped() -> None:
    """Rows are sorted by period, service, district and facility, and hold people."""
    plan = Exact().solve(small_city(2), SystemClock())
    keys = list(
        zip(
            plan.period.tolist(),
            plan.service.tolist(),
            plan.district.tolist(),
            plan.facility.tolist(),
            strict=True,
        )
    )
    assert keys == sorted(set(keys))
    assert plan.cases.min() > FEWEST_CASES


def test_time_is_measured_by_the_clock_that_is_passed() -> None:
    """On a clock that stands still nothing takes time."""
    clock = FixedClock(date(2026, 6, 28))  # type: ignore[arg-type] # only ticks matter here
    plan = Flow().solve(small_city(0), clock)
    assert (plan.build_seconds, plan.solve_seconds) == (0, 0)
