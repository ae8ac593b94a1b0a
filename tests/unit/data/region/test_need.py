"""The cases of an ordinary day, told by how full the beds are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.data.region.need import age_weights, base_cases
from salus.data.region.reader import read_region

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

HEADER = (
    "facility_id,name,type,state,county,latitude,longitude,"
    "staffed_beds,staffed_icu_beds,bed_occupancy,icu_occupancy\n"
)


def rows(*beds: str, kind: str = "GENERAL ACUTE CARE") -> str:
    """Write facilities with staffed and ICU beds and occupancies."""
    lines = [f"F{i},M,{kind},FL,NORTH,28,-82,{row}\n" for i, row in enumerate(beds)]
    return HEADER + "".join(lines)


def test_cases_are_beds_times_occupancy_over_stay(write: Write) -> None:
    """92 ward beds at 50 % are 10 cases a day of 4.6 days, spread by weighted people."""
    need = base_cases(read_region(write(facilities=rows("92,0,.5,"))))
    weights = np.array([1000 + 2 * 200, 500 + 2 * 50])
    np.testing.assert_allclose(need.cases[:, 0], 10 * weights / weights.sum())


def test_people_of_65_and_over_count_three_times(write: Write) -> None:
    """1,000 people with 200 old weigh 1,400."""
    np.testing.assert_allclose(age_weights(read_region(write())), [0.7, 0.3])


def test_beds_of_unknown_occupancy_count_with_the_mean(write: Write) -> None:
    """46 such beds beside 92 at 50 % need half as many again, and it is said."""
    need = base_cases(read_region(write(facilities=rows("92,0,.5,", "46,0,,"))))
    assert need.cases[:, 0].sum() == pytest.approx(15)
    assert any("46 beds of unknown occupancy" in str(said) for said in need.assumptions)


def test_a_restricted_facility_tells_nothing(write: Write) -> None:
    """Beds that are not planned do not make need."""
    text = rows("92,0,.5,") + "P,Mind,PSYCHIATRIC,FL,NORTH,28,-82,500,0,.9,\n"
    assert base_cases(read_region(write(facilities=text))).cases[:, 0].sum() == pytest.approx(10)


def test_without_any_occupancy_nothing_is_invented(write: Write) -> None:
    """A service of which no occupancy is known needs nothing, and it is said."""
    need = base_cases(read_region(write(facilities=rows("92,4,.5,"))))
    assert need.cases[:, 1].sum() == 0
    assert any(
        str(said) == "intensive care: no occupancy is known. Not planned: no data."
        for said in need.assumptions
    )


def test_services_that_share_a_resource_share_its_use(write: Write) -> None:
    """Two services on 92 ward beds at 50 % have 23 beds each."""
    services = "service_id,name,stay_days,severity,resource_id,units\n"
    services += "a,A,4.6,1,ward_bed,1\nb,B,2.3,1,ward_bed,1\n"
    need = base_cases(read_region(write(facilities=rows("92,0,.5,"), services=services)))
    np.testing.assert_allclose(need.cases.sum(axis=0), [5, 10])
    assert any("equal parts" in str(said) for said in need.assumptions)


def test_a_region_without_people_needs_nothing(write: Write) -> None:
    """Nobody to be ill."""
    districts = "district_id,name,state,latitude,longitude,population,population_65plus\n"
    demand = "district_id,service_id,cases\nA,ward,0\n"
    region = read_region(write(districts=districts + "A,North,FL,28,-82,0,0\n", demand=demand))
    assert base_cases(region).cases.sum() == 0
