"""Folders of made-up regions: the sample, changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from salus.data.region.sample import sample_region

if TYPE_CHECKING:
    from pathlib import Path

HOSPITAL = "H,Mercy,GENERAL ACUTE CARE,Town,Amber Coast,Northcape,43.88,-33.83,100,20,120,0.7,0.7"
VILLAGE = "AC01,Northcape,Amber Coast,43.8847,-33.8297,64210,14890"
COUPLED = """service_id,name,stay_days,severity,resource_id,units,facility_types
ward,,4.6,1,ward_bed,1,
icu,,3.8,3,icu_bed,1,
burns,Burns,9,5,icu_bed,0.5,GENERAL ACUTE CARE
burns,Burns,9,5,ward_bed,0.5,GENERAL ACUTE CARE
"""


def sample_text(file: str) -> str:
    """Read a file of the sample region."""
    return (sample_region() / file).read_text(encoding="utf-8")


def changed_sample(folder: Path, **files: str | None) -> Path:
    """Copy the sample region, with other texts in its CSV files; ``None`` takes one away."""
    shutil.copytree(sample_region(), folder)
    for name, text in files.items():
        if text is None:
            (folder / f"{name}.csv").unlink()
        else:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def small_region(folder: Path, facility: str = HOSPITAL, district: str = VILLAGE) -> Path:
    """Make a region of one facility and one district, without a map and without a history."""
    folder.mkdir()
    for file, row in (("facilities.csv", facility), ("districts.csv", district)):
        head = sample_text(file).partition("\n")[0]
        (folder / file).write_text(f"{head}\n{row}\n", encoding="utf-8")
    return folder
