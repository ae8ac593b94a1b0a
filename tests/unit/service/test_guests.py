"""Guests of a real region: made up one by one, and at home in its districts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salus.service.guests import CLINICAL, guests

if TYPE_CHECKING:
    from salus.data.region.region import Region
    from salus.service.records import Records


@pytest.fixture(scope="module")
def invited(coast: Region) -> Records:
    """Invite a few."""
    return guests(coast, 20_000, 3)


def test_everybody_is_marked(invited: Records) -> None:
    """Each person is flagged, the note says it, and no source stands behind them."""
    assert invited.synthetic
    assert set(invited.tables["patient"]["synthetic"].to_pylist()) == {True}
    assert "take no capacity" in str(invited.notes[0])
    assert invited.sources == ()


def test_nothing_of_their_hospitals_comes_along(invited: Records) -> None:
    """There are no beds, indicators or devices of the city they come from."""
    assert set(invited.tables) == CLINICAL
    assert not {"bed_state", "indicator_reading", "device_reading"} & CLINICAL


def test_they_live_where_people_live(invited: Records, coast: Region) -> None:
    """Everybody in the queue has a district and a service of the region; large ones have more."""
    homes = Counter(invited.queue["district_id"].to_pylist())
    assert set(homes) <= {district.id for district in coast.districts}
    assert set(invited.queue["service_id"].to_pylist()) <= {item.id for item in coast.services}
    people = {district.id: district.population for district in coast.districts}
    largest, smallest = max(people, key=people.__getitem__), min(people, key=people.__getitem__)
    assert homes[largest] >= homes[smallest]


def test_the_same_seed_invites_the_same(invited: Records, coast: Region) -> None:
    """Who comes and where they live follows from the seed."""
    again = guests(coast, 20_000, 3)
    assert again.queue.equals(invited.queue)
    assert all(again.tables[name].equals(invited.tables[name]) for name in CLINICAL)
    assert not guests(coast, 20_000, 4).queue.equals(invited.queue)


def test_a_region_without_people_or_services_of_theirs(coast: Region) -> None:
    """Where nobody lives each district is as likely, and an unknown service becomes the first."""
    empty = replace(
        coast,
        districts=tuple(
            replace(each, population=0, population_65plus=0) for each in coast.districts
        ),
        services=(replace(coast.services[0], id="beds"),),
    )
    queue = guests(empty, 2_000, 1).queue
    assert set(queue["service_id"].to_pylist()) == {"beds"}
    assert queue["district_id"].null_count == 0
