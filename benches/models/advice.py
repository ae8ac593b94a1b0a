"""How right the advice is in ten cities of known truth, and how long it takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, Budget, register

if TYPE_CHECKING:
    from collections.abc import Mapping

SEEDS = range(101, 111)
LARGE = 4
"""So many of them have 200,000 people, the others 60,000."""


def rightness(output: str) -> Mapping[str, float]:
    """Read how right the advice was."""
    found: Mapping[str, float] = json.loads(output)
    return found


CITIES = {f"seed {seed}": 200_000 if seed < SEEDS[LARGE] else 60_000 for seed in SEEDS}

register(
    Benchmark(
        name="advice",
        sentence="Make a city, learn, advise, and compare with the truth.",
        sizes={
            f"{name}, {people:,} people": (
                *("-m", "benches.drivers.advice"),
                *(name.removeprefix("seed "), str(people), "{out}"),
            )
            for name, people in CITIES.items()
        },
        budgets={f"seed {SEEDS[0]}, 200,000 people": Budget(40, 2e9)},
        figures=rightness,
        once=True,
    )
)
