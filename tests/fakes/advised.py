"""A village of known truth, and what is advised in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.settings import Settings
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.spec import CitySpec
from salus.domain.records.catalogue import TABLES
from salus.service.advice.params import AdviceParams
from salus.service.advise_treatment import advise_treatment
from salus.service.context import open_context
from salus.service.records import Records

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salus.service.advice.advised import Advised

LAST = CitySpec().as_of
FEW = AdviceParams(contacts=1_500, judged=500, offers=40, recent_days=60)
"""Small enough for a test."""


def made(folder: Path, people: int = 6_000) -> Path:
    """Make a town."""
    make_city(CitySpec(people=people, seed=5), folder)
    return folder


def read(folder: Path) -> Records:
    """Read its records."""
    city = read_city(folder)
    tables = {name: city.table(name).to_table() for name in TABLES}
    return Records("town", LAST, tables, city.operation("queue").to_table())


def advise(records: Records, home: Path, as_of: date = LAST, count: int = 3) -> Advised:
    """Advise through the gate."""
    with open_context(Settings(home=home)) as context:
        return advise_treatment(context, records, as_of, seed=1, count=count, params=FEW)
