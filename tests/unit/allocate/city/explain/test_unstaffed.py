"""Why a facility with free beds takes nobody: its staff may do no more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.names import Names
from salus.allocate.city.explain.short import Why
from salus.allocate.city.explain.underserved import Underserved, underserved
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staff_rules import MaximumHours, Ratio, Rest, Rule, Staff
from salus.allocate.city.features.units import Amount, Unit
from salus.core.clock import SystemClock

RATIO = Ratio(2, 0, 4.0, Unit.DAYS)


def _short(nurses: float, rules: tuple[Rule, ...], heads: float = 1e4) -> Underserved:
    """Let each of three facilities have plenty of beds, and so many nurses on each day."""
    city = small_city(5)
    capacity = np.full((3, 3, 3), 1e4)
    capacity[:, 2] = nurses
    law = StaffLaw((Staff(2, Unit.DAYS, np.full((3, 3), heads), hours=24.0),), rules)
    city = replace(
        city,
        resources=(*city.resources, "nurse"),
        capacity=capacity,
        uses=np.pad(city.uses, ((0, 0), (0, 1))),
        features=(law,),
    )
    names = Names(resources={"nurse": "nurses"})
    return underserved(city, Exact().solve(city, SystemClock()), "D1", names=names)


@pytest.mark.parametrize(
    ("nurses", "rules", "heads", "cause"),
    [
        (0.1, (RATIO,), 1e4, "the patients that each may care for"),
        (1e4, (RATIO, MaximumHours(2, Amount(24.0, Unit.HOURS), 3)), 0.5, "the hours that each"),
        (1e4, (RATIO, Rest(2, 0.5, 0, 1)), 0.5, "their rest"),
    ],
    ids=["ratio", "hours", "rest"],
)
def test_staff_that_may_do_no_more_are_the_reason(
    nurses: float, rules: tuple[Rule, ...], heads: float, cause: str
) -> None:
    """Beds are free and the best plan leaves them, so the staff and their limit are named."""
    found = _short(nurses, rules, heads)
    reasons = [one for one in found.reasons if one.facility is not None]
    assert reasons
    assert {one.why for one in reasons} == {Why.STAFF}
    assert f"but its nurses may do no more, limited by {cause}" in str(reasons[0].sentence)
    assert all(0 < one.cases <= sum(found.unmet) + 1e-9 for one in reasons)


def test_with_plenty_of_staff_no_facility_stops_anybody() -> None:
    """Then only journeys that there are not are left as a reason."""
    assert {one.why for one in _short(1e4, (RATIO,)).reasons} <= {Why.NO_JOURNEY}
