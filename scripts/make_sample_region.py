"""Make the sample region: a coast that does not exist, the same at each call.

Usage: ``make_sample_region.py FOLDER``; in the repository, ``src/salus/data/region/sample``.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, timedelta
from itertools import pairwise
from math import cos, exp, radians
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np

SEED = 2
STATE = "Amber Coast"
ORIGIN = (44.0, -34.0)
KM_PER_DEGREE = 111.2
WIDTH, HEIGHT = 26.0, 27.0
BENDS = 6

# From north to south, and in each row from the coast inland: name, people, people of 65 and over.
DISTRICTS = (
    (("Northcape", 64_210, 14_890), ("Elmfield", 47_930, 10_340), ("Highmoor Reserve", 0, 0)),
    (("Gull Bay", 118_460, 24_770), ("Millbrook", 96_120, 16_250), ("Pinewood", 41_380, 9_910)),
    (
        ("Harbourgate", 402_850, 56_400),
        ("Oldtown", 231_740, 37_080),
        ("Kingsbridge", 88_290, 15_900),
    ),
    (
        ("Southsand", 127_330, 31_820),
        ("St. Brendan", 74_050, 14_070),
        ("Farrow Hills", 36_140, 8_320),
    ),
)

# Name, type, county as somebody wrote it, row and column of the district, km east and north of its
# middle, then staffed beds, ICU beds, licensed beds, occupancy of all beds and of ICU beds. The
# blemishes are meant: they show what the reader repairs.
GENERAL, RURAL = "GENERAL ACUTE CARE", "CRITICAL ACCESS"
FACILITIES = (
    ("Harbourgate General", GENERAL, "HARBOURGATE", 2, 0, 2, 1, 640, 84, 700, 0.742, 0.781),
    ("Amber University Hospital", GENERAL, "HARBOUR GATE", 2, 0, 6, -4, 560, 78, 612, 0.731, 0.802),
    ("Oldtown Infirmary", GENERAL, "OLDTOWN", 2, 1, -3, 2, 396, 44, 430, 0.718, 0.744),
    ("Gull Bay Hospital", GENERAL, "GULL BAY", 1, 0, 1, -2, 214, 26, 240, 0.684, 0.716),
    ("Millbrook Community Hospital", GENERAL, "MILLBROOK", 1, 1, 2, 3, 168, 15, 180, 0.702, 1.04),
    ("Northcape Memorial", GENERAL, "NORTHCAPE", 0, 0, 3, -3, 98, 10, 112, 0.643, 0.655),
    ("Elmfield Cottage Hospital", RURAL, "ELMFIELD", 0, 1, 0, -1, 38, None, 40, 0.512, None),
    ("Pinewood Rural Hospital", RURAL, "PINEWOOD", 1, 2, -4, 0, 36, 0, 40, None, None),
    ("Kingsbridge Regional", GENERAL, "KINGBRIDGE", 2, 2, -2, 1, 176, 18, 190, 0.697, 0.728),
    ("Southsand General", GENERAL, "SOUTHSAND", 3, 0, 0, 2, 232, 24, 260, 0.756, 0.79),
    ("St Brendan's Hospital", GENERAL, "SAINT BRENDAN", 3, 1, 1, 0, 118, 12, 132, 0.711, 0.7),
    ("Farrow Hills Clinic", RURAL, "FARROW HILLS", 3, 2, 2, -3, None, None, 38, None, None),
    (
        "Seaview Psychiatric Hospital",
        "PSYCHIATRIC",
        "SOUTHSAND",
        3,
        0,
        -3,
        5,
        92,
        0,
        100,
        0.88,
        None,
    ),
    ("Old Quay Hospital", GENERAL, "OLDTOWN", 2, 1, 4, -5, None, None, None, None, None),
)

# Winters: the week of the peak, admissions in it, and how many weeks it is wide.
WAVES = (
    (date(2022, 1, 29), 62, 4.0),
    (date(2022, 12, 10), 205, 3.2),
    (date(2023, 12, 30), 248, 3.6),
    (date(2025, 2, 1), 620, 3.4),
    (date(2026, 1, 3), 262, 3.8),
)
SUMMER = 11
FIRST_WEEK, LAST_WEEK = date(2022, 1, 1), date(2026, 6, 27)
MISSING_WEEK, EMPTY_WEEK = date(2023, 7, 8), date(2024, 8, 17)

README = """This region is made up. No such coast, people, hospitals or figures exist.

