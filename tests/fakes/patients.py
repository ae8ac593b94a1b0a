"""Made-up records: who was ill with what, who was given what, and what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.domain.records.catalogue import TABLES

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)


def rows(name: str, *entries: dict[str, Any]) -> pa.Table:
    """Make a standard table; key and source are filled in."""
    standard = TABLES[name]
    made = [
        {f"{name}_id": f"{name}-{place}", "source": "test"} | entry
        for place, entry in enumerate(entries)
    ]
    return pa.Table.from_pylist(made, standard.schema())


def day(number: float) -> datetime:
    """Give the moment so many days after the begin."""
    return BEGIN + timedelta(days=number)


def measured(patient: str, code: str, value: float, at: float, unit: str = "%") -> dict[str, Any]:
    """Describe one measurement."""
    return {
        "patient_id": patient,
        "code": code,
        "value": value,
        "observed_at": day(at),
        "unit": unit,
    }


def city(people: int = 600, seed: int = 1) -> dict[str, pa.Table]:
    """Make people with diabetes or gout; diabetics get metformin or glimepiride by their HbA1c.

    Glimepiride lowers HbA1c by 1 more than metformin in those above 8, and raises it below.
    """
    rng = stream(seed, "patients")
    names = [f"p{place:04}" for place in range(people)]
    diabetic = rng.random(people) < 0.7
    sugar = np.where(diabetic, rng.normal(8, 1, people), rng.normal(5.5, 0.7, people))
    urate = np.where(diabetic, rng.normal(5, 1, people), rng.normal(8, 1, people))
    second = rng.random(people) < 1 / (1 + np.exp(-(sugar - 8)))
    change = np.where(second, np.where(sugar > 8, -2.0, 0.0), -1.0)
    after = sugar + change + rng.normal(0, 0.3, people)
    observations, conditions, medicines = [], [], []
    for place, name in enumerate(names):
        observations += [measured(name, "4548-4", float(sugar[place]), 1)]
        observations += [measured(name, "3084-1", float(urate[place]), 1, "mg/dL")]
        code = "E11.9" if diabetic[place] else "M10.9"
        conditions.append(
            {"patient_id": name, "encounter_id": f"e-{name}", "code": code, "recorded_at": day(2)}
        )
        if diabetic[place]:
            given = "A10BB12" if second[place] else "A10BA02"
            medicines.append({"patient_id": name, "code": given, "started_at": day(3)})
            observations.append(measured(name, "4548-4", float(after[place]), 93))
    born = [{"patient_id": name, "birth_date": date(1960, 1, 1), "sex": "female"} for name in names]
    patients = pa.Table.from_pylist(
        [{"source": "test"} | entry for entry in born], TABLES["patient"].schema()
    )
    return {
        "patient": patients,
        "observation": rows("observation", *observations),
        "condition": rows("condition", *conditions),
        "medication": rows("medication", *medicines),
    }
