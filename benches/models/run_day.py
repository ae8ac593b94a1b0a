"""The main job: on the synthetic city, and on the real regions beside the project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benches.registry import Benchmark, Budget, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RUN = (
    "-c",
    "import salus.cli.main as m; m.main()",
    *("run", "--json", "--home", "{home}", "--out", "{out}", "--seed"),
)
COMMAND = (*RUN, "1")

SEEDS = range(101, 111)
"""Of ten cities, fixed before any of them was looked at."""


def rightness(output: str) -> Mapping[str, float]:
    """Read how right a day was."""
    return {name: value for name, value in json.loads(output)["right"].items() if value is not None}


def building(output: str) -> Mapping[str, float]:
    """Read the share of model building in the time of all allocations of a run."""
    timings = list(_timings(json.loads(output)["timings"]))
    build = sum(each["build_seconds"] for each in timings)
    solve = sum(each["solve_seconds"] for each in timings)
    return {"build_seconds": build, "solve_seconds": solve, "build_share": build / (build + solve)}


def _timings(node: Any) -> Iterator[Mapping[str, float]]:  # noqa: ANN401 - any part of a document
    if isinstance(node, dict) and "build_seconds" in node:
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from _timings(part)


register(
    Benchmark(
        name="run_city",
        sentence="Make the default city of 200,000 people, and run its whole day.",
        sizes={"200,000 people": COMMAND},
        budgets={"200,000 people": Budget(60, 2e9)},
        figures=rightness,
    )
)
register(
    Benchmark(
        name="ten_cities",
        sentence="Make each of ten cities of 200,000 people, run its day, compare with the truth.",
        sizes={f"seed {seed}": (*RUN, str(seed)) for seed in SEEDS},
        figures=rightness,
        once=True,
    )
)
register(
    Benchmark(
        name="run_florida",
        sentence="Plan Florida, 350 facilities and 67 districts, with both stress plans.",
        sizes={
            "7 days": (*COMMAND, "--region", "{data}/regions/florida"),
            "28 days": (*COMMAND, "--region", "{data}/regions/florida", "--horizon", "28"),
        },
        budgets={"7 days": Budget(20, 1e9)},
        needs=("regions/florida",),
        figures=building,
    )
)
register(
    Benchmark(
        name="run_us",
        sentence="Plan the United States, 7,154 facilities and 3,221 districts.",
        sizes={"7 days": (*COMMAND, "--region", "{data}/regions/us")},
        budgets={"7 days": Budget(60, 3e9)},
        needs=("regions/us",),
        figures=building,
    )
)
