"""Cities to be planned in benches: seeded transportation models, and the real United States."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.problem import CityProblem
from salus.core.rng import stream
from salus.data.region.need import base_cases
from salus.data.region.reader import read_region
from salus.domain.demand import Demand
from salus.service.city import city_problem
from salus.service.rules import PlanningRules

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 6, 28)
KM = 150.0
MANY = 10_000
"""More facilities than any district has within reach."""


def transport(
    hospitals: int = 300, districts: int = 3000, *, nearest: int | None = None, seed: int = 1
) -> CityProblem:
    """Make a transportation model of three kinds of beds, where one case in ten stays unmet.

    Parameters
    ----------
    hospitals, districts : int
        Places, spread evenly over a square of 100 minutes.
    nearest : int, optional
        Hospitals kept for each district; all when not given.
    seed : int
        Seed of the model.

    Returns
    -------
    CityProblem
        Whole cases and beds, minutes in tenths, one bed-day a case: nothing is lost in the
        whole numbers of any solver. An unmet case counts as 300 minutes.
    """
    draw = stream(seed, "transportation")
    home, place = draw.uniform(0, 100, (districts, 2)), draw.uniform(0, 100, (hospitals, 2))
    minutes = np.hypot(*(home[:, None] - place[None]).transpose(2, 0, 1)).round(1)
    need = draw.integers(1, 50, (districts, 3, 1)).astype(float)
    share = draw.dirichlet(np.full(hospitals, 3.0), size=3).T
    capacity = np.floor(0.9 * share * need.sum(axis=0)[:, 0])[:, :, None]
    kept = np.argsort(minutes, axis=1, kind="stable")[:, : nearest or hospitals]
    district = np.repeat(np.arange(districts), kept.shape[1])
    facility = kept.ravel()
    return CityProblem(
        districts=tuple(f"D{i}" for i in range(districts)),
        facilities=tuple(f"H{j}" for j in range(hospitals)),
        services=("ward", "icu", "surgery"),
        resources=("ward_bed", "icu_bed", "theatre"),
        periods=(DAY,),
        need=need,
        capacity=capacity,
        uses=np.eye(3),
        arc_district=np.tile(district, 3),
        arc_facility=np.tile(facility, 3),
        arc_service=np.repeat(np.arange(3), district.size),
        arc_minutes=np.tile(minutes[district, facility], 3),
        penalty=np.full(3, 300.0),
    )


def united_states(folder: Path) -> CityProblem:
    """State a day of the United States: every facility within 150 km, ward and ICU beds."""
    region = read_region(folder)
    rules = PlanningRules()
    minutes = KM * rules.detour / rules.speed_kmh * 60
    rules = replace(rules, max_travel_minutes=minutes, nearest=MANY)
    cases = base_cases(region).cases[:, :, None]
    places = tuple(item.id for item in region.districts)
    demand = Demand(places, tuple(item.id for item in region.services), (DAY,), cases)
    return city_problem(region, demand, rules)
