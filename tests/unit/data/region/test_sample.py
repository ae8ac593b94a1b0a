"""The sample region: made up, reproducible, with blemishes and a hard winter."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule
from salus.data.region.sample import sample_region

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.region import Region


@pytest.fixture(scope="module")
def sample() -> Region:
    """Read the sample region once."""
    return read_region(sample_region())


def test_the_script_makes_the_same_files(repository: Path, tmp_path: Path) -> None:
    """What ships is what the script writes, byte for byte."""
    script = runpy.run_path(str(repository / "scripts" / "make_sample_region.py"))
    script["main"](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in sample_region().iterdir()}


def test_it_says_that_it_is_made_up() -> None:
    """Nobody shall take it for a real place."""
    assert "made up" in sample_region().joinpath("README.txt").read_text()


def test_its_blemishes_show_the_repairs(sample: Region) -> None:
    """Each of the common repairs is seen at least once."""
    assert {repair.rule for repair in sample.repairs} >= {
        Rule.BEDS_FROM_LICENCE,
        Rule.NO_BEDS,
        Rule.NO_ICU_BEDS,
        Rule.OCCUPANCY_CAPPED,
        Rule.OCCUPANCY_UNKNOWN,
        Rule.RESTRICTED,
        Rule.COUNTY_SPELLED,
        Rule.COUNTY_NEAREST,
        Rule.NO_PEOPLE,
    }


def test_every_district_has_an_outline_around_its_middle(sample: Region) -> None:
    """The map is closed rings, each around the point its people live at."""
    for district in sample.districts:
        (ring,) = district.outline
        assert ring[0] == ring[-1]
        east, north = np.array(ring).T
        assert east.min() < district.position.longitude < east.max()
        assert north.min() < district.position.latitude < north.max()


def test_its_winters_have_a_record(sample: Region) -> None:
    """Four years and more of weeks, two of them unknown, and a record far above the rest."""
    (series,) = sample.series
    assert len(series.dates) == 235
    assert (~series.known).sum() == 2
    assert np.nanmax(series.values) > 2 * np.nanquantile(series.values, 0.95)
