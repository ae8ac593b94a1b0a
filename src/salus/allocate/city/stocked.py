"""A small random city with medicines, for checks and examples."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.checks import small_city
from salus.allocate.city.features.medicines.medicines import Medicines
from salus.allocate.city.features.medicines.supply import Batches, Orders, Routes
from salus.core.rng import stream

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem


def stocked_city(seed: int, *, plenty: float = 0.5) -> CityProblem:
    """Make a small random city whose facilities share medicines of two depots.

    Parameters
    ----------
    seed : int
        Seed of the city, 0 or more.
    plenty : float
        Units that lie somewhere for each unit needed, on average.

    Returns
    -------
    CityProblem
        As :func:`small_city` makes it, with coupled services, stays that reach on, two medicines,
        twelve batches, three offers and seven routes, of which two take no time.

    Examples
    --------
    >>> city = stocked_city(7)
    >>> city.features[0].medicines, city.features[0].places(city)
    (('antibiotic', 'fluid'), ('H1', 'H2', 'H3', 'D-north', 'D-south'))
    """
    draw = stream(seed, "stocked city")
    city = replace(
        small_city(seed, coupled=True),
        stay=np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0], [0.25, 0.75, 0.0]]),
    )
    doses = np.array([[4.0, 0.0], [2.0, 6.0], [0.0, 1.5]])
    needed = np.einsum("ist,sm->m", city.need, doses)
    medicine = np.arange(12) % 2
    arrives = draw.integers(0, 2, 12) * draw.integers(0, 2, 12)
    batches = Batches(
        place=draw.integers(0, 5, 12),
        medicine=medicine,
        units=np.round(plenty * needed[medicine] * draw.uniform(0, 2 / 6, 12), 1),
        last=arrives + draw.integers(0, 4, 12),
        arrives=arrives,
    )
    orders = Orders(
        place=np.array([3, 4, 4]),
        medicine=np.array([0, 1, 0]),
        lead=draw.integers(0, 3, 3),
        shelf_life=draw.integers(1, 4, 3),
        most=np.round(0.1 * needed[[0, 1, 0]], 1),
        unit_cost=draw.uniform(1, 5, 3).round(2),
    )
    routes = Routes(
        origin=np.array([3, 3, 4, 4, 0, 1, 3]),
        target=np.array([0, 1, 1, 2, 1, 2, 4]),
        periods=np.array([0, 1, 1, 1, 0, 1, 2]),
        most=np.round(0.3 * needed.max() * draw.random(7), 1),
        price=draw.uniform(0, 2, 7).round(2),
    )
    medicines = Medicines(
        medicines=("antibiotic", "fluid"),
        doses=doses,
        unit_cost=np.array([3.0, 1.0]),
        batches=batches,
        depots=("D-north", "D-south"),
        orders=orders,
        routes=routes,
        minutes_per_money=0.5,
    )
    return replace(city, features=(medicines,))
