"""How much slower the encrypted lake is than a plain one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping


def ratios(output: str) -> Mapping[str, float]:
    """Read the ratios that the protocol printed: 1.15 is 15 percent slower."""
    figures: dict[str, float] = json.loads(output)
    return figures


register(
    Benchmark(
        name="lake",
        sentence="Write and scan a city's records, encrypted and plain; ratios are medians of 9.",
        sizes={
            f"{people:,} people": ("-m", "benches.protocols.laking", str(people), "{out}")
            for people in (20_000, 200_000)
        },
        figures=ratios,
        once=True,
    )
)
