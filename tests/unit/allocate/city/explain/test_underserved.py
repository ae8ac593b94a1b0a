"""Who goes short, why, and what would serve them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.candidates import Costs
from salus.allocate.city.explain.changes.capacity import Add
from salus.allocate.city.explain.changes.relax import Lend, MoreOffered, Room
from salus.allocate.city.explain.changes.roads import OpenRoad
from salus.allocate.city.explain.cheapest import cheapest
from salus.allocate.city.explain.names import Names
from salus.allocate.city.explain.short import Why
from salus.allocate.city.explain.underserved import most_underserved, underserved
from salus.allocate.city.features.declined import Declined
from salus.allocate.city.features.surge import Surge
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.practice.practice import Practice
from salus.allocate.city.practice.rule import Rule, Terms
from salus.core.clock import SystemClock
from salus.domain.rights import Decline

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
PLENTY = replace(small_city(5), capacity=np.full((3, 2, 3), 1e4))
"""A city in which everybody whom a journey leads somewhere can be served."""


def _standing(city: CityProblem) -> Standing:
    return Standing(city, Exact().solve(city, CLOCK), Exact(), CLOCK)


def _only(city: CityProblem, kept: np.ndarray) -> CityProblem:
    arcs = ("arc_district", "arc_facility", "arc_service", "arc_minutes")
    return replace(city, **{name: getattr(city, name)[kept] for name in arcs})


def _reasons(city: CityProblem, district: str = "D1") -> list[Why]:
    return [one.why for one in underserved(city, _standing(city).plan, district).reasons]


def test_nobody_goes_short_in_plenty() -> None:
    """Where all are served nobody is named, and nothing needs to change."""
    city = replace(PLENTY, need=np.zeros_like(PLENTY.need))
    standing = _standing(city)
    assert most_underserved(city, standing.plan) is None
    found = underserved(city, standing.plan, "D1")
    assert found.reasons == ()
    assert np.isnan(found.coverage)
    assert cheapest(standing, "D1") == ()


def test_out_of_reach_is_told_and_a_road_serves() -> None:
    """A district without a journey learns so, and the cheapest change is a road."""
    city = _only(PLENTY, ~((PLENTY.arc_district == 0) & (PLENTY.arc_service == 1)))
    standing = _standing(city)
    found = underserved(city, standing.plan, "D1")
    (reason,) = [one for one in found.reasons if one.service == "icu"]
    assert reason.why is Why.NO_JOURNEY
    assert "can be reached from D1" in str(reason.sentence)
    best = cheapest(standing, "D1", service="icu")[0]
    assert isinstance(best.change, OpenRoad)
    assert best.served == pytest.approx(city.need[0, 1].sum())
    far = np.array([500.0, 500.0, np.inf])
    assert cheapest(standing, "D1", service="icu", beyond=far) == ()


def test_a_service_that_nobody_takes_is_told() -> None:
    """Where no facility takes a service, that is the reason, and no road would help."""
    city = _only(PLENTY, PLENTY.arc_service != 1)
    standing = _standing(city)
    (reason,) = [
        one for one in underserved(city, standing.plan, "D1").reasons if one.service == "icu"
    ]
    assert str(reason.sentence) == "No facility takes icu."
    assert cheapest(standing, "D1", service="icu") == ()


def test_a_journey_that_is_not_worth_it_is_told() -> None:
    """Where a journey costs more than leaving the case unmet, that is said."""
    city = replace(PLENTY, arc_minutes=PLENTY.arc_minutes + 1000)
    found = underserved(city, _standing(city).plan, "D1")
    assert {one.why for one in found.reasons} <= {Why.NOT_WORTH, Why.NO_JOURNEY}
    assert any("weighted minutes more than leaving" in str(one.sentence) for one in found.reasons)


def test_practice_adds_to_a_journey() -> None:
    """A price of practice can make a journey not worth it, as minutes can."""
    city = replace(PLENTY, arc_price=np.full(PLENTY.arc_minutes.size, 1000.0))
    assert Why.NOT_WORTH in _reasons(city)


def test_what_is_declined_is_told_with_its_reason() -> None:
    """A facility that declines whenever cases stay unmet is named, and so is what it said."""
    closed = np.zeros((3, 3, 3), dtype=bool)
    closed[:, 1] = True
    city = replace(PLENTY, features=(Declined(closed),))
    assert Why.DECLINED in _reasons(city)
    said = Decline("H1", "no isolation room", service="icu")
    found = underserved(city, _standing(city).plan, "D1", declined=[said])
    assert any("no isolation room" in str(one.sentence) for one in found.reasons)


def test_what_practice_forbids_is_told() -> None:
    """Journeys out of the own area that are forbidden are counted, with the rule."""
    away = Practice(
        terms=Terms(forbidden=frozenset({Rule.CONSORTIUM}), minutes={}),
        consortium=("west", "west", "west"),
        district_consortium=("east", "west", "west", "west"),
    )
    city = away.applied(PLENTY)
    plan = _standing(city).plan
    found = underserved(city, plan, "D1", ledger=away.ledger(PLENTY)).reasons
    (told,) = [one for one in found if one.why is Why.PRACTICE and one.service == "icu"]
    journeys = (PLENTY.arc_district == 0) & (PLENTY.arc_service == 1)
    assert f"Practice forbids {journeys.sum()} journeys" in str(told.sentence)
    assert "outside the consortium" in str(told.sentence)
    assert told.cases == pytest.approx(PLENTY.need[0, 1].sum())


def test_the_limit_of_waiting_is_told() -> None:
    """Where all who may wait do and others stay unmet, the limit is a reason."""
    seen = set()
    for seed in range(12):
        city = featured_city(seed)
        plan = Exact().solve(city, CLOCK)
        for district in city.districts:
            seen |= {one.why for one in underserved(city, plan, district).reasons}
    assert Why.WAITING in seen


def test_room_that_a_plan_leaves_is_told() -> None:
    """A plan by nearness leaves room elsewhere, and the reason says so."""
    city = small_city(3, supply=1.0)
    plan = Nearest().solve(city, CLOCK)
    found = [
        one.why for district in city.districts for one in underserved(city, plan, district).reasons
    ]
    assert Why.ROOM in found


def test_things_are_called_by_their_names() -> None:
    """Sentences say names where there are any."""
    city = small_city(7)
    names = Names({"D3": "North"}, {"H1": "Mercy"}, {"ward": "ward care"}, {"ward_bed": "beds"})
    found = underserved(city, _standing(city).plan, "D3", names=names)
    text = " ".join(str(one.sentence) for one in found.reasons)
    assert "North" in text
    assert "Mercy" in text
    assert "D3" not in text


def test_what_is_not_known_is_refused() -> None:
    """Unknown districts and services, and units that give nothing, are named together."""
    standing = _standing(small_city(7))
    with pytest.raises(ValueError, match="D9"):
        underserved(standing.problem, standing.plan, "D9")
    with pytest.raises(ValueError, match=r"D9.*icy.*gives"):
        cheapest(standing, "D9", service="icy", gives=0.0)
    with pytest.raises(ValueError, match="road"):
        Costs(road=-1.0)


def test_costs_decide_what_is_cheapest() -> None:
    """Idle units are lent rather than bought where that counts less, and bought where not."""
    idle = np.zeros((3, 2, 3))
    idle[0, 1] = 200.0
    city = small_city(7, supply=0.6)
    arcs = ~((city.arc_facility == 0) & (city.arc_service == 1))
    city = _only(replace(city, capacity=city.capacity + idle), arcs)
    standing = _standing(city)
    lent = cheapest(standing, "D3", service="icu", costs=Costs(lent=0.1))[0]
    bought = cheapest(standing, "D3", service="icu", costs=Costs(lent=5.0))[0]
    assert isinstance(lent.change, Lend)
    assert isinstance(bought.change, Add)
    assert lent.size == bought.size
    assert "lent by H1" in str(lent.sentence())


def test_what_takes_several_resources_needs_room_for_whole_cases() -> None:
    """One resource alone does not help a service that lacks two of them; room for cases does."""
    city = small_city(7, coupled=True, supply=0.0)
    standing = _standing(city)
    best = cheapest(standing, "D1", service="surgery")[0]
    assert isinstance(best.change, Room)
    assert best.served == pytest.approx(city.need[0, 2].sum())


def test_an_offer_can_be_the_cheapest_change() -> None:
    """Where more surge counts next to nothing, it is proposed where it serves."""
    city = featured_city(0)
    waiting, surge = city.features
    assert isinstance(surge, Surge)
    free = replace(surge, gives=np.full((2, 3), 9.0), price=np.zeros(2))
    standing = _standing(replace(city, features=(waiting, free)))
    best = cheapest(standing, "D1", service="ward", costs=Costs(surge=0.001))[0]
    assert best.change == MoreOffered("surge", 0, 1)
