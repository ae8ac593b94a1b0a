"""The few journeys of each district that are looked at first."""

from __future__ import annotations

import numpy as np
import pytest

from salus.allocate.city.shortlist import first_few, in_order
from salus.core.rng import stream


@pytest.mark.parametrize("shuffled", [False, True])
def test_the_cheapest_of_each_source_are_found_in_any_order(*, shuffled: bool) -> None:
    """Listed in order or not, the three cheapest of each source are found, and no others."""
    draw = stream(1, "shortlist")
    source = np.repeat(np.arange(40), 9)
    cost = np.sort(draw.uniform(0, 90, (40, 9)), axis=1).ravel()
    place = draw.permutation(source.size) if shuffled else np.arange(source.size)
    found = place[first_few(source[place], cost[place], 40, few=3)]
    assert sorted(found.tolist()) == np.arange(360).reshape(40, 9)[:, :3].ravel().tolist()


def test_who_has_fewer_journeys_has_them_all() -> None:
    """A source without journeys has none in the list, one with fewer than asked has all."""
    source, cost = np.array([2, 0, 2]), np.array([5.0, 1.0, 4.0])
    assert first_few(source, cost, 3, few=8).tolist() == [0, 1, 2]
    assert first_few(source[:0], cost[:0], 3, few=8).size == 0


def test_as_cheap_as_the_last_is_listed_too() -> None:
    """Of journeys that cost the same none is left out by chance."""
    source, cost = np.array([1, 0, 0, 0]), np.array([9.0, 7.0, 7.0, 7.0])
    assert first_few(source, cost, 2, few=1).tolist() == [0, 1, 2, 3]


def test_order_means_by_source_and_then_by_cost() -> None:
    """Sources that come back, and costs that fall, are out of order."""
    assert in_order(np.array([0, 0, 1]), np.array([1.0, 2.0, 0.5]))
    assert not in_order(np.array([0, 1, 0]), np.array([1.0, 2.0, 3.0]))
    assert not in_order(np.array([0, 0]), np.array([2.0, 1.0]))
