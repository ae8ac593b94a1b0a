"""A problem that means nothing does not come to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from salus.allocate.hospital.fit.breach import UnfitError
from tests.fakes.timetables import HOSPITAL

if TYPE_CHECKING:
    from collections.abc import Callable

P0, *OTHERS = HOSPITAL.patients


def _patient(**changes: Any) -> dict[str, Any]:
    return {"patients": (replace(P0, **changes), *OTHERS)}


CASES: list[tuple[Callable[[], dict[str, Any]], list[str]]] = [
    (lambda: _patient(surgeon="s9", stay=2), ["work", "need", "surgeon"]),
    (lambda: _patient(work=P0.work * 1.0), ["work"]),
    (lambda: _patient(need=P0.need[None]), ["need"]),
    (lambda: _patient(age=3, minutes=-1), ["age", "minutes"]),
    (lambda: _patient(due=None), ["due"]),
    (lambda: _patient(mandatory=False), ["due"]),
    (lambda: _patient(work=np.full_like(P0.work, 10**12)), [f"work[{i}]" for i in range(9)]),
]


@pytest.mark.parametrize(("changes", "fields"), CASES)
def test_rows_must_fit(changes: Callable[[], dict[str, Any]], fields: list[str]) -> None:
    """All that is wrong is named by our own names."""
    with pytest.raises(UnfitError) as raised:
        replace(HOSPITAL, **changes())
    found = [each.where.column for each in raised.value.faults]
    assert found == [f"patients[0].{field}" for field in fields]


def test_what_follows_from_another_fault_is_left_out() -> None:
    """Without days, no vector over days has a length."""
    with pytest.raises(UnfitError) as raised:
        replace(HOSPITAL, days=0, levels=0)
    assert [each.where.column for each in raised.value.faults] == ["days", "levels"]
