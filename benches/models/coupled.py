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
    "staff": ("staff", (*SMALLER, 1_000_000)),
    "stays": ("14 periods", (*SMALLER, 1_000_000)),
    "featured": ("14 periods, waiting and surge", SMALLER),
}


def said(output: str) -> Mapping[str, float]:
    """Read the figures that the protocol printed."""
    figures: dict[str, float] = json.loads(output)
    return figures


register(
    Benchmark(
        name="coupled",
        sentence="Plan coupled cities by one programme and by prices; raw highspy in the same run.",
        sizes={
            f"{name}, {columns:,} journeys x periods": (*PROTOCOL, kind, str(columns))
            for kind, (name, sizes) in KINDS.items()
            for columns in sizes
        },
        figures=said,
        once=True,
    )
)
