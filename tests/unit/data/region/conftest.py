"""A small region that is right, to be spoiled in one place by each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FACILITIES = """\
facility_id,name,type,city,state,county,latitude,longitude,staffed_beds,staffed_icu_beds,licensed_beds,bed_occupancy,icu_occupancy
F1,Mercy,GENERAL ACUTE CARE,Town,FL,NORTH,28.0,-82.0,100,10,120,0.7,0.8
F2,Grace,GENERAL ACUTE CARE,Town,FL,SOUTH,27.9,-82.0,50,0,60,0.6,
"""
DISTRICTS = """\
district_id,name,state,latitude,longitude,population,population_65plus
D1,North,FL,28.0,-82.0,1000,200
D2,South,FL,27.9,-82.0,500,50
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the small region, with other content for the files that are named."""

    def region(**files: str | bytes | None) -> Path:
        contents = {"facilities": FACILITIES, "districts": DISTRICTS} | files
        folder = tmp_path / "region"
        folder.mkdir(exist_ok=True)
        for name, content in contents.items():
            path = folder / ("districts.geojson" if name == "outlines" else f"{name}.csv")
            if content is not None:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return region
