"""Random cities planned window by window: right on the whole problem, and no cheaper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.surge import Surge
from salus.allocate.city.practice.rights import declined
from salus.allocate.city.rolling import Rolling
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.domain.rights import Decline

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)


def _longer(seed: int, *, whole: bool = False) -> CityProblem:
    """Give a city of six periods: the three of a featured one, and three of another."""
    city, more = featured_city(seed, whole=whole), small_city(seed + 1, coupled=True)
    waiting, surge = city.features
    assert isinstance(surge, Surge)
    return replace(
        city,
        periods=(*city.periods, *(day + timedelta(days=3) for day in city.periods)),
        need=np.concatenate([city.need, more.need], axis=2),
        capacity=np.concatenate([city.capacity, more.capacity], axis=2),
        features=(waiting, replace(surge, gives=np.tile(surge.gives, 2))),
    )


@settings(max_examples=30)
@given(SEEDS, st.integers(1, 6), st.data())
def test_a_rolled_plan_is_right_and_costs_no_less(
    seed: int, window: int, data: st.DataObject
) -> None:
    """Whatever the window, the rows keep all rules of the whole problem, and cost no less."""
    keep = data.draw(st.integers(1, window))
    city = _longer(seed)
    plan = Rolling(window, keep).solve(city, CLOCK)
    assert verify(city, plan).violations == ()
    assert plan.cost >= Exact().solve(city, CLOCK).cost * (1 - 1e-9)


@settings(max_examples=20)
@given(SEEDS)
def test_a_window_of_all_periods_is_the_whole_plan(seed: int) -> None:
    """Where the window sees everything and keeps it, the plan costs what the exact one does."""
    city = _longer(seed)
    rolled = Rolling(6, 6).solve(city, CLOCK)
    assert rolled.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-9)


@settings(max_examples=10)
@given(SEEDS)
def test_whole_bays_and_declines_are_rolled_too(seed: int) -> None:
    """Only whole bays stay open, and nobody is admitted where it is declined."""
    city = _longer(seed, whole=True)
    less = declined(
        city,
        [
            Decline(
                "H1", "strike", service="ward", first_day=city.periods[2], last_day=city.periods[3]
            )
        ],
    )
    assert verify(less, Rolling(3, 2).solve(less, CLOCK)).violations == ()


@settings(max_examples=10)
@given(SEEDS)
def test_looking_further_ahead_keeps_stays_whole(seed: int) -> None:
    """Beds that are gone in the last periods are not promised by a window that cannot see them."""
    city = _longer(seed)
    gone = city.capacity.copy()
    gone[:, :, 3:] = 0.0
    shut = replace(city, capacity=gone, features=())
    assert verify(shut, Rolling(2, 2).solve(shut, CLOCK)).violations == ()
