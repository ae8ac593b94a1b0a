"""Synthetic people as guests of a region that has no records: for its queue and its advice only."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import say
from salus.core.rng import stream
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.spec import CitySpec
from salus.domain.records.catalogue import TABLES
from salus.service.records import Records

if TYPE_CHECKING:
    from salus.data.region.region import Region

CLINICAL = frozenset(TABLES) - {"indicator_reading", "device_reading", "bed_state"}
"""What is about people; what is about their hospitals stays at home."""


def guests(region: Region, people: int, seed: int) -> Records:
    """Make up people, and let them live in the districts of a region.

    Parameters
    ----------
    region : Region
        Whose guests they are.
    people : int
        How many, as a synthetic city may have.
    seed : int
        Of the people and of where they live.

    Returns
    -------
    Records
        Every person marked as made up. More of them live in districts with more people; who waits
        for a service that the region does not have waits for its first. They live on days of
        their own, whatever the day of the region.
    """
    spec = CitySpec(people, seed)
    with tempfile.TemporaryDirectory(prefix="salus-guests-") as place:
        city = read_city(make_city(spec, Path(place) / "city").path)
        tables = {name: city.table(name).to_table() for name in sorted(CLINICAL)}
        queue = city.operation("queue").to_table()
    tables["patient"] = _at_home(tables["patient"], region, stream(seed, "homes of guests"))
    waiting = _served(_at_home(queue, region, stream(seed, "guests")), region)
    note = say("These people are made up; they are no part of the region and take no capacity.")
    return Records(region.name, spec.as_of, tables, waiting, notes=(note,))


def _at_home(people: pa.Table, region: Region, rng: np.random.Generator) -> pa.Table:
    population = np.array([item.population for item in region.districts], float)
    weight = population if population.sum() > 0 else np.ones(len(population))
    home = rng.choice(len(population), people.num_rows, p=weight / weight.sum())
    districts = pa.array([region.districts[i].id for i in home.tolist()], pa.string())
    return _with(people, "district_id", districts)


def _served(queue: pa.Table, region: Region) -> pa.Table:
    services = pa.array([item.id for item in region.services])
    service = pc.if_else(pc.is_in(queue["service_id"], services), queue["service_id"], services[0])
    return _with(queue, "service_id", service)


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), table.field(name), column)
