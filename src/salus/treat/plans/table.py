"""The plans as one table, for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.treat.plans.plan import Plan

COLUMNS = pa.schema(
    [
        pa.field("condition", pa.string()),
        pa.field("plan", pa.string()),
        pa.field("treatment", pa.string()),
        pa.field("reference", pa.bool_()),
        pa.field("medicines", pa.string()),
        pa.field("outcome", pa.string()),
        pa.field("loinc", pa.string()),
        pa.field("unit", pa.string()),
        pa.field("better", pa.string()),
        pa.field("from_day", pa.float64()),
        pa.field("until_day", pa.float64()),
        pa.field("evidence", pa.string()),
    ]
)


def plan_table(plans: Sequence[Plan]) -> pa.Table:
    """Lay out each treatment of each plan.

    Parameters
    ----------
    plans : sequence of Plan
        In the order of the rows.

    Returns
    -------
    pyarrow.Table
        One row for each treatment: the condition (ICD-10), its medicines (ATC, joined by ``+``),
        whether others are compared with it, and how its outcome is measured.

    Examples
    --------
    >>> from salus.treat.plans.reader import packaged_plans
    >>> plan_table(packaged_plans()).num_rows
    20
    """
    rows = [
        {
            "condition": plan.icd10,
            "plan": str(plan.name),
            "treatment": arm.key,
            "reference": place == 0,
            "medicines": "+".join(arm.medicines),
            "outcome": str(plan.outcome.name),
            "loinc": plan.outcome.loinc,
            "unit": plan.outcome.unit,
            "better": plan.outcome.better.value,
            "from_day": plan.outcome.from_day,
            "until_day": plan.outcome.until_day,
            "evidence": "; ".join(plan.evidence),
        }
        for plan in plans
        for place, arm in enumerate(plan.arms)
    ]
    return pa.Table.from_pylist(rows, COLUMNS)
