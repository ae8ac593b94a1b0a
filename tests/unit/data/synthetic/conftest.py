"""One village that the tests of the synthetic city share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.synthetic.city import City, make_city, read_city
from salus.data.synthetic.spec import CitySpec

if TYPE_CHECKING:
    from pathlib import Path

SPEC = CitySpec(people=4_000, seed=3, days=500)


@pytest.fixture(scope="session")
def village_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a village of 4,000 people."""
    folder = tmp_path_factory.mktemp("synthetic") / "village"
    make_city(SPEC, folder)
    return folder


@pytest.fixture(scope="session")
def village(village_folder: Path) -> City:
    """Open the village."""
    return read_city(village_folder)
