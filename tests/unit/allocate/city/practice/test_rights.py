"""Reserves are withheld, declines are kept, and the two plans are compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.declined import Declined
from salus.allocate.city.practice.replanned import replanned
from salus.allocate.city.practice.rights import declined, reserved
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.domain.rights import Decline

CLOCK = SystemClock()
CITY = small_city(7, coupled=True)


def test_a_reserve_is_withheld_and_never_below_nothing() -> None:
    """Each period loses the reserve, as far as there is something to lose."""
    keep = np.array([[5.0, 0], [0, 1e6], [0, 0]])
    found = reserved(CITY, keep)
    np.testing.assert_array_equal(found.capacity, np.maximum(CITY.capacity - keep[:, :, None], 0))


def test_an_impossible_reserve_is_refused() -> None:
    """Each wrong amount is named with its place."""
    keep = np.array([[-5.0, 0], [0, np.nan], [0, 0]])
    with pytest.raises(ValueError, match=r"ward_bed at H1 .* -5.0; .*icu_bed at H2 .* nan"):
        reserved(CITY, keep)
    with pytest.raises(ValueError, match=r"reserve must have shape \(3, 2\), but has \(3,\)"):
        reserved(CITY, np.ones(3))


def test_declined_for_good_has_no_journeys() -> None:
    """All journeys for the services that use the resource are gone, and no feature is needed."""
    found = declined(CITY, [Decline("H2", "ventilators broken", resource="icu_bed")])
    gone = (CITY.arc_facility == 1) & (CITY.arc_service != 0)
    assert found.arc_minutes.size == CITY.arc_minutes.size - gone.sum()
    assert found.plain


def test_declined_for_a_day_is_kept_that_day() -> None:
    """Nobody is admitted then; the plan of before breaks the rule, and says where."""
    city = featured_city(7)
    before = Exact().solve(city, CLOCK)
    row = int(np.argmax(before.cases))
    service, facility = city.services[before.service[row]], city.facilities[before.facility[row]]
    day = city.periods[before.period[row]]
    less = declined(
        city, [Decline(facility, "no water", service=service, first_day=day, last_day=day)]
    )
    assert [one.name for one in less.features] == ["waiting", "surge", "declined"]
    after = Exact().solve(less, CLOCK)
    assert verify(less, after).right
    assert after.cost >= before.cost
    broken = verify(less, replace(before, proof=None, bound=None)).violations
    assert [str(one.where) for one in broken] == [f"{facility} for {service} on {day}"]


def test_declines_add_up() -> None:
    """A second decline keeps the first; when all periods are declined, the journeys go."""
    once = declined(CITY, [Decline("H1", "no water", service="ward", last_day=CITY.periods[0])])
    twice = declined(once, [Decline("H1", "fire", service="ward", first_day=CITY.periods[1])])
    assert isinstance(once.features[0], Declined)
    assert twice.features == ()
    assert not ((twice.arc_facility == 0) & (twice.arc_service == 0)).any()


def test_a_comparison_keeps_everybody() -> None:
    """Served before, less lost, more gained, is served after."""
    less = declined(CITY, [Decline("H1", "no nurses", service="ward")])
    before, after = (Exact().solve(each, CLOCK) for each in (CITY, less))
    found = replanned(CITY, before, after)
    assert found.lost.sum() > 0
    total = before.cases.sum() - found.lost.sum() + found.gained.sum()
    assert total == pytest.approx(after.cases.sum())


def test_a_decline_that_means_nothing_is_refused() -> None:
    """Unknown keys, unused resources, missing reasons, odd days: all are named at once."""
    day = CITY.periods[1]
    wrong = [
        Decline("H9", "fire", service="ward"),
        Decline("H1", "fire", district="D9"),
        Decline("H1", "fire", service="ward", resource="icu_bed"),
    ]
    named = r"names H9.*names D9.*H1 declines ward for want of icu_bed"
    with pytest.raises(ValueError, match=named):
        declined(CITY, wrong)
    with pytest.raises(ValueError, match=r"H1 must give a reason.*must decline a service, a res"):
        Decline("H1", "")
    with pytest.raises(
        ValueError, match=r"last_day must not .*; D1 must be declined for the whole"
    ):
        Decline("H1", "fire", district="D1", first_day=day, last_day=CITY.periods[0])


def test_a_district_is_declined_whole_or_for_a_service() -> None:
    """Its journeys to the facility are gone, and nobody else's."""
    every, ward = (
        declined(CITY, [Decline("H1", "bridge closed", service=service, district="D3")])
        for service in (None, "ward")
    )
    mine = (CITY.arc_facility == 0) & (CITY.arc_district == 2)
    assert CITY.arc_minutes.size - every.arc_minutes.size == mine.sum() > 0
    assert CITY.arc_minutes.size - ward.arc_minutes.size == (mine & (CITY.arc_service == 0)).sum()
    assert every.plain


def test_the_feature_refuses_another_shape() -> None:
    """What is closed is told for each facility, service and period, as true or false."""
    with pytest.raises(ValueError, match=r"declined.closed must have shape \(3, 3, 3\)"):
        replace(CITY, features=(Declined(np.zeros((3, 3), dtype=bool)),))
    with pytest.raises(ValueError, match=r"declined.closed must hold true and false"):
        replace(CITY, features=(Declined(np.zeros((3, 3, 3), dtype=bool) * 1),))
