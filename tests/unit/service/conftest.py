"""What the tests of use cases share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from salus.service.context import Context, open_context
from salus.service.forecast_need import forecast_need
from salus.service.plan_city import CityAnswer, plan_city
from salus.service.rules import PlanningRules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salus.data.region.region import Region


@pytest.fixture
def in_use(tmp_path: Path) -> Iterator[Context]:
    """Give what is in use, with a home of its own."""
    with open_context(Settings(home=tmp_path / "home")) as opened:
        yield opened


@pytest.fixture(scope="session")
def coast() -> Region:
    """Read the sample region."""
    return read_region(sample_region())


@pytest.fixture(scope="session")
def coast_planned(coast: Region, tmp_path_factory: pytest.TempPathFactory) -> CityAnswer:
    """Plan three days of the sample region."""
    with open_context(Settings(home=tmp_path_factory.mktemp("coast"))) as context:
        need = forecast_need(context, coast, date(2026, 6, 27), 3)
        return plan_city(context, coast, need.expected, PlanningRules())


@pytest.fixture(scope="session")
def hamlet_spec() -> CitySpec:
    """Ask for the smallest city."""
    return CitySpec(people=2_000, seed=2, days=200)


@pytest.fixture(scope="session")
def hamlet(hamlet_spec: CitySpec, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the smallest city, which no test changes."""
    return make_city(hamlet_spec, tmp_path_factory.mktemp("hamlet") / "hamlet").path
