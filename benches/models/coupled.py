"""Planning cities whose parts touch: staff shared across kinds of beds, and stays over days."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

PROTOCOL = ("-m", "benches.protocols.coupling")
SMALLER = (10_000, 100_000)
STAYS = "Nurses shared across kinds of beds in 14 periods, stays over several"
KINDS = {
    "coupled_staff": ("staff", "Nurses shared across kinds of beds", (*SMALLER, 1_000_000)),
    "coupled_fair": (
        "fair",
        "Nurses shared across kinds of beds, coverages at most half apart",
        SMALLER,
    ),
    "coupled_stays": ("stays", STAYS, (*SMALLER, 300_000)),
    "coupled_stays_large": ("stays", STAYS, (1_000_000,)),
    "coupled_featured": ("featured", f"{STAYS}, waiting and surge", SMALLER),
}


def said(output: str) -> Mapping[str, float]:
    """Read the figures that the protocol printed."""
    figures: dict[str, float] = json.loads(output)
    return figures


for name, (kind, what, sizes) in KINDS.items():
    register(
        Benchmark(
            name=name,
            sentence=f"{what}: one programme, prices, and raw highspy in the same run.",
            sizes={
                f"{columns:,} journeys x periods": (*PROTOCOL, kind, str(columns))
                for columns in sizes
            },
            figures=said,
            once=True,
        )
    )
