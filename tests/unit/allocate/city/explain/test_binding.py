"""What binds is named, in features too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.binding import binding, limits
from salus.allocate.city.features.surge import Opened, Surge
from salus.core.clock import SystemClock

CLOCK = SystemClock()


def _costs(surge: Surge, seed: int, most: np.ndarray) -> float:
    city = featured_city(seed)
    features = tuple(replace(surge, most=most) if f is surge else f for f in city.features)
    return Exact().solve(replace(city, features=features), CLOCK).cost


@pytest.mark.parametrize("seed", range(6))
def test_an_offer_that_binds_is_taken_up_and_more_of_it_saves(seed: int) -> None:
    """A surge offer with a price is open as far as it goes; a little more saves its price."""
    city = featured_city(seed)
    surge = next(one for one in city.features if isinstance(one, Surge))
    plan = Exact().solve(city, CLOCK)
    opened = plan.decision(Opened)
    assert opened is not None
    for limit in limits(city, plan):
        if limit.block != "surge":
            continue
        k = 0 if "H1" in str(limit.where) else 1
        assert opened.units[k] == pytest.approx(surge.most[k])
        little = 0.01 * (np.arange(2) == k)
        saved = _costs(surge, seed, surge.most) - _costs(surge, seed, surge.most + little)
        assert saved <= 0.01 * limit.price + 1e-6


def test_a_plain_city_has_no_limits_but_capacities() -> None:
    """Without features there is nothing to name beside capacities."""
    city = small_city(7)
    assert limits(city, Exact().solve(city, CLOCK)) == ()


def test_what_surge_adds_is_part_of_a_capacity() -> None:
    """A facility whose opened beds are used as well is full; its own alone would be exceeded."""
    city = featured_city(7)
    plan = Exact().solve(city, CLOCK)
    assert {(one.facility, one.resource) for one in binding(city, plan)}
