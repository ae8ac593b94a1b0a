"""Two wards a road apart: a city so small that its best plan is found by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from salus.allocate.city.features.lending import Lending
from salus.allocate.city.problem import CityProblem

if TYPE_CHECKING:
    from salus.allocate.city.problem import Feature


def two_wards(
    need: list[list[float]],
    capacity: list[list[float]],
    *features: Feature,
    nurses: list[list[float]] | None = None,
) -> CityProblem:
    """Make a city of two wards, each of which only its own district can reach, in no time.

    A case takes one bed-day and counts 10 minutes when it is not served; nobody uses nurses.
    """
    periods = len(need[0])
    kinds = [capacity] if nurses is None else [capacity, nurses]
    both = np.array([0, 1])
    return CityProblem(
        districts=("D1", "D2"),
        facilities=("H1", "H2"),
        services=("ward",),
        resources=("bed", "nurse")[: len(kinds)],
        periods=tuple(date(2026, 6, 28) + timedelta(days=t) for t in range(periods)),
        need=np.array(need, dtype=np.float64)[:, None],
        capacity=np.stack([np.array(each, dtype=np.float64) for each in kinds], axis=1),
        uses=np.array([[1.0, 0.0]])[:, : len(kinds)],
        arc_district=both,
        arc_facility=both,
        arc_service=np.array([0, 0]),
        arc_minutes=np.zeros(2),
        penalty=np.array([10.0]),
        features=features,
    )


def loan(lender: int = 0, periods: int = 3, **changes: Any) -> Lending:
    """Offer one unit of the first resource from a ward to the other: free, and at once there."""
    terms: dict[str, Any] = {
        "lender": np.array([lender]),
        "host": np.array([1 - lender]),
        "resource": np.array([0]),
        "gives": np.ones((1, periods)),
        "most": np.array([1.0]),
        **{
            name: np.array([0.0]) for name in ("price", "away_price", "going", "returning", "least")
        },
    }
    return Lending(**{**terms, **changes})
