"""Features may be given in any order: the plan is the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.checks import staffed_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.idle import Idle
from salus.allocate.city.order import in_order
from salus.allocate.city.programme import write
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from random import Random

CLOCK = SystemClock()


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_readers_may_stand_anywhere(seed: int) -> None:
    """With the law and the price of idle promises at any place, the programme is the same."""
    city = staffed_city(seed)
    others, law = city.features[:-1], city.features[-1]
    idle = Idle(np.full(3, 100.0))
    found = set()
    for first, second in ((law, idle), (idle, law)):
        for i in range(len(others) + 1):
            mixed = (*others[:i], first, *others[i:], second)
            program = write(replace(city, features=mixed)).program()
            matrix = program.matrix.tocsc()
            parts = (program.c, matrix.data, matrix.indices, program.row_upper, program.upper)
            found.add(tuple(part.tobytes() for part in parts))
    assert len(found) == 1


@settings(max_examples=3)
@given(st.integers(0, 10**6), st.randoms())
def test_any_order_gives_the_same_plan(seed: int, random: Random) -> None:
    """Whatever order features are given in, the best plan costs the same and is right."""
    city = staffed_city(seed)
    features = (*city.features, Idle(np.full(3, 100.0)))
    best = Exact().solve(replace(city, features=features), CLOCK).cost
    shuffled = list(features)
    random.shuffle(shuffled)
    for order in (features[::-1], tuple(shuffled)):
        mixed = replace(city, features=order)
        plan = Exact().solve(mixed, CLOCK)
        assert verify(mixed, plan).right
        assert plan.cost == pytest.approx(best, rel=1e-6)


def test_the_order_written_puts_readers_last() -> None:
    """Every order of a city's features ends with the law."""
    for order in permutations(staffed_city(3).features):
        assert in_order(order)[-1].name == "staff_law"
