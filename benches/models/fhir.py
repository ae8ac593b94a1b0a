"""FHIR into the tables, beside the peer that checks the same resources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES = {"25 bundles": "synthea_bundles", "bulk export": "bulk_export"}
ROUNDS = 9


def said(output: str) -> Mapping[str, float]:
    """Read the figures that the protocol printed."""
    figures: dict[str, float] = json.loads(output)
    return figures


register(
    Benchmark(
        name="fhir",
        sentence="Read an export into the tables, and let fhir.resources check the same resources.",
        sizes={
            name: ("-m", "benches.protocols.fhir", f"{{data}}/fhir/{folder}", str(ROUNDS))
            for name, folder in SAMPLES.items()
        },
        needs=("fhir",),
        figures=said,
        once=True,
    )
)
