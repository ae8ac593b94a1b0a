"""Whatever a rule of thumb fills within the beds that staff can care for is lawful."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.checks import small_city, staffed_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staffable import staffable
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

CLOCK = SystemClock()


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_plans_within_staffable_beds_keep_the_law(seed: int) -> None:
    """Greedy, nearest and exact plans of the cut city break no rule of the whole one."""
    city = staffed_city(seed)
    law = next(each for each in city.features if isinstance(each, StaffLaw))
    lawful = replace(city, features=(law,), stay=None)
    for method in (Greedy(), Nearest(), Exact()):
        found = verify(lawful, method.solve(staffable(lawful), CLOCK)).violations
        # What is best within fewer beds proves nothing of the whole city.
        assert {each.constraint.name for each in found} <= {"bound"}


def test_a_city_without_a_law_keeps_its_beds() -> None:
    """Nothing is cut where nobody limits it."""
    city = small_city(3)
    assert np.array_equal(staffable(city).capacity, city.capacity)
