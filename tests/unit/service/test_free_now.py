"""What is free now: a fresh count of the beds, or what the plan leaves over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.service.free_now import free_now
from salus.service.rules import PlanningRules
from tests.fakes.queues import NOW, counts

if TYPE_CHECKING:
    import pyarrow as pa

    from salus.data.region.region import Region
    from salus.service.free_now import Free
    from salus.service.plan_city import CityAnswer

RULES = PlanningRules(target_occupancy=0.85)
LEFT_OVER = "what the plan leaves over on its first day"


@pytest.fixture
def free(coast: Region, coast_planned: CityAnswer) -> Free:
    """Count once."""
    return count(coast, coast_planned, counts({}))


def count(region: Region, planned: CityAnswer, states: pa.Table | None) -> Free:
    """Tell what is free at noon."""
    return free_now(region, states, NOW, planned, RULES)


def test_a_fresh_count_less_the_reserve_is_free(free: Free) -> None:
    """Of 100 staffed beds 85 may be used, 60 are: 25 are free, in whole beds."""
    assert free.units[0, 0] == 25
    assert "the count of the beds of 2026-06-28 11:00:00+00:00, less 15%" in str(free.basis)


def test_what_a_facility_keeps_for_itself_is_not_free(
    coast: Region, coast_planned: CityAnswer
) -> None:
    """Of 100 staffed beds 20 are kept: 68 of the others may be used, 60 are."""
    kept = tuple(
        replace(each, reserve=20.0) if each.facility_id == coast.facilities[0].id else each
        for each in coast.supplies
    )
    less = count(replace(coast, supplies=kept), coast_planned, counts({}))
    assert less.units[0, 0] == 8


def test_places_without_a_count_give_nothing_away_and_are_named(free: Free) -> None:
    """Beds of a kind that others counted are not free where nobody did, and it is said where."""
    assert (free.units[1:, 0] == 0).all()
    assert "nothing is given away where no fresh count is known" in str(free.basis)
    assert "(12 in all)" in str(free.basis)


def test_a_kind_of_bed_that_nobody_counted_is_not_given_away(free: Free) -> None:
    """Who lies in the intensive care units is not known, so none of their beds is free."""
    assert (free.units[:, 1] == 0).all()


@pytest.mark.parametrize("hours", [49, -1])
def test_an_old_count_and_one_of_later_say_nothing(
    coast: Region, coast_planned: CityAnswer, hours: int
) -> None:
    """Older than two days, or later than now: the plan tells what is free."""
    states = counts({"observed_at": NOW - timedelta(hours=hours)})
    assert str(count(coast, coast_planned, states).basis) == LEFT_OVER


def test_without_a_count_the_plan_tells(coast: Region, coast_planned: CityAnswer) -> None:
    """What is left over is within the capacity, with a table without rows as with no table."""
    without, empty = (count(coast, coast_planned, each) for each in (None, counts()))
    assert str(without.basis) == str(empty.basis) == LEFT_OVER
    np.testing.assert_array_equal(without.units, empty.units)
    first = coast_planned.problem.capacity[:, :, 0]
    assert ((without.units >= 0) & (without.units <= first)).all()
    assert without.units.sum() < first.sum()


def test_beds_of_which_nobody_knows_are_taken(coast: Region, coast_planned: CityAnswer) -> None:
    """Without a number in use all staffed beds count as taken."""
    full = count(coast, coast_planned, counts({"occupied": None}))
    none = count(coast, coast_planned, counts({"staffed": None}))
    assert full.units[0, 0] == none.units[0, 0] == 0


def test_each_ward_counts_when_it_can(coast: Region, coast_planned: CityAnswer) -> None:
    """The last count of every ward stands, though another ward counted later."""
    before = NOW - timedelta(hours=6)
    states = counts(
        {"occupied": 80},
        {"occupied": 90, "observed_at": before},
        {"ward_id": "W2", "staffed": 50, "occupied": 10, "observed_at": before},
    )
    found = count(coast, coast_planned, states)
    assert found.units[0, 0] == np.floor(0.85 * 150 - 90)
    assert "11:00:00" in str(found.basis)


def test_staff_is_taken_with_the_beds(coast: Region, coast_planned: CityAnswer) -> None:
    """Who lies in a bed takes the share of the nurses that the service needs."""
    nurse = replace(coast.resources[0], id="nurse")
    ward = replace(coast.services[0], uses={"ward_bed": 1.0, "nurse": 0.2})
    supply = replace(coast.supplies[0], facility_id="H01", resource_id="nurse", staffed=20.0)
    region = replace(
        coast,
        resources=(*coast.resources, nurse),
        services=(ward, *coast.services[1:]),
        supplies=(*coast.supplies, supply),
    )
    found = count(region, coast_planned, counts({}))
    assert found.units[0, 2] == pytest.approx(0.85 * 20 - 0.2 * 60)


def test_more_patients_than_beds_leave_nothing(coast: Region, coast_planned: CityAnswer) -> None:
    """An overcrowded ward has no free bed, and never fewer than none."""
    assert count(coast, coast_planned, counts({"occupied": 130})).units[0, 0] == 0
