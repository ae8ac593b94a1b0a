"""What associations of patients with treatments are worth beside outcome models, by the truth."""

from __future__ import annotations

from benches.models.advice import rightness
from benches.registry import Benchmark, register

SEEDS = (101, 102, 103)
"""Fixed beforehand; the methods were settled on other cities."""
PEOPLE = 60_000

register(
    Benchmark(
        name="associations",
        sentence="Value associations beside outcome models, and compare with the truth.",
        sizes={
            f"seed {seed}, {PEOPLE:,} people": (
                *("-m", "benches.drivers.advice"),
                *(str(seed), str(PEOPLE), "{out}"),
            )
            for seed in SEEDS
        },
        figures=rightness,
        once=True,
    )
)
