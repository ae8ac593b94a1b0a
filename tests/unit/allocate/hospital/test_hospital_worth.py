"""What more of something is worth, where there can be no more of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.explain.reasons import reasons
from salus.allocate.hospital.explain.unit import Kind
from salus.allocate.hospital.explain.worth import worths
from salus.allocate.hospital.plan import Admission, HospitalPlan
from salus.allocate.hospital.site import Surgeon, Theatre
from tests.fakes.small_house import DAYS, house, patient

if TYPE_CHECKING:
    from salus.core.messages import Message


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


def test_those_who_wait_hear_how_far_it_is() -> None:
    """Large hospitals take a minute: the parts that are done grow from nothing to nearly all."""
    problem = random_hospital(3)
    plan = random_plan(problem, 3)
    heard: dict[str, list[float]] = {}

    def hear(doing: Message, done: float) -> None:
        heard.setdefault(doing.text, []).append(done)

    reasons(problem, plan, hear)
    worths(problem, plan, hear)
    assert len(heard) == 2
    for parts in heard.values():
        assert parts == sorted(parts)
        assert parts[0] == 0
        assert len(set(parts)) > 1
        assert parts[-1] < 1