It ships with Salus so that everything can be tried without data. It has deliberate blemishes
(beds that are not known, an occupancy above 1, counties spelled in other ways, a missing week), so
that the repairs can be seen. scripts/make_sample_region.py made it, from a fixed seed.
"""

Point = tuple[float, float]


def main(folder: Path) -> None:
    """Write all files of the region."""
    corners = lattice()
    write(folder / "districts.csv", district_rows(corners))
    write(folder / "facilities.csv", facility_rows(corners))
    write(folder / "weekly_admissions.csv", weekly_rows())
    document = {"type": "FeatureCollection", "features": features(corners)}
    text = json.dumps(document, indent=None, separators=(",", ":"))
    (folder / "districts.geojson").write_text(
        text.replace('{"type":"Feature"', '\n{"type":"Feature"') + "\n"
    )
    (folder / "README.txt").write_text(README)


def lattice() -> dict[Point, Point]:
    """Place the corners of the districts, each a little off a grid, km east and north."""
    rng = stream(SEED, "sample corners")
    return {
        (row, column): (
            WIDTH * column + float(rng.uniform(-4, 4)),
            -HEIGHT * row + float(rng.uniform(-4, 4)),
        )
        for row in range(5)
        for column in range(4)
    }


def border(corners: dict[Point, Point], start: Point, end: Point) -> list[Point]:
    """Bend the border between two corners; a coast is rougher than a border inland."""
    if start > end:
        return border(corners, end, start)[::-1]
    coast = start[1] == end[1] == 0
    rng = stream(SEED, f"sample border {start} {end}")
    points = [corners[start], corners[end]]
    reach = 0.32 if coast else 0.12
    while len(points) <= (2 * BENDS if coast else BENDS):
        points = bent(points, reach, rng)
        reach *= 0.8
    return points


def bent(points: list[Point], reach: float, rng: np.random.Generator) -> list[Point]:
    """Push the middle of each stretch to its side, by a share of its length."""
    bends = []
    for (x0, y0), (x1, y1) in pairwise(points):
        push = float(rng.uniform(-reach, reach))
        bends += [(x0, y0), ((x0 + x1) / 2 + push * (y1 - y0), (y0 + y1) / 2 - push * (x1 - x0))]
    return [*bends, points[-1]]


def ring(corners: dict[Point, Point], row: int, column: int) -> list[Point]:
    """Walk around a district, counterclockwise, and close the ring."""
    stops = [(row, column), (row + 1, column), (row + 1, column + 1), (row, column + 1)]
    walk: list[Point] = []
    for start, end in zip(stops, [*stops[1:], stops[0]], strict=True):
        walk += border(corners, start, end)[:-1]
    return [*walk, walk[0]]


def middle(corners: dict[Point, Point], row: int, column: int) -> Point:
    """Take the mean of the corners of a district."""
    around = [corners[row + down, column + right] for down in (0, 1) for right in (0, 1)]
    return sum(x for x, _ in around) / 4, sum(y for _, y in around) / 4


def on_globe(point: Point) -> Point:
    """Turn km east and north into longitude and latitude, degrees."""
    east, north = point
    latitude = ORIGIN[0] + north / KM_PER_DEGREE
    longitude = ORIGIN[1] + east / KM_PER_DEGREE / cos(radians(ORIGIN[0]))
    return round(longitude, 4), round(latitude, 4)


def places() -> Iterable[tuple[int, int, str]]:
    """List row, column and key of each district."""
    for row, names in enumerate(DISTRICTS):
        for column in range(len(names)):
            yield row, column, f"AC{row * len(names) + column + 1:02d}"


def district_rows(corners: dict[Point, Point]) -> list[Sequence[object]]:
    """Write the districts."""
    header = "district_id name state latitude longitude population population_65plus"
    rows: list[Sequence[object]] = [header.split()]
    for row, column, key in places():
        name, people, old = DISTRICTS[row][column]
        longitude, latitude = on_globe(middle(corners, row, column))
        rows.append((key, name, STATE, latitude, longitude, people, old))
    return rows


def facility_rows(corners: dict[Point, Point]) -> list[Sequence[object]]:
    """Write the facilities."""
    header = (
        "facility_id name type city state county latitude longitude "
        "staffed_beds staffed_icu_beds licensed_beds bed_occupancy icu_occupancy"
    )
    rows: list[Sequence[object]] = [header.split()]
    for number, (name, kind, county, row, column, east, north, *beds) in enumerate(FACILITIES, 1):
        x, y = middle(corners, row, column)
        longitude, latitude = on_globe((x + east, y + north))
        city = DISTRICTS[row][column][0]
        rows.append((f"H{number:02d}", name, kind, city, STATE, county, latitude, longitude, *beds))
    return rows


def weekly_rows() -> list[Sequence[object]]:
    """Write the influenza admissions: a low summer, a wave each winter, and chance."""
    rng = stream(SEED, "sample admissions")
    rows: list[Sequence[object]] = [("week_ending", "influenza_admissions")]
    for week in range((LAST_WEEK - FIRST_WEEK).days // 7 + 1):
        day = FIRST_WEEK + timedelta(weeks=week)
        waves = (height * wave(day, peak, width) for peak, height, width in WAVES)
        admissions = int(rng.negative_binomial(60, 60 / (60 + SUMMER + sum(waves))))
        if day != MISSING_WEEK:
            rows.append((day, None if day == EMPTY_WEEK else admissions))
    return rows


def wave(day: date, peak: date, width: float) -> float:
    """Return the height of a winter's wave: steep before its peak, slower after it."""
    weeks = (day - peak).days / 7 / width
    return exp(-(weeks**2) / 2) if weeks < 0 else exp(-((weeks / 1.4) ** 2) / 2)


def features(corners: dict[Point, Point]) -> list[object]:
    """Draw the outlines."""
    return [
        {
            "type": "Feature",
            "properties": {"district_id": key, "name": DISTRICTS[row][column][0]},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[on_globe(point) for point in ring(corners, row, column)]],
            },
        }
        for row, column, key in places()
    ]


def write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with plain line ends."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
