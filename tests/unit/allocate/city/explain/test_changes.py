"""What may change, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.explain.changes.base import changed
from salus.allocate.city.explain.changes.capacity import Add, Close, Lose
from salus.allocate.city.explain.changes.demand import Demand
from salus.allocate.city.explain.changes.refusal import Refusal
from salus.allocate.city.explain.changes.relax import Lend, LongerWait, MoreOffered, Room
from salus.allocate.city.explain.changes.roads import CloseRoad, OpenRoad, Slower
from salus.allocate.city.explain.names import Names
from salus.allocate.city.features.surge import Surge
from salus.allocate.city.features.waiting import Waiting
from salus.core.errors import InputError, Where
from salus.domain.rights import Decline

if TYPE_CHECKING:
    from salus.allocate.city.explain.changes.base import Change

CITY = small_city(7)
NAMES = Names(facilities={"H1": "Mercy"}, resources={"icu_bed": "ICU beds"})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (Add("H9", "icu_bed", 1), "H9"),
        (Add("H1", "icu_bid", 1), "icu_bid"),
        (Add("H1", "icu_bed", 0), 0),
        (Add("H1", "icu_bed", float("nan")), "nan"),
        (Add("H1", "icu_bed", 1, gives=0.0), 0.0),
        (Add("H1", "icu_bed", 1, since=date(1999, 1, 1)), "1999-01-01"),
        (Lose("H1", "icu_bed", 1e6), 1e6),
        (Close("H9"), "H9"),
        (CloseRoad("D9", "H1"), "D9"),
        (OpenRoad("D1", "H9", 5.0), "H9"),
        (OpenRoad("D1", "H1", -1.0), -1.0),
        (OpenRoad("D1", "H1", 1.0, ("icy",)), "icy"),
        (Slower(0.0), 0.0),
        (Slower(2.0, districts=("D9",), facilities=("H9",)), "D9"),
        (Demand(-0.5), -0.5),
        (Demand(1.5, services=("icy",)), "icy"),
        (Refusal(Decline("H9", "full", service="icu")), "H9"),
        (Refusal(Decline("H1", "full", service="icu", resource="ward_bed")), None),
        (Room("H1", "icy", 1), "icy"),
        (Room("H1", "icu", 0), 0),
        (Lend("H1", "H9", "icu_bed", 0.5), "H9"),
        (Lend("H1", "H2", "icu_bed", 1e6), 1e6),
        (MoreOffered("surge", 0, 1), 0),
        (LongerWait("icu", 1), "icu"),
    ],
)
def test_what_cannot_be_is_a_fault(change: Change, found: object) -> None:
    """Each change that means nothing is named with its value and where it was asked for."""
    with pytest.raises(InputError) as caught:
        changed(CITY, [change], Where("--stress"))
    first = caught.value.faults[0]
    assert first.where == Where("--stress")
    assert found is None or str(first.value) == str(found)


def test_all_faults_come_at_once() -> None:
    """Faults of several changes are gathered, and keys that are like unknown ones are told."""
    with pytest.raises(InputError) as caught:
        changed(CITY, [Add("H9", "icu_bid", 1), Demand(-1.0), Close("H2")])
    assert len(caught.value.faults) == 3
    assert "did you mean icu_bed" in str(caught.value)


def test_later_changes_find_what_earlier_ones_left() -> None:
    """After all beds are lost there are none to lose, and a closed place has none either."""
    held = float(CITY.capacity[0, 1].min())
    firsts: tuple[Change, ...] = (Lose("H1", "icu_bed", held), Close("H1"))
    for first in firsts:
        with pytest.raises(InputError, match="no more than"):
            changed(CITY, [first, Lose("H1", "icu_bed", 0.5)])


def test_nothing_is_changed_in_place() -> None:
    """The problem stays as it was, whatever is asked of it."""
    before = (CITY.capacity.copy(), CITY.need.copy(), CITY.arc_minutes.copy())
    changes: list[Change] = [Add("H1", "icu_bed", 1), Demand(2.0), Slower(2.0), Close("H2")]
    assert changed(CITY, changes) is not CITY
    for was, now in zip(before, (CITY.capacity, CITY.need, CITY.arc_minutes), strict=True):
        np.testing.assert_array_equal(was, now)


def test_a_unit_gives_the_days_of_a_period() -> None:
    """In weeks a unit gives seven days a period, and in days one, unless it is said otherwise."""
    weeks = replace(CITY, period_days=7.0)
    for city, gives, added in ((CITY, None, 1.0), (weeks, None, 7.0), (weeks, 0.85, 0.85)):
        more = Add("H1", "ward_bed", 1, gives).apply(city)
        assert (more.capacity - city.capacity)[0, 0] == pytest.approx(added)


def test_longer_journeys_than_the_longest_are_not_made() -> None:
    """A slow day can put places out of reach."""
    slow = Slower(2.0, longest=60.0).apply(CITY)
    assert slow.arc_minutes.max() <= 60
    assert slow.arc_minutes.size == (2 * CITY.arc_minutes <= 60).sum()


def test_a_road_that_is_closed_and_opened_is_there_again() -> None:
    """The same journeys are possible again, with the minutes that are stated."""
    closed = CloseRoad("D1", "H1").apply(CITY)
    opened = OpenRoad("D1", "H1", 12.5, ("icu",)).apply(closed)
    mine = (opened.arc_district == 0) & (opened.arc_facility == 0)
    assert opened.arc_minutes[mine].tolist() == [12.5]
    with pytest.raises(InputError, match="all journeys"):
        changed(opened, [OpenRoad("D1", "H1", 5.0, ("icu",))])
    with pytest.raises(InputError, match="no journey leads"):
        changed(closed, [CloseRoad("D1", "H1")])


def test_features_can_be_relaxed() -> None:
    """More of an offer may be opened, and cases may wait longer."""
    city = featured_city(7)
    waiting, surge = changed(city, [MoreOffered("surge", 0, 2), LongerWait("icu", 2)]).features
    assert isinstance(waiting, Waiting)
    assert isinstance(surge, Surge)
    assert (surge.most.tolist(), waiting.longest.tolist()) == ([4.0, 3.0], [2, 2, 1])


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (Add("H1", "icu_bed", 2), "2 more of ICU beds at Mercy"),
        (Lose("H1", "icu_bed", 2, since=date(2026, 6, 29)), "since 2026-06-29"),
        (Close("H1"), "Mercy closed"),
        (CloseRoad("D1", "H1"), "no journeys from D1 to Mercy"),
        (OpenRoad("D1", "H1", 9.0), "journeys of 9 minutes from D1 to Mercy"),
        (Slower(2.0, facilities=("H1",)), "journeys take 2 times as long (Mercy)"),
        (Demand(1.2, services=("icu",)), "demand times 1.2 (icu)"),
        (Refusal(Decline("H1", "ill", resource="icu_bed")), "declines what needs ICU beds: ill"),
        (Refusal(Decline("H1", "ill", service="icu")), "Mercy declines icu: ill"),
        (Room("H1", "icu", 2), "room for 2 more cases of icu at Mercy in each period"),
        (Lend("H2", "H1", "icu_bed", 1), "1 of ICU beds lent by H2 to Mercy"),
        (MoreOffered("surge", 0, 1), "1 more units of surge offer 0"),
        (LongerWait("icu", 1), "cases of icu may wait 1 periods longer"),
    ],
)
def test_a_label_calls_things_by_their_names(change: Change, label: str) -> None:
    """What changes is said in a few words, by name where there is one."""
    assert label in str(change.label(NAMES))
