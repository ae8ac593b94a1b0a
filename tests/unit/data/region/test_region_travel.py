"""Journeys: computed, stated, limited, and the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.data.region.reader import read_region
from salus.data.region.travel import journeys
from salus.stats.distances import great_circle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

TRAVEL = "district_id,facility_id,minutes\n"


def found(
    folder: Path, limit: float = 60, nearest: int | None = None
) -> list[tuple[int, int, float]]:
    """List the journeys of a region as district, facility, minutes."""
    result = journeys(read_region(folder), limit, 50, 1.3, nearest)
    return list(
        zip(
            result.district.tolist(), result.facility.tolist(), result.minutes.tolist(), strict=True
        )
    )


def test_time_is_the_great_circle_with_a_detour(write: Write) -> None:
    """11.1 km as the crow flies are 17.3 minutes by road."""
    km = great_circle(np.array([28.0, -82.0]), np.array([27.9, -82.0]))
    minutes = round(float(km) * 1.3 / 50 * 60, 1)
    assert found(write()) == [(0, 0, 0.0), (0, 1, minutes), (1, 1, 0.0), (1, 0, minutes)]


def test_the_limit_cuts(write: Write) -> None:
    """Beyond the limit there is no journey."""
    assert found(write(), limit=10) == [(0, 0, 0.0), (1, 1, 0.0)]


def test_only_the_nearest_are_kept(write: Write) -> None:
    """One facility for each district; equal times go to the first facility."""
    assert [pair[:2] for pair in found(write(), nearest=1)] == [(0, 0), (1, 1)]
    folder = write(travel=TRAVEL + "D1,F1,5\nD1,F2,5\n")
    assert found(folder, nearest=1)[0] == (0, 0, 5.0)


def test_stated_journeys_replace_computed_ones(write: Write) -> None:
    """A pair in travel.csv is taken as it is, others stay computed; the limit holds for both."""
    folder = write(travel=TRAVEL + "D1,F1,12.34\nD2,F1,90\n")
    assert found(folder) == [(0, 0, 12.3), (0, 1, 17.3), (1, 1, 0.0)]


def test_a_facility_that_takes_nothing_is_nobodys_goal(write: Write) -> None:
    """Neither computed nor stated journeys lead to a facility that is not planned."""
    rows = "F0,Mind,PSYCHIATRIC,FL,NORTH,28,-82,9,0,.5,\n"
    rows += "F1,Mercy,GENERAL ACUTE CARE,FL,NORTH,28,-82,9,0,.5,\n"
    header = (
        "facility_id,name,type,state,county,latitude,longitude,"
        "staffed_beds,staffed_icu_beds,bed_occupancy,icu_occupancy\n"
    )
    folder = write(facilities=header + rows, travel=TRAVEL + "D1,F0,1\n")
    assert {facility for _, facility, _ in found(folder, nearest=1)} == {1}


@pytest.mark.parametrize(("limit", "speed", "detour"), [(-1, 50, 1.3), (60, 0, 1.3), (60, 50, 0.5)])
def test_impossible_parameters_are_refused(
    write: Write, limit: float, speed: float, detour: float
) -> None:
    """No journey backwards in time, without speed, or shorter than the great circle."""
    with pytest.raises(ValueError, match="must be at least"):
        journeys(read_region(write()), limit, speed, detour, None)
