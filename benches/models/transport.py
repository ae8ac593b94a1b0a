"""The city's plan as a flow: beside other solvers, and as it grows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benches.drivers.picture import Series, loglog
from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

GROWTH = {
    "flow": (10_000, 100_000, 1_000_000, 10_000_000),
    "ortools": (10_000, 100_000, 1_000_000, 10_000_000),
    "greedy": (10_000, 100_000, 1_000_000, 10_000_000),
    "exact": (10_000, 100_000, 1_000_000),
}
NAMES = {
    "flow": "flow (ours)",
    "ortools": "OR-Tools min-cost flow",
    "greedy": "greedy (ours)",
    "exact": "linear programme (ours, HiGHS)",
}
COMPARE = ("-m", "benches.protocols.flowing")


def figures(output: str) -> Mapping[str, float]:
    """Read what the protocol printed."""
    found: dict[str, float] = json.loads(output)
    return found


def picture(document: Mapping[str, Any]) -> str:
    """Draw how the processor time of each method grows with the journeys."""
    drawn = []
    for method, name in NAMES.items():
        found = [
            each["figures"]
            for size, each in document["sizes"].items()
            if size.startswith(f"{method},")
        ]
        points = [(each["journeys"], each["plan_cpu"]) for each in found]
        drawn.append(Series(name, tuple(sorted(points))))
    return loglog("To plan three kinds of beds", "journeys", "processor seconds", drawn)


register(
    Benchmark(
        name="transport",
        sentence="Plan 300 hospitals and 3,000 districts, three kinds of beds, beside other "
        "solvers on the same arrays (goal: at most 1.3 times OR-Tools, a tenth of the others).",
        sizes={
            "180,000 journeys": (*COMPARE, "nearest", "scipy", "highs"),
            "2.7 million journeys": (*COMPARE, "all"),
        },
        figures=figures,
        once=True,
    )
)
register(
    Benchmark(
        name="transport_us",
        sentence="Plan a day of the United States, all facilities within 150 km, two kinds of "
        "beds, beside other solvers on the same arrays.",
        sizes={"all within 150 km": (*COMPARE, "{data}/regions/us", "scipy", "highs")},
        needs=("regions/us",),
        figures=figures,
        once=True,
    )
)
register(
    Benchmark(
        name="growth",
        sentence="Plan three kinds of beds with more and more journeys, each method by itself.",
        sizes={
            f"{method}, {journeys:,} journeys": (
                "-m",
                "benches.protocols.growing",
                method,
                str(journeys),
            )
            for method, sizes in GROWTH.items()
            for journeys in sizes
        },
        figures=figures,
        once=True,
        picture=picture,
    )
)
