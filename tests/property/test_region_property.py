"""Any region that is right is read back as it was written."""

from __future__ import annotations

import csv
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from salus.core.errors import InputError
from salus.core.names import harmless
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region

TEXT = (
    st.text(
        st.characters(codec="gb18030", exclude_categories=("C", "Z")) | st.just(" "), min_size=1
    )
    .map(str.strip)
    .filter(lambda text: text and harmless(text) == text)
)
KEYS = st.lists(TEXT, min_size=1, max_size=5, unique=True)
DEGREES = st.floats(-80, 80).map(lambda value: round(value, 5))
SHARE = st.floats(0, 1).map(lambda value: round(value, 6))


@st.composite
def regions(draw: st.DrawFn) -> tuple[list[list[object]], list[list[object]]]:
    """Draw the rows of districts and of general hospitals in them."""
    districts = []
    for key in draw(KEYS):
        people = draw(st.integers(1, 10**7))
        old = draw(st.integers(0, people))
        districts.append([key, draw(TEXT), "S", draw(DEGREES), draw(DEGREES), people, old])
    facilities = []
    for key in draw(KEYS):
        staffed = draw(st.integers(1, 3000))
        icu = draw(st.integers(0, staffed))
        county = draw(st.sampled_from(districts))[1]
        place = ["GENERAL ACUTE CARE", "S", county, draw(DEGREES), draw(DEGREES)]
        facilities.append([key, draw(TEXT), *place, staffed, icu, draw(SHARE), draw(SHARE)])
    return districts, facilities


def write(path: Path, header: str, rows: list[list[object]], encoding: str) -> None:
    """Write a CSV file."""
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows([header.split(), *rows])


@settings(max_examples=40)
@given(regions(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_was_written_is_read(
    region: tuple[list[list[object]], list[list[object]]], encoding: str
) -> None:
    """Keys, names, people and beds come back in the order of the files, in any encoding."""
    districts, facilities = region
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(
            folder / "districts.csv",
            "district_id name state latitude longitude population population_65plus",
            districts,
            encoding,
        )
        write(
            folder / "facilities.csv",
            "facility_id name type state county latitude longitude "
            "staffed_beds staffed_icu_beds bed_occupancy icu_occupancy",
            facilities,
            encoding,
        )
        found = read_region(folder)
    if encoding != "gb18030":
        assert [[d.id, d.name] for d in found.districts] == [row[:2] for row in districts]
        assert [[f.id, f.name] for f in found.facilities] == [row[:2] for row in facilities]
    assert [
        [d.position.latitude, d.position.longitude, d.population, d.population_65plus]
        for d in found.districts
    ] == [row[3:] for row in districts]
    beds = {(s.facility_id, s.resource_id): s.staffed for s in found.supplies}
    for facility, row in zip(found.facilities, facilities, strict=True):
        ward, icu = beds.get((facility.id, "ward_bed"), 0), beds.get((facility.id, "icu_bed"), 0)
        assert [ward + icu, icu] == row[7:9]


EXTRAS = {
    "travel.csv": "district_id,facility_id,minutes\nAC01,H01,5\nAC02,H02,7\n",
    "services.csv": "service_id,name,stay_days,severity,resource_id,units,facility_types\n"
    "ward,Ward,4,1,ward_bed,1,\n",
    "supply.csv": "facility_id,resource_id,staffed,occupancy\nH01,ward_bed,5,.5\n",
    "demand.csv": "district_id,service_id,date,cases\nAC01,ward,2026-06-28,5\n",
    "indicators.csv": "indicator_id,name,unit,direction,period_end,value\n"
    "wait,Waiting,hours,down,2026-06-01,5\nwait,Waiting,hours,down,2026-06-02,\n",
}
CELLS = st.sampled_from(
    [
        "",
        " ",
        "0",
        "-1",
        "1e308",
        "nan",
        "x",
        "AC01",
        "H01",
        "0001-01-01",
        "9999-12-31",
        '"',
        "\n",
        ";",
    ]
) | st.text(max_size=4)
SPOILT = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12), CELLS), min_size=1, max_size=4)


@settings(max_examples=80)
@given(
    st.sampled_from(["facilities.csv", "districts.csv", "weekly_admissions.csv", *EXTRAS]), SPOILT
)
def test_a_spoilt_region_is_mended_or_refused(
    file: str, spoilt: list[tuple[int, int, str]]
) -> None:
    """Whatever is written into the cells: a region, or an error with advice, never a crash."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(sample_region(), Path(place) / "spoilt"))
        for name, text in EXTRAS.items():
            (folder / name).write_text(text)
        rows = [line.split(",") for line in (folder / file).read_text().splitlines()]
        for row, column, cell in spoilt:
            cells = rows[min(row, len(rows) - 1)]
            cells[min(column, len(cells) - 1)] = cell
        (folder / file).write_text("\n".join(map(",".join, rows)), encoding="utf-8", newline="")
        with suppress(InputError):
            read_region(folder)
