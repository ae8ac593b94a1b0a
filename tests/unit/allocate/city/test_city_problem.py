"""A problem refuses what means nothing, and finds its journeys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.features.waiting import Waiting

CITY = small_city(1)
NEED_OF_ONE = np.zeros(CITY.need.shape)
NEED_OF_ONE[1, 1, 2] = 1.0
NO_SERVICE_3 = np.array([[4.0, 0], [0, 2.5], [0, 0]])


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        (
            {"districts": ("D1", "D1", "D3", "D4")},
            "districts must hold no key twice, but holds twice D1",
        ),
        ({"periods": ()}, "periods must hold at least one key"),
        ({"need": CITY.need[:2]}, r"need must have shape \(4, 3, 3\), but has \(2, 3, 3\)"),
        ({"need": -CITY.need}, "need must be finite and 0 or more"),
        ({"capacity": CITY.capacity * np.nan}, "capacity must be finite and 0 or more"),
        ({"uses": NO_SERVICE_3}, "service surgery must use a resource"),
        ({"penalty": np.zeros(3)}, "penalty must be above 0"),
        ({"arc_minutes": CITY.arc_minutes[:-1]}, "arc_district must have shape"),
        ({"arc_minutes": CITY.arc_minutes[None]}, r"arc_minutes must have shape \('A',\)"),
        ({"arc_district": CITY.arc_district + 9}, "arc_district must be from 0 to 3"),
        ({"arc_service": CITY.arc_service - 1}, "arc_service must be from 0 to 2, but holds -1"),
        ({"arc_facility": CITY.arc_facility * 1.0}, "arc_facility must hold whole numbers"),
        ({"arc_district": CITY.arc_district * 0}, "journey D1 to H1 for .* occurs twice"),
        (
            {"need": CITY.need - 1e9 * NEED_OF_ONE},
            "0 or more, but holds .* at D2 / icu / 2026-06-30",
        ),
        ({"capacity": [[1.0]]}, "capacity must be a numpy array, but is a list"),
        ({"need": None}, "need must be a numpy array, but is a NoneType"),
        ({"need": CITY.need.astype(str)}, "need must hold numbers, but holds <U"),
        ({"stay": np.ones(3)}, r"stay must have shape \(3, 'L'\), but has \(3,\)"),
        ({"period_days": np.inf}, "period_days must be finite and above 0, but is inf"),
        ({"periods": ("a", "b", "c")}, "periods must hold dates, but holds 'a'"),
        ({"services": ("ward", "", "icu")}, "services must hold names, but holds ''"),
        ({"features": ("fairness",)}, "features must hold features of a city, but hold 'fairness'"),
        ({"periods": CITY.periods[::-1]}, "periods must be in order, but 2026-06-30 comes before"),
    ],
)
def test_what_means_nothing_is_refused(changes: dict[str, Any], named: str) -> None:
    """Each fault is named with what was found."""
    with pytest.raises(ValueError, match=named):
        replace(CITY, **changes)


def test_all_faults_are_named_at_once() -> None:
    """Independent faults come in one error."""
    with pytest.raises(ValueError, match=r"need must.*penalty must.*arc_district must"):
        replace(
            CITY,
            need=CITY.need - 100,
            penalty=CITY.penalty * 0,
            arc_district=CITY.arc_district + 100,
        )


def test_journeys_are_found_by_their_places() -> None:
    """Each journey is found, and what is no journey is -1."""
    places = (CITY.arc_district, CITY.arc_facility, CITY.arc_service)
    assert CITY.journeys(*places).tolist() == list(range(CITY.arc_minutes.size))
    everything = np.indices((4, 3, 3)).reshape(3, -1)
    assert (CITY.journeys(*everything) >= 0).sum() == CITY.arc_minutes.size


def test_a_city_without_roads_has_no_journeys() -> None:
    """Without journeys, every one that is asked for is -1."""
    names = ("arc_district", "arc_facility", "arc_service", "arc_minutes")
    city = replace(CITY, **{name: getattr(CITY, name)[:0] for name in names})
    assert city.journeys(*np.zeros((3, 2), dtype=int)).tolist() == [-1, -1]


def test_parts_of_a_period_of_waiting_are_refused() -> None:
    """They were cut off without a word: a period and a half was one."""
    with pytest.raises(
        ValueError, match=r"longest must hold whole numbers, but holds 1.5 at \[1\]"
    ):
        replace(CITY, features=(Waiting(np.ones(3), np.array([1.0, 1.5, 2.0])),))


def test_lists_and_texts_are_no_numbers_in_features_either() -> None:
    """They are told by their fields, instead of an error of the machine later on."""
    waiting = Waiting([1.0, 1.0, 1.0], np.array(["1", "2", "3"]))  # type: ignore[arg-type]
    fair = MaxMin(Groups.districts(CITY), None)  # type: ignore[arg-type]
    with pytest.raises(
        ValueError, match=r"waiting.price .* a list.*longest .*maxmin.price .* None"
    ):
        replace(CITY, features=(waiting, fair))
    with pytest.raises(ValueError, match=r"groups.of must be a numpy array, but is a list"):
        Groups([0, 0], ("north",))  # type: ignore[arg-type]
