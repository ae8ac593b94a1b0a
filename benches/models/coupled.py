"""Planning cities whose parts touch: staff shared across kinds of beds, and stays over days."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

PROTOCOL = ("-m", "benches.protocols.coupling")
SMALLER = (10_000, 100_000)
KINDS = {
    "staff": ("Nurses shared across kinds of beds", (*SMALLER, 1_000_000)),
    "stays": ("The same in 14 periods, stays over several", (*SMALLER, 1_000_000)),
    "featured": ("The same, with waiting and surge", SMALLER),
}


def said(output: str) -> Mapping[str, float]:
    """Read the figures that the protocol printed."""
    figures: dict[str, float] = json.loads(output)
    return figures


for kind, (what, sizes) in KINDS.items():
    register(
        Benchmark(
            name=f"coupled_{kind}",
            sentence=f"{what}: one programme, prices, and raw highspy in the same run.",
            sizes={
                f"{columns:,} journeys x periods": (*PROTOCOL, kind, str(columns))
                for columns in sizes
            },
            figures=said,
            once=True,
        )
    )
