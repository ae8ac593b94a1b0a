"""Which limits are nested, so that a plan is a flow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.nesting import nesting
from salus.allocate.city.parts import split
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()


def _city(uses: list[list[float]], room: list[list[float]], seed: int = 0) -> CityProblem:
    """Give the small city other uses, and the same capacity on each day."""
    city = small_city(seed)
    return replace(
        city,
        resources=tuple(f"R{r}" for r in range(len(uses[0]))),
        uses=np.array(uses),
        capacity=np.repeat(np.array(room)[:, :, None], 3, axis=2),
    )


def _agrees(city: CityProblem) -> None:
    plan = Flow().solve(city, CLOCK)
    assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-9)


def test_proportional_resources_are_one_limit() -> None:
    """Where every case takes a bed and half a nurse a day, the scarcer of them decides."""
    uses = [[4.0, 2.0], [2.0, 1.0], [6.0, 3.0]]
    city = _city(uses, [[20.0, 30.0], [40.0, 4.0], [9.0, 4.5]])
    found = nesting(split(city)[0])
    assert found is not None
    assert found.room.shape == (3, 1)
    assert found.resource[:2, 0].tolist() == [0, 1]
    _agrees(city)


def test_a_limit_within_a_limit_is_kept() -> None:
    """Nurses care for all, ICU beds are for some: a tree of two limits, with prices for both."""
    uses = [[4.0, 0.0], [2.0, 2.0], [3.0, 0.0]]
    city = _city(uses, [[20.0, 6.0], [15.0, 2.0], [10.0, 8.0]])
    found = nesting(split(city)[0])
    assert found is not None
    assert found.around[found.leaf].tolist() == [-1, found.leaf[0], -1]
    plan = Flow().solve(city, CLOCK)
    assert (plan.price > 0).any(axis=(0, 2)).all()
    _agrees(city)


def test_a_resource_in_plenty_is_no_limit() -> None:
    """Surgery takes ICU beds as well, but there are more than all together could use."""
    uses = [[4.0, 0.0], [0.0, 2.5], [1.5, 0.5]]
    scarce, plenty = [[20.0, 9.0]] * 3, [[20.0, 999.0]] * 3
    assert not Flow().fits(_city(uses, scarce))
    assert Flow().fits(_city(uses, plenty))
    _agrees(_city(uses, plenty))


def test_nothing_is_scarce_where_everything_is_in_plenty() -> None:
    """Coupled services that nothing limits are a flow without prices."""
    city = _city([[4.0, 1.0], [1.0, 2.5], [1.5, 0.5]], [[999.0, 999.0]] * 3)
    assert not Flow().solve(city, CLOCK).price.any()
    _agrees(city)


@pytest.mark.parametrize(
    "uses",
    [
        [[4.0, 1.0], [2.0, 1.0], [6.0, 3.0]],
        [[4.0, 0.0], [2.0, 2.0], [0.0, 3.0]],
    ],
    ids=["proportions differ", "limits cross"],
)
def test_what_is_no_flow_is_not_taken_for_one(uses: list[list[float]]) -> None:
    """Resources taken in two proportions, or limits that cross, are left to other methods."""
    assert nesting(split(_city(uses, [[5.0, 5.0]] * 3))[0]) is None
