"""What allergies take away from many at once."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from salus.treat.guard.check import Danger, Guard
from salus.treat.guard.forbidden import forbidden
from salus.treat.guard.record import records
from salus.treat.guard.rules import packaged_rules
from salus.treat.moments import SCHEMA
from salus.treat.plans.reader import packaged_plans
from tests.fakes.patients import day, rows

PNEUMONIA = next(plan for plan in packaged_plans() if plan.icd10 == "J18")


def test_it_agrees_with_the_guard_one_by_one() -> None:
    """Each patient and arm has the verdict that the guard gives by itself."""
    entries: list[dict[str, Any]] = [
        {"patient_id": "p", "code": "J01C", "recorded_at": day(1)},
        {"patient_id": "q", "code": "J01C", "recorded_at": day(9)},
        {"patient_id": "r", "code": "x", "display": "macrolide"},
        {"patient_id": "p", "code": "J01MA"},
    ]
    tables = {"allergy": rows("allergy", *entries)}
    keys = pa.table({"patient_id": ["p", "q", "r", "s"], "at": [day(5)] * 4}, schema=SCHEMA)
    guard = Guard(packaged_rules())
    found = forbidden(guard, PNEUMONIA.arms, tables, keys)
    alone = [
        [
            any(f.danger is Danger.ALLERGY for f in guard.findings(arm, record))
            for arm in PNEUMONIA.arms
        ]
        for record in records(tables, keys)
    ]
    assert found.tolist() == alone
    assert found.sum(1).tolist() == [2, 0, 1, 0]


def test_without_allergies_all_is_free() -> None:
    """No table, or one without rows, takes nothing away."""
    keys = pa.table({"patient_id": ["p"], "at": [day(5)]}, schema=SCHEMA)
    assert not forbidden(Guard(packaged_rules()), PNEUMONIA.arms, {}, keys).any()
