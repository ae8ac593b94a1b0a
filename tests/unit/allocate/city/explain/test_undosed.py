"""Why a facility with free beds takes nobody: it has no doses to spare."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.names import Names
from salus.allocate.city.explain.short import Why
from salus.allocate.city.explain.underserved import Underserved, underserved
from salus.allocate.city.features.medicines.medicines import Medicines
from salus.allocate.city.features.medicines.supply import Batches
from salus.core.clock import SystemClock


def _short(units: float, names: Names) -> Underserved:
    """Let each of three facilities have so many units, all of which outlast the plan."""
    medicines = Medicines(
        medicines=("drug",),
        doses=np.array([[1.0], [0.0], [0.0]]),
        unit_cost=np.array([1.0]),
        batches=Batches(np.arange(3), np.zeros(3, dtype=int), np.full(3, units), np.full(3, 9)),
    )
    beds = np.full((3, 2, 3), 1e4)
    city = replace(small_city(5), capacity=beds, features=(medicines,))
    return underserved(city, Exact().solve(city, SystemClock()), "D1", names=names)


def test_no_doses_to_spare_is_the_reason() -> None:
    """Where beds are free and every unit is given, the medicine is named as people call it."""
    names = Names(medicines={"drug": "Antibiotic"})
    reasons = [one for one in _short(2.0, names).reasons if one.facility is not None]
    assert reasons
    assert {one.why for one in reasons} == {Why.MEDICINE}
    assert "no Antibiotic to spare" in str(reasons[0].sentence)


def test_with_plenty_no_facility_stops_anybody() -> None:
    """Then only journeys that there are not are left as a reason."""
    assert {one.why for one in _short(1e4, Names()).reasons} <= {Why.NO_JOURNEY}
