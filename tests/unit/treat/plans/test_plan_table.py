"""The plans as a table."""

from __future__ import annotations

from salus.treat.plans.reader import packaged_plans
from salus.treat.plans.table import plan_table


def test_every_treatment_of_every_plan_has_its_row() -> None:
    """The table says what the files say, and nothing is lost on the way."""
    plans = packaged_plans()
    table = plan_table(plans).to_pylist()
    assert [row["treatment"] for row in table] == [arm.key for plan in plans for arm in plan.arms]
    assert [row["treatment"] for row in table if row["reference"]] == [p.arms[0].key for p in plans]
    pairs = [(plan, arm) for plan in plans for arm in plan.arms]
    for row, (own, arm) in zip(table, pairs, strict=True):
        assert row["medicines"].split("+") == list(arm.medicines)
        outcome = (own.icd10, own.outcome.loinc, own.outcome.unit)
        assert (row["condition"], row["loinc"], row["unit"]) == outcome
        assert row["evidence"] == "; ".join(own.evidence)
