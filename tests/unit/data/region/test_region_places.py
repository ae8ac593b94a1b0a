"""Districts and facilities: what is mended and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

DISTRICT_HEADER = "district_id,name,state,latitude,longitude,population,population_65plus\n"
FACILITY_HEADER = (
    "facility_id,name,type,state,county,latitude,longitude,"
    "staffed_beds,staffed_icu_beds,bed_occupancy,icu_occupancy\n"
)


def test_people_are_mended(write: Write) -> None:
    """Nobody, too many old, and unknown old each follow their rule."""
    rows = "A,Full,FL,28,-82,1000,200\nB,None,FL,28,-82,0,0\nC,Old,FL,28,-82,100,300\n"
    rows += "D,Unknown,FL,28,-82,500,\nE,Blank,FL,28,-82,NA,\n"
    region = read_region(write(districts=DISTRICT_HEADER + rows))
    people = [(item.population, item.population_65plus) for item in region.districts]
    assert people == [(1000, 200), (0, 0), (100, 100), (500, 136), (0, 0)]
    listed = [(r.rule, r.where.row) for r in region.repairs if r.where.source == "districts.csv"]
    assert listed == [
        (Rule.NO_PEOPLE, 3),
        (Rule.OLD_CAPPED, 4),
        (Rule.OLD_FROM_SHARE, 5),
        (Rule.NO_PEOPLE, 6),
    ]


def test_a_place_without_a_position_is_left_out(write: Write) -> None:
    """Rows without coordinates, or off the globe, are left out of both files."""
    districts = DISTRICT_HEADER + "A,North,FL,28,-82,9,1\nB,South,FL,,-82,9,1\n"
    facilities = FACILITY_HEADER + "F1,Mercy,GENERAL ACUTE CARE,FL,NORTH,28,-82,9,0,.5,\n"
    facilities += "F2,Grace,GENERAL ACUTE CARE,FL,NORTH,28,-182,9,0,.5,\n"
    region = read_region(write(districts=districts, facilities=facilities))
    assert [item.id for item in region.districts] == ["A"]
    assert [item.id for item in region.facilities] == ["F1"]
    assert [(r.rule, str(r.where), r.left_out) for r in region.repairs] == [
        (Rule.NO_POSITION, "facilities.csv, row 3, column latitude", True),
        (Rule.NO_POSITION, "districts.csv, row 3, column latitude", True),
    ]


def test_rows_about_what_was_left_out_are_left_out(write: Write) -> None:
    """A journey from a district without a position is no fault, but is listed."""
    districts = DISTRICT_HEADER + "A,North,FL,28,-82,9,1\nB,South,FL,,-82,9,1\n"
    travel = "district_id,facility_id,minutes\nB,F1,9\nA,F1,7\n"
    demand = "district_id,service_id,cases\nB,ward,9\nA,ward,3\n"
    region = read_region(write(districts=districts, travel=travel, demand=demand))
    assert region.travel is not None
    assert region.travel.minutes.tolist() == [7]
    assert region.demand is not None
    assert region.demand.cases.tolist() == [3]
    left = [str(r.where) for r in region.repairs if r.rule is Rule.ROW_OF_LEFT_OUT]
    assert left == [
        "travel.csv, row 2, column district_id",
        "demand.csv, row 2, column district_id",
    ]


def test_a_facility_in_a_state_without_districts_is_left_out(write: Write) -> None:
    """A territory without districts takes no part."""
    facilities = FACILITY_HEADER + "F1,Mercy,GENERAL ACUTE CARE,FL,NORTH,28,-82,9,0,.5,\n"
    facilities += "F2,Isle,GENERAL ACUTE CARE,GU,GUAM,13,144,9,0,.5,\n"
    region = read_region(write(facilities=facilities))
    assert [item.id for item in region.facilities] == ["F1"]
    (repair,) = region.repairs
    assert (repair.rule, repair.left_out) == (Rule.NO_DISTRICTS, True)


def test_a_place_without_a_name_is_called_by_its_key(write: Write) -> None:
    """An empty name is listed, and the key stands for it."""
    region = read_region(write(districts=DISTRICT_HEADER + "A,,FL,28,-82,9,1\n"))
    assert region.districts[0].name == "A"
    assert Rule.NAME_FROM_KEY in {repair.rule for repair in region.repairs}


def test_names_that_could_steer_what_shows_them_are_cleaned(write: Write) -> None:
    """Each is listed by its cell; districts are found by what is left of their names."""
    districts = DISTRICT_HEADER + "A,=North,FL,28,-82,9,1\n"
    facilities = FACILITY_HEADER + '"F1","Mercy\x1b[2J\n Hall",+GENERAL ACUTE CARE,FL,@NORTH,'
    facilities += "28,-82,9,0,.5,\nF2,-,GENERAL ACUTE CARE,FL,NORTH,28,-82,9,0,.5,\n"
    region = read_region(write(districts=districts, facilities=facilities))
    assert region.districts[0].name == "North"
    assert [item.name for item in region.facilities] == ["Mercy [2J Hall", "F2"]
    assert [item.district_id for item in region.facilities] == ["A", "A"]
    assert [(r.rule, str(r.where)) for r in region.repairs] == [
        (Rule.SIGNS_LEFT_OUT, "facilities.csv, row 2, column name"),
        (Rule.SIGNS_LEFT_OUT, "facilities.csv, row 2, column type"),
        (Rule.SIGNS_LEFT_OUT, "facilities.csv, row 2, column county"),
        (Rule.SIGNS_LEFT_OUT, "facilities.csv, row 4, column name"),
        (Rule.NAME_FROM_KEY, "facilities.csv, row 4, column name"),
        (Rule.SIGNS_LEFT_OUT, "districts.csv, row 2, column name"),
    ]
    assert str(region.repairs[0].what).endswith("which leaves Mercy [2J Hall")
    assert str(region.repairs[3].what).endswith("which leaves nothing")


def test_a_header_that_is_not_known_is_cleaned(write: Write) -> None:
    """It is listed as not read, in words that are safe to show."""
    rows = DISTRICT_HEADER.replace("\n", ",=A\x1b1\n") + "A,North,FL,28,-82,9,1,x\n"
    unread = [r for r in read_region(write(districts=rows)).repairs if r.rule is Rule.COLUMN_UNREAD]
    assert [repair.where.column for repair in unread] == ["a 1"]


def test_a_county_that_is_not_listed_is_repaired_by_row(write: Write) -> None:
    """The repair stands at the county's cell."""
    facilities = FACILITY_HEADER + "F1,Mercy,GENERAL ACUTE CARE,FL,NROTH,28,-82,9,0,.5,\n"
    (repair,) = read_region(write(facilities=facilities)).repairs
    assert (repair.rule, str(repair.where)) == (
        Rule.COUNTY_NEAREST,
        "facilities.csv, row 2, column county",
    )
