"""What is wrong in two real regions, counted in the files and again in the repairs."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from salus.data.region.counties import plain_name
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.region import Region

pytestmark = pytest.mark.shared
TERRITORIES = {"AS", "GU", "MP", "PW", "VI"}


@pytest.fixture(scope="module")
def florida(shared: Path) -> Region:
    """Read Florida once."""
    return read_region(shared / "regions" / "florida")


@pytest.fixture(scope="module")
def us(shared: Path) -> Region:
    """Read the United States once."""
    return read_region(shared / "regions" / "us")


def cells(shared: Path, region: str, file: str) -> list[dict[str, str]]:
    """Read a file as it is."""
    with (shared / "regions" / region / file).open(newline="") as stream:
        return list(csv.DictReader(stream))


def counted(region: Region) -> Counter[Rule]:
    """Count the repairs by rule."""
    return Counter(repair.rule for repair in region.repairs)


def test_florida_has_its_places(florida: Region) -> None:
    """350 facilities and 67 districts with outlines, all kept, and 230 weeks."""
    assert len(florida.facilities) == 350
    assert len(florida.districts) == 67
    assert all(district.outline for district in florida.districts)
    assert len(florida.series[0].dates) == 230
    assert [str(source.as_of) for source in florida.sources] == [
        "None",
        "None",
        "2026-06-27",
        "None",
    ]


def test_florida_as_it_is(shared: Path) -> None:
    """49 have no staffed beds: 4 are written as 0, and of 45 empty cells 36 have a licence."""
    rows = cells(shared, "florida", "facilities.csv")
    without = [row for row in rows if not float(row["staffed_beds"] or 0)]
    empty = [row for row in without if not row["staffed_beds"]]
    assert (len(without), len(empty)) == (49, 45)
    assert sum(float(row["licensed_beds"] or 0) > 0 for row in empty) == 36
    assert sum(row["type"] != "GENERAL ACUTE CARE" for row in rows) == 118


def test_florida_mended(florida: Region) -> None:
    """36 get beds from their licence, 118 serve restricted groups, 5 others have no beds."""
    assert counted(florida) == {
        Rule.RESTRICTED: 118,
        Rule.BEDS_FROM_LICENCE: 36,
        Rule.OCCUPANCY_UNKNOWN: 36,
        Rule.NO_ICU_BEDS: 36,
        Rule.NO_BEDS: 5,
        Rule.WARD_OCCUPANCY_CLIPPED: 1,
    }


def test_us_counties_before_and_after_reading_them_kindly(shared: Path) -> None:
    """24 names match no district as written; three of them differ by ST. and SAINT only.

    Twelve more are found in spite of accents, spaces and CITY; three are misspelled, one is of two
    districts that were one, and five are of the eight facilities in territories without districts.
    """
    districts = cells(shared, "us", "districts.csv")
    written = {(row["state"], row["name"].upper()) for row in districts}
    spelled = {(row["state"], plain_name(row["name"])) for row in districts}
    rows = cells(shared, "us", "facilities.csv")
    names = {(row["state"], row["county"]) for row in rows} - written
    assert len(names) == 24
    saints = {name for name in names if name[1].startswith(("SAINT ", "ST "))}
    assert sorted(saints) == [("IN", "ST JOSEPH"), ("LA", "SAINT BERNARD"), ("WI", "SAINT CROIX")]
    lost = {name for name in names if (name[0], plain_name(name[1])) not in spelled}
    assert sorted(name for name in lost if name[0] not in TERRITORIES) == [
        ("AK", "WRANGELL-PETERSBURG"),
        ("AL", "MONGOMERY"),
        ("MN", "PENNINTON"),
        ("PA", "PHILADELPHI"),
    ]
    assert len(names - lost - saints) == 12
    assert len({name for name in names if name[0] in TERRITORIES}) == 5
    assert sum(row["state"] in TERRITORIES for row in rows) == 8


def test_us_mended(us: Region) -> None:
    """Each rule is followed as often as the files give reason; two names hold a control sign."""
    assert counted(us) == {
        Rule.NO_ICU_BEDS: 2805,
        Rule.RESTRICTED: 1914,
        Rule.OCCUPANCY_UNKNOWN: 1367,
        Rule.BEDS_FROM_LICENCE: 824,
        Rule.NO_BEDS: 93,
        Rule.NO_PEOPLE: 81,
        Rule.COUNTY_SPELLED: 68,
        Rule.OCCUPANCY_CAPPED: 37,
        Rule.COUNTY_SHARED: 36,
        Rule.WARD_OCCUPANCY_CLIPPED: 13,
        Rule.NO_DISTRICTS: 8,
        Rule.COUNTY_NEAREST: 5,
        Rule.SIGNS_LEFT_OUT: 2,
    }
    capped = Counter(
        repair.where.column for repair in us.repairs if repair.rule is Rule.OCCUPANCY_CAPPED
    )
    assert capped == {"bed_occupancy": 15, "icu_occupancy": 22}
    assert len(us.facilities) == 7154 - 8
    assert len(us.districts) == 3221
