"""Windows by hand: who waits, who is still in care, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.features.waiting import Waited, Waiting
from salus.allocate.city.problem import CityProblem
from salus.allocate.city.rolling import Rolling
from salus.allocate.city.stocked import stocked_city
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.core.errors import InputError

CLOCK = SystemClock()
DAYS = tuple(date(2026, 6, 28) + timedelta(days=day) for day in range(4))
WARD = CityProblem(
    districts=("A",),
    facilities=("H",),
    services=("ward",),
    resources=("bed",),
    periods=DAYS,
    need=np.array([[[3.0, 0, 3, 0]]]),
    capacity=np.full((1, 1, 4), 2.0),
    uses=np.array([[2.0]]),
    arc_district=np.array([0]),
    arc_facility=np.array([0]),
    arc_service=np.array([0]),
    arc_minutes=np.array([10.0]),
    penalty=np.array([1000.0]),
    stay=np.array([[0.5, 0.5]]),
)


def test_who_is_in_care_takes_a_bed_from_the_next_window() -> None:
    """Two beds take two cases that stay two days: one day each is free again."""
    plan = Rolling(1, 1).solve(WARD, CLOCK)
    assert plan.period.tolist() == [0, 2]
    assert plan.cases.round(6).tolist() == [2, 2]
    assert verify(WARD, plan).right


def test_who_waits_is_carried_over() -> None:
    """The third case of the first day waits two days, and is served with the one of the third."""
    ward = replace(WARD, need=np.array([[[3.0, 0, 1, 0]]]))
    patient = replace(ward, features=(Waiting(np.array([1.0]), np.array([3])),))
    plan = Rolling(3, 1).solve(patient, CLOCK)
    waited = plan.decision(Waited)
    assert waited is not None
    assert waited.cases[0, 0].round(6).tolist() == [1, 1, 0, 0]
    assert plan.cases.round(6).tolist() == [2, 2]
    assert verify(patient, plan).right


def test_need_in_the_past_is_refused() -> None:
    """Each period before today is named."""
    with pytest.raises(InputError) as caught:
        Rolling(2, 1, as_of=DAYS[2]).solve(WARD, CLOCK)
    told = [str(fault.what) for fault in caught.value.faults]
    assert told == [
        "need on 2026-06-28 lies in the past, for the plan is made on 2026-06-30",
        "need on 2026-06-29 lies in the past, for the plan is made on 2026-06-30",
    ]


def test_what_cannot_be_cut_is_refused() -> None:
    """Features that are one for all periods, and aims in levels, do not fit."""
    city = stocked_city(1)
    assert not Rolling().fits(city)
    ordered = replace(city, aims=Aims(order=((Aim.UNMET,),)))
    with pytest.raises(ValueError, match=r"cannot cut medicines into windows.*without levels"):
        Rolling().solve(ordered, CLOCK)


def test_windows_that_mean_nothing_are_refused() -> None:
    """Both numbers are named with their bounds."""
    with pytest.raises(ValueError, match=r"window must be 1 or more, but is 0; keep must be"):
        Rolling(0, 0)
    with pytest.raises(ValueError, match="keep must be from 1 to 3, but is 4"):
        Rolling(3, 4)
