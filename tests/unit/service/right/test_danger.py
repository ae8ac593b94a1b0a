"""The plain rule that counts dangerous offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from salus.service.right.danger import unsafe
from tests.fakes.patients import day, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

AMOXICILLIN, SACUBITRIL = "J01CA04", "C09DX04"


def offered(medicine: str, *, cautioned: bool = False) -> pa.Table:
    """Offer a medicine to one patient."""
    times = pa.array([day(10)], pa.timestamp("us", "UTC"))
    row = {"patient_id": ["p"], "at": times, "medicine": [medicine], "cautioned": [cautioned]}
    return pa.table(row)


def records(
    allergy: Mapping[str, Any] | None = None,
    medicine: Mapping[str, Any] | None = None,
    gene: Mapping[str, Any] | None = None,
) -> dict[str, pa.Table]:
    """Make the records of this patient."""
    who = {"patient_id": "p"}
    return {
        "allergy": rows("allergy", *([who | dict(allergy)] if allergy else [])),
        "medication": rows("medication", *([who | dict(medicine)] if medicine else [])),
        "observation": rows("observation", *([who | dict(gene)] if gene else [])),
    }


@pytest.mark.parametrize(
    ("tables", "medicine", "count"),
    [
        (records(), AMOXICILLIN, 0),
        (records({"code": "J01C"}), AMOXICILLIN, 1),
        (records({"code": "91936005"}), AMOXICILLIN, 1),
        (records({"code": "J01C", "recorded_at": day(20)}), AMOXICILLIN, 0),
        (records({"code": "J01E"}), AMOXICILLIN, 0),
        (records(None, {"code": "C09AA02", "started_at": day(1)}), SACUBITRIL, 1),
        (records(None, {"code": "C09AA02", "started_at": day(1)}), f"A10BA02+{SACUBITRIL}", 1),
        (records(None, {"code": "C09AA02", "started_at": day(20)}), SACUBITRIL, 0),
        (
            records(None, {"code": "C09AA02", "started_at": day(1), "ended_at": day(5)}),
            SACUBITRIL,
            0,
        ),
    ],
)
def test_dangers_are_counted(tables: dict[str, pa.Table], medicine: str, count: int) -> None:
    """An allergy known then, or a listed pair taken then, counts once; nothing else does."""
    assert unsafe(tables, offered(medicine)) == count


def test_a_gene_that_is_not_minded_is_counted() -> None:
    """Metoprolol for a poor metaboliser counts where nothing is said of it, and only once known."""
    slow = {"code": "79715-9", "value_text": "Poor metabolizer"}
    early, late = (records(gene=slow | {"observed_at": day(when)}) for when in (1, 20))
    assert unsafe(early, offered("C07AB02")) == 1
    assert unsafe(early, offered("C07AB02", cautioned=True)) == 0
    assert unsafe(late, offered("C07AB02")) == 0
    assert unsafe(early, offered("C08DB01")) == 0
