"""A2: greedy allocation takes, at each step, the choice that raises the objective most."""

from __future__ import annotations

import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.greedy import Greedy as GreedyCity
from salus.allocate.city.verify import verify as verify_city
from salus.allocate.queue.checks import small_queue
from salus.allocate.queue.greedy import Greedy as GreedyQueue
from salus.allocate.queue.verify import verify as verify_queue
from salus.core.clock import SystemClock

CLOCK = SystemClock()


@pytest.mark.parametrize("seed", range(10))
def test_greedy_keeps_every_rule_and_never_beats_the_exact_plan(seed: int) -> None:
    """A greedy plan of a city is one that may be carried out, at no less than the lowest cost."""
    city = small_city(seed)
    plan = GreedyCity().solve(city, CLOCK)
    assert verify_city(city, plan).violations == ()
    assert plan.cost >= Exact().solve(city, CLOCK).cost - 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_greedy_places_patients_by_what_each_place_gains(seed: int) -> None:
    """Nobody who waits could be given a place that is still free."""
    queue = small_queue(seed)
    assert verify_queue(queue, GreedyQueue().dispatch(queue, CLOCK)) == ()
