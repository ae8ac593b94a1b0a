"""Every kind of fault: the file, the row, the column, and what to do; all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import Fault, InputError
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

FACILITY_HEADER = (
    "facility_id,name,type,city,state,county,latitude,longitude,"
    "staffed_beds,staffed_icu_beds,licensed_beds,bed_occupancy,icu_occupancy\n"
)
DISTRICT_HEADER = "district_id,name,state,latitude,longitude,population,population_65plus\n"
NORTH = "D1,North,FL,28.0,-82.0,1000,200\n"
MERCY = "F1,Mercy,GENERAL ACUTE CARE,Town,FL,NORTH,28.0,-82.0,100,10,120,0.7,0.8\n"


def refusal(folder: Path) -> tuple[Fault, ...]:
    """Read a spoiled region and return its faults."""
    with pytest.raises(InputError) as caught:
        read_region(folder)
    return caught.value.faults


@pytest.mark.parametrize(
    ("files", "place", "what", "remedy"),
    [
        pytest.param(
            {"facilities": None},
            "facilities.csv",
            "the file is missing",
            "put this file into the folder",
            id="missing file",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER.replace(",population,", ",people,") + NORTH},
            "districts.csv, row 1, column population",
            "the column is missing",
            "add a column population: people who live there",
            id="missing column",
        ),
        pytest.param(
            {"facilities": FACILITY_HEADER + MERCY.replace(",100,", ",many,")},
            "facilities.csv, row 2, column staffed_beds",
            "this is not a number",
            "write a plain number such as 12.5",
            id="text in a number",
        ),
        pytest.param(
            {"facilities": FACILITY_HEADER + MERCY.replace(",100,", ",inf,")},
            "facilities.csv, row 2, column staffed_beds",
            "this is not a number",
            "write a plain number such as 12.5",
            id="infinite number",
        ),
        pytest.param(
            {"facilities": FACILITY_HEADER + MERCY.replace(",100,", ",-1,")},
            "facilities.csv, row 2, column staffed_beds",
            "this number is negative",
            "write 0 or more",
            id="negative beds",
        ),
        pytest.param(
            {"facilities": FACILITY_HEADER + MERCY.replace(",0.7,", ",-0.7,")},
            "facilities.csv, row 2, column bed_occupancy",
            "this number is negative",
            "write 0 or more",
            id="negative occupancy",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER + NORTH.replace("1000", "-5")},
            "districts.csv, row 2, column population",
            "this number is negative",
            "write 0 or more",
            id="negative population",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER + NORTH + NORTH},
            "districts.csv, row 3, column district_id",
            "this key stands already in row 2",
            "keep one of the two rows",
            id="duplicate key",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER + NORTH + NORTH.replace("D1", " ")},
            "districts.csv, row 3, column district_id",
            "the cell is empty",
            "fill it in, or delete the row: key of the district",
            id="empty key",
        ),
        pytest.param(
            {"travel": "district_id,facility_id,minutes\nD9,F1,5\n"},
            "travel.csv, row 2, column district_id",
            "this key is not listed",
            "list it in districts.csv, or correct the key",
            id="unknown district",
        ),
        pytest.param(
            {"supply": "facility_id,resource_id,staffed\nF9,ward_bed,5\n"},
            "supply.csv, row 2, column facility_id",
            "this key is not listed",
            "list it in facilities.csv",
            id="unknown facility",
        ),
        pytest.param(
            {"supply": "facility_id,resource_id,staffed\nF1,nurse,5\n"},
            "supply.csv, row 2, column resource_id",
            "this key is not listed",
            "list it in services.csv",
            id="unknown resource",
        ),
        pytest.param(
            {"demand": "district_id,service_id,cases\nD1,dialysis,5\n"},
            "demand.csv, row 2, column service_id",
            "this key is not listed",
            "list it in services.csv",
            id="unknown service",
        ),
        pytest.param(
            {"demand": "district_id,service_id,date,cases\nD1,ward,30.2.2026,5\n"},
            "demand.csv, row 2, column date",
            "this is not a date",
            "write year, month and day, such as 2026-06-27",
            id="no date",
        ),
        pytest.param(
            {"weekly_admissions": "week_ending,influenza_admissions\n2026-06-31,5\n"},
            "weekly_admissions.csv, row 2, column week_ending",
            "this is not a date",
            "write year, month and day, such as 2026-06-27",
            id="no such day",
        ),
        pytest.param(
            {"weekly_admissions": "week_ending,influenza_admissions\n2026-06-27,some\n"},
            "weekly_admissions.csv, row 2, column influenza_admissions",
            "this is not a number",
            "write a plain number such as 12.5",
            id="text in admissions",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER},
            "districts.csv",
            "the file has no rows",
            "write at least one row; each is an area whose people need care",
            id="empty region",
        ),
        pytest.param(
            {"districts": ""},
            "districts.csv",
            "the file is empty",
            "write a header and one line for each row",
            id="empty file",
        ),
        pytest.param(
            {"districts": b"\xff\xfe\x00d"},
            "districts.csv",
            "the file is neither UTF-8 nor GB18030 text",
            "save it again as CSV in UTF-8",
            id="bad encoding",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER + NORTH + "D2,South,FL\n"},
            "districts.csv, row 3",
            "the row has 3 cells, but the header has 7",
            "add or remove commas",
            id="ragged row",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER + NORTH + 'D2,"South,FL,28,-82,5,1\n'},
            "districts.csv, row 3",
            "the quotation marks do not match",
            "close each quoted cell",
            id="open quote",
        ),
        pytest.param(
            {"districts": (DISTRICT_HEADER + NORTH).replace(",", ";")},
            "districts.csv, row 1",
            "the columns are not separated by commas",
            "save the file with commas",
            id="semicolons",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER.replace("name", "district_id") + NORTH},
            "districts.csv, row 1, column district_id",
            "the column stands there twice",
            "keep one of the columns",
            id="double column",
        ),
        pytest.param(
            {"outlines": '{"features": [}'},
            "districts.geojson, row 1",
            "this is not JSON",
            "write a GeoJSON FeatureCollection",
            id="no JSON",
        ),
        pytest.param(
            {
                "services": "service_id,name,stay_days,severity,resource_id,units\n"
                "ward,Ward,4,1,ward_bed,1\nward,Ward,5,1,nurse,0.2\n"
            },
            "services.csv, row 3, column stay_days",
            "the service has another value in row 2",
            "write the same value in all rows",
            id="two stays",
        ),
        pytest.param(
            {
                "services": "service_id,name,stay_days,severity,resource_id,units\n"
                "ward,Ward,400,1,ward_bed,1\n"
            },
            "services.csv, row 2, column stay_days",
            "this number is out of range",
            "write a number between 0.01 and 365",
            id="stay out of range",
        ),
        pytest.param(
            {
                "indicators": "indicator_id,name,unit,direction,period_end,value\n"
                "x,X,u,?,2026-06-27,1\n"
            },
            "indicators.csv, row 2, column direction",
            "this is not a direction",
            "write up, down or neutral",
            id="no direction",
        ),
        pytest.param(
            {
                "indicators": "indicator_id,name,unit,period_end,value\nflu,Flu,u,2026-06-27,1\n",
                "weekly_admissions": "week_ending,flu\n2026-06-27,1\n",
            },
            "indicators.csv, row 2, column indicator_id",
            "weekly_admissions.csv has this indicator too",
            "keep it in one of the two files",
            id="indicator told twice",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER + NORTH.replace("28.0", "128")},
            "districts.csv",
            "no district is left",
            "give at least one district its latitude and longitude",
            id="nobody on the globe",
        ),
        pytest.param(
            {"districts": DISTRICT_HEADER + NORTH.replace("1000,200", ",")},
            "districts.csv, column population",
            "nobody lives in any district, so the base load cannot be spread",
            "fill in the people of at least one district, or add demand.csv",
            id="nobody lives there",
        ),
        pytest.param(
            {"facilities": FACILITY_HEADER + MERCY.replace("GENERAL ACUTE CARE", "PSYCHIATRIC")},
            "facilities.csv",
            "no facility takes any service",
            "give a facility for everybody its staffed beds",
            id="nothing to plan",
        ),
        pytest.param(
            {"facilities": FACILITY_HEADER + MERCY.replace(",FL,", ",GA,")},
            "facilities.csv",
            "no facility is left",
            "give at least one facility a position",
            id="no facility left",
        ),
    ],
)
def test_each_fault_tells_its_place_and_remedy(
    write: Write, files: dict[str, str], place: str, what: str, remedy: str
) -> None:
    """A fault names file, row and column, says what is wrong and what to do."""
    faults = refusal(write(**files))
    found = [fault for fault in faults if str(fault.where) == place]
    assert found, [str(fault) for fault in faults]
    assert what in str(found[0].what)
    assert remedy in str(found[0].remedy)


def test_faults_of_all_files_are_raised_at_once(write: Write) -> None:
    """Three spoiled files give one error with the faults of all three."""
    folder = write(
        facilities=FACILITY_HEADER + MERCY.replace(",100,", ",many,").replace("F1", ""),
        districts=DISTRICT_HEADER + NORTH.replace("1000", "-5"),
        travel="district_id,facility_id,minutes\nD1,F9,x\n",
    )
    assert [str(fault.where) for fault in refusal(folder)] == [
        "facilities.csv, row 2, column facility_id",
        "facilities.csv, row 2, column staffed_beds",
        "districts.csv, row 2, column population",
        "travel.csv, row 2, column minutes",
    ]


def test_faults_come_by_file_and_row(write: Write) -> None:
    """However they are found: header, cells, doubled keys and unknown keys in one order."""
    folder = write(
        districts=DISTRICT_HEADER + NORTH + "D2,South\n" + NORTH + NORTH.replace("1000", "-5"),
        travel="district_id,facility_id,minutes\nD9,F1,5\nD1,F1,-1\n",
        outlines="[]",
    )
    assert [(str(fault.where.source), fault.where.row) for fault in refusal(folder)] == [
        ("districts.csv", 3),
        ("districts.csv", 4),
        ("districts.csv", 5),
        ("districts.csv", 5),
        ("travel.csv", 2),
        ("travel.csv", 3),
        ("districts.geojson", None),
    ]


@pytest.mark.parametrize(
    ("files", "column"),
    [
        ({"travel": "district,facility_id,minutes\nD1,F1,5\nD2,F1,5\n"}, "district_id"),
        ({"travel": "district_id,facility,minutes\nD1,F1,5\nD1,F2,5\n"}, "facility_id"),
        (
            {"indicators": "name,unit,period_end,value\nA,u,2026-06-27,1\nB,u,2026-06-27,1\n"},
            "indicator_id",
        ),
        ({"weekly_admissions": "saturday,flu\n2026-06-20,1\n2026-06-27,1\n"}, "week_ending"),
        (
            {
                "services": "service,name,stay_days,severity,resource_id,units\n"
                "a,A,4,1,ward_bed,1\nb,B,5,1,ward_bed,1\n"
            },
            "service_id",
        ),
        (
            {
                "services": "service_id,name,severity,resource_id,units\n"
                "a,A,1,ward_bed,1\na,A,1,icu_bed,1\n"
            },
            "stay_days",
        ),
    ],
)
def test_a_missing_key_has_no_consequences(
    write: Write, files: dict[str, str], column: str
) -> None:
    """Without its key no row is called doubled or contradictory: the column is the one fault."""
    (fault,) = refusal(write(**files))
    assert (fault.where.row, fault.where.column) == (1, column)


def test_dates_that_are_refused_are_not_doubled(write: Write) -> None:
    """Two bad dates of a district are two faults; the same cell twice is a doubled key too."""
    demand = "district_id,service_id,date,cases\n"
    demand += "D1,ward,1.7.2026,5\nD1,ward,2.7.2026,5\nD2,ward,NA,5\nD2,ward,,5\n"
    assert [(fault.where.row, str(fault.what)) for fault in refusal(write(demand=demand))] == [
        (2, "this is not a date"),
        (3, "this is not a date"),
        (5, "this key stands already in row 4"),
    ]


def test_empty_keys_are_not_doubled(write: Write) -> None:
    """Two rows without the date they need are two faults."""
    text = "indicator_id,name,unit,period_end,value\nw,W,h,,1\nw,W,h,,2\n"
    assert [(fault.where.row, str(fault.what)) for fault in refusal(write(indicators=text))] == [
        (2, "the cell is empty"),
        (3, "the cell is empty"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_zero_bytes_are_told_with_their_row(write: Write, end: str) -> None:
    """The file is UTF-8 for all that, so its other faults are told as well."""
    text = DISTRICT_HEADER + NORTH.replace("North", "No\0rth\0") + NORTH.replace("1000", "-5")
    faults = refusal(write(districts=text.replace("\n", end)))
    assert [(fault.where.row, str(fault.what)) for fault in faults] == [
        (2, "the file holds zero bytes (0x00), which no text has: 2"),
        (3, "this number is negative"),
        (3, "this key stands already in row 2"),
    ]


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (
            {"districts": DISTRICT_HEADER + NORTH.replace("D1", "=D1")},
            "districts.csv, row 2, column district_id",
        ),
        (
            {"districts": DISTRICT_HEADER + NORTH.replace("D1", "D\x1b1")},
            "districts.csv, row 2, column district_id",
        ),
        (
            {
                "services": "service_id,name,stay_days,severity,resource_id,units\n"
                "ward,Ward,4,1,@bed,1\n"
            },
            "services.csv, row 2, column resource_id",
        ),
        (
            {"indicators": "indicator_id,name,unit,period_end,value\n+w,W,h,2026-06-27,1\n"},
            "indicators.csv, row 2, column indicator_id",
        ),
        (
            {"weekly_admissions": "week_ending,-flu\n2026-06-27,1\n"},
            "weekly_admissions.csv, row 1",
        ),
        (
            {
                "outlines": '{"features": [{"properties": {"district_id": "\\u202eD"}, "geometry": '
                '{"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}}]}'
            },
            "districts.geojson",
        ),
    ],
)
def test_an_odd_key_is_one_fault(write: Write, files: dict[str, str], place: str) -> None:
    """A key is not cleaned, for other files may mean it; those that do are not accused."""
    travel = "district_id,facility_id,minutes\n=D1,F1,5\n" if "=D1" in str(files) else None
    (fault,) = refusal(write(travel=travel, **files))
    assert str(fault.where) == place
    assert str(fault.what).startswith("the key begins with = + - or @")


def test_a_missing_file_accuses_no_other(write: Write) -> None:
    """Without districts.csv the keys in travel.csv are not called unknown."""
    folder = write(districts=None, travel="district_id,facility_id,minutes\nD1,F1,4\n")
    (fault,) = refusal(folder)
    assert str(fault.where) == "districts.csv"


def test_a_missing_column_is_one_fault(write: Write) -> None:
    """A column that must be filled is refused once, not once for each row."""
    folder = write(travel="district_id,facility_id\nD1,F1\nD2,F1\n")
    (fault,) = refusal(folder)
    assert str(fault.where) == "travel.csv, row 1, column minutes"


def test_no_such_folder(tmp_path: Path) -> None:
    """A folder that is not there is refused by name."""
    (fault,) = refusal(tmp_path / "nowhere")
    assert str(fault.what) == "there is no such folder"
    assert str(fault.where.source).endswith("nowhere")


def test_a_file_is_no_folder(write: Write) -> None:
    """A file of the region in the place of its folder is told apart from nothing at all."""
    (fault,) = refusal(write() / "districts.csv")
    assert str(fault.what) == "this is a file, not a folder"
    assert str(fault.remedy) == "name a folder with the region's files"


def test_a_region_that_is_right_is_read_in_the_order_of_its_files(write: Write) -> None:
    """The small region has its two facilities, two districts, default services, and sources."""
    region = read_region(write())
    assert region.name == "region"
    assert [item.id for item in region.facilities] == ["F1", "F2"]
    assert [item.id for item in region.districts] == ["D1", "D2"]
    assert [item.district_id for item in region.facilities] == ["D1", "D2"]
    assert [item.id for item in region.services] == ["ward", "icu"]
    assert [source.file for source in region.sources] == ["facilities.csv", "districts.csv"]
    assert [source.rows for source in region.sources] == [2, 2]
    assert region.repairs == ()


def test_an_unknown_column_is_listed(write: Write) -> None:
    """A header that means nothing to us is listed, so that a misspelled one is seen."""
    folder = write(
        districts=DISTRICT_HEADER.replace("\n", ",mayor\n") + NORTH.replace("\n", ",Ann\n")
    )
    (repair,) = [item for item in read_region(folder).repairs if item.rule is Rule.COLUMN_UNREAD]
    assert str(repair.where) == "districts.csv, row 1, column mayor"


def test_sources_are_as_old_as_their_latest_date(write: Write) -> None:
    """A dated file is of its latest day; days of demand lie ahead and do not date the file."""
    folder = write(
        weekly_admissions="week_ending,flu\n2026-06-27,1\n2026-06-20,1\n",
        demand="district_id,service_id,date,cases\nD1,ward,2030-01-01,5\n",
    )
    ages = {source.file: source.as_of for source in read_region(folder).sources}
    assert str(ages["weekly_admissions.csv"]) == "2026-06-27"
    assert ages["demand.csv"] is None
    assert ages["facilities.csv"] is None
