"""What more of something is worth, where there can be no more of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.hospital.explain.unit import Kind
from salus.allocate.hospital.explain.worth import worths
from salus.allocate.hospital.plan import Admission, HospitalPlan
from salus.allocate.hospital.site import Surgeon, Theatre
from tests.fakes.small_house import DAYS, house, patient


@pytest.mark.parametrize(("open_for", "each", "worth"), [(900, 500, True), (1_440, 750, False)])
def test_no_hour_is_worth_anything_beyond_those_of_a_day(
    open_for: int, each: int, *, worth: bool
) -> None:
    """A theatre that is open around the clock has none more to give."""
    minutes = np.array([open_for, *[0] * (DAYS - 1)], dtype=np.int64)
    hospital = replace(
        house(patient("p0", minutes=each), patient("p1", minutes=each)),
        theatres=(Theatre("t0", minutes),),
        surgeons=(Surgeon("s0", np.full(DAYS, 9_999, dtype=np.int64)),),
    )
    found = worths(hospital, HospitalPlan((Admission("p0", 0, "r0", "t0"),), ()))
    assert any(one.unit.kind is Kind.THEATRE_HOUR for one in found.worths) == worth
