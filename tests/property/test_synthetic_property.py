"""Whatever the seed, a village is one whose records agree with each other and with the truth."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.data.region.reader import read_region
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.layout import lay_out
from salus.data.synthetic.outlines import cells_in_circle
from salus.data.synthetic.spec import CitySpec
from salus.data.synthetic.truth import read_truth


@settings(max_examples=5)
@given(seed=st.integers(0, 10**9), days=st.integers(200, 500))
def test_any_village_agrees_with_itself(seed: int, days: int) -> None:
    """It is a region without repairs, keys are found, and the truth is about its rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "village"
        make_city(CitySpec(people=2_000, seed=seed, days=days), path)
        city, region = read_city(path), read_region(path)
        assert region.repairs == ()
        patients = city.table("patient").to_table()
        assert sum(each.population for each in region.districts) == 2_000
        encounters = city.table("encounter").to_table()
        assert pc.all(pc.is_in(encounters["patient_id"], patients["patient_id"])).as_py()
        true = read_truth(path, "true_disease")
        assert sorted(true["encounter_id"].to_pylist()) == encounters["encounter_id"].to_pylist()
        twice = read_truth(path, "duplicate")
        assert patients.num_rows == 2_000 + twice.num_rows


@given(seed=st.integers(0, 10**9), people=st.integers(2_000, 400_000))
def test_districts_tile_the_disc(seed: int, people: int) -> None:
    """No two districts overlap: their areas add up to that of the disc around all."""
    layout = lay_out(CitySpec(people=people, seed=seed))
    radius = max(np.linalg.norm(ring, axis=1).max() for ring in layout.outlines)
    whole = cells_in_circle(np.zeros((1, 2)), float(radius))[0]
    assert np.isclose(sum(map(_area, layout.outlines)), _area(whole), rtol=1e-6)


def _area(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)
