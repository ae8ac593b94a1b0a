"""A week of a city under more and more scenarios of need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

SCENARIOS = (10, 50, 200)


def figures(output: str) -> Mapping[str, float]:
    """Read what the protocol printed."""
    found: dict[str, float] = json.loads(output)
    return found


register(
    Benchmark(
        name="uncertain",
        sentence="Decide what opens before need is known, as one programme and by Benders, beside "
        "HiGHS on the same arrays; by the mean, and half by the worst fifth.",
        sizes={
            f"{count} scenarios, {name}": (
                "-m",
                "benches.protocols.uncertain",
                str(count),
                weight,
            )
            for count in SCENARIOS
            for name, weight in (("mean", "0"), ("half tail", "0.5"))
        },
        figures=figures,
        once=True,
    )
)
