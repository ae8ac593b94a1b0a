"""Tiers, consortia and insurance areas of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.data.region.reader import read_region

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

FACILITIES = """\
facility_id,name,type,state,county,latitude,longitude,staffed_beds,staffed_icu_beds,\
bed_occupancy,icu_occupancy,tier,医共体,insurance_area
F1,Mercy,GENERAL ACUTE CARE,FL,NORTH,28.0,-82.0,100,10,0.7,0.8,3,east,
F2,Grace,GENERAL ACUTE CARE,FL,SOUTH,27.9,-82.0,50,0,0.6,,,west,county
"""
DISTRICTS = """\
district_id,name,state,latitude,longitude,population,population_65plus,consortium,统筹区
D1,North,FL,28.0,-82.0,1000,200,east,county
D2,South,FL,27.9,-82.0,500,50,,
"""
SERVICES = "service_id,name,stay_days,severity,resource_id,units,lowest_tier,first_contact_tier\n"


def test_practice_is_read(write: Write) -> None:
    """Each column is read under either name; what is not filled in is not known."""
    services = SERVICES + "surgery,,3,1,ward_bed,1,,1\nsurgery,,3,1,icu_bed,1,2,1\n"
    region = read_region(write(facilities=FACILITIES, districts=DISTRICTS, services=services))
    assert [each.tier for each in region.facilities] == [3, None]
    assert [each.consortium for each in region.facilities] == ["east", "west"]
    assert [each.insurance_area for each in region.facilities] == ["", "county"]
    assert [each.consortium for each in region.districts] == ["east", ""]
    assert [each.insurance_area for each in region.districts] == ["county", ""]
    surgery = region.services[0]
    tiers = (surgery.lowest_tier, surgery.first_contact_tier, surgery.step_down_tier)
    assert tiers == (2, 1, None)


def test_a_region_without_the_columns_knows_nothing_of_practice(write: Write) -> None:
    """All columns are optional."""
    region = read_region(write())
    assert {(each.tier, each.consortium) for each in region.facilities} == {(None, "")}


def test_all_faults_of_tiers_are_told_at_once(write: Write) -> None:
    """A tier that is none, is not whole, or contradicts another row is named by file and row."""
    services = SERVICES + "surgery,,3,1,ward_bed,1,2,one\nsurgery,,3,1,nurse,1,3,\n"
    odd = FACILITIES.replace(",3,east", ",4,east").replace(",,west", ",1.5,west")
    with pytest.raises(InputError) as caught:
        read_region(write(facilities=odd, districts=DISTRICTS, services=services))
    told = {(str(f.where), str(f.what)) for f in caught.value.faults}
    assert told == {
        ("facilities.csv, row 2, column tier", "this number is out of range"),
        ("facilities.csv, row 3, column tier", "this is not a whole number"),
        ("services.csv, row 2, column first_contact_tier", "this is not a number"),
        ("services.csv, row 3, column lowest_tier", "the service has another value in row 2"),
    }
