"""Random cities with odd numbers and odd shapes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from salus.allocate.city.problem import CityProblem
from salus.core.rng import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray


@st.composite
def cities(draw: st.DrawFn, *, coupled: bool) -> CityProblem:
    """Draw a city of any small shape, with amounts over six orders of magnitude."""
    size = st.integers(1, 5)
    i, j, s, t = draw(size), draw(size), draw(st.integers(1, 3)), draw(st.integers(1, 2))
    rng = stream(draw(st.integers(0, 10**6)), "odd city")
    r = draw(st.integers(1, 3))
    uses = np.zeros((s, r))
    uses[np.arange(s), rng.integers(0, r, s)] = rng.uniform(0.1, 12, s)
    if coupled:
        uses += rng.uniform(0.1, 3, (s, r)) * (rng.random((s, r)) < 0.5)
    district, facility, service = np.nonzero(rng.random((i, j, s)) < rng.random())
    return CityProblem(
        districts=tuple(f"D{k}" for k in range(i)),
        facilities=tuple(f"H{k}" for k in range(j)),
        services=tuple(f"S{k}" for k in range(s)),
        resources=tuple(f"R{k}" for k in range(r)),
        periods=tuple(date(2026, 6, 28) + timedelta(days=k) for k in range(t)),
        need=rng.lognormal(0, 3, (i, s, t)) * (rng.random((i, s, t)) < 0.8),
        capacity=rng.lognormal(1, 2, (j, r, t)) * (rng.random((j, r, t)) < 0.8),
        uses=uses,
        arc_district=district,
        arc_facility=facility,
        arc_service=service,
        arc_minutes=rng.uniform(0, 90, district.size),
        penalty=rng.uniform(20, 500, s),
    )


NESTED = ((1, 1, 1, 1, 0), (1, 1, 0, 0, 0), (0, 0, 1, 0, 0), (1, 1, 1, 1, 0), (0, 0, 0, 0, 1))
"""Which of five resources serves which of five services: one in the other, or apart."""


@st.composite
def nested_cities(draw: st.DrawFn) -> CityProblem:
    """Draw a city whose limits lie in one another, with minutes in tenths or not."""
    city = draw(cities(coupled=False))
    rng = stream(draw(st.integers(0, 10**6)), "nested city")
    i, j, t = len(city.districts), len(city.facilities), len(city.periods)
    district, facility, service = np.nonzero(rng.random((i, j, 5)) < 0.7)
    minutes = rng.uniform(0, 90, district.size)
    penalty = rng.uniform(20, 500, 5)
    tenths = draw(st.booleans())
    return replace(
        city,
        services=tuple(f"S{k}" for k in range(5)),
        resources=tuple(f"R{k}" for k in range(5)),
        need=rng.lognormal(0, 2, (i, 5, t)) * (rng.random((i, 5, t)) < 0.8),
        capacity=rng.lognormal(1, 1.5, (j, 5, t)) * (rng.random((j, 5, t)) < 0.9),
        uses=_proportional(rng),
        arc_district=district,
        arc_facility=facility,
        arc_service=service,
        arc_minutes=minutes.round(1) if tenths else minutes,
        penalty=penalty.round() if tenths else penalty,
    )


def _proportional(rng: np.random.Generator) -> NDArray[np.float64]:
    uses: NDArray[np.float64] = np.outer(rng.uniform(0.5, 9, 5), rng.uniform(0.2, 2, 5))
    return uses * np.array(NESTED, dtype=np.float64).T
