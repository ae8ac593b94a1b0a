"""Sweep one benchmark over its sizes: cold and warm, three times each."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benches.drivers.measure import Taken, measure, median

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benches.registry import Benchmark

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SALUS_SHARED") or ROOT.parent / "shared") / "data"
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One size of a benchmark.

    Parameters
    ----------
    cold, warm : Taken
        Median of three runs without, and with, a home folder and our own bytecode; of a benchmark
        that runs once, its one cold run.
    figures : mapping of str to float
        What the last warm run said about itself.
    """

    cold: Taken
    warm: Taken
    figures: Mapping[str, float]

    def document(self) -> dict[str, object]:
        """Write down what was measured."""
        return {
            "cold": asdict(self.cold),
            "warm": asdict(self.warm),
            "figures": dict(self.figures),
        }


def missing(benchmark: Benchmark) -> tuple[Path, ...]:
    """Name the folders that a benchmark needs and that are not there."""
    return tuple(DATA / name for name in benchmark.needs if not (DATA / name).is_dir())


def sweep(benchmark: Benchmark) -> dict[str, Measured]:
    """Measure every size of a benchmark."""
    return {size: _repeat(benchmark, size) for size in benchmark.sizes}


def _repeat(benchmark: Benchmark, size: str) -> Measured:
    if benchmark.once:
        return _single(benchmark, size)
    cold, warm, output = [], [], ""
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            _forget_bytecode()
            cold.append(_once(benchmark, size, Path(folder), "cold")[0])
            taken, output = _once(benchmark, size, Path(folder), "warm")
            warm.append(taken)
    return Measured(median(cold), median(warm), benchmark.figures(output))


def _single(benchmark: Benchmark, size: str) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        taken, output = _once(benchmark, size, Path(folder), "cold")
    return Measured(taken, taken, benchmark.figures(output))


def _once(benchmark: Benchmark, size: str, folder: Path, run: str) -> tuple[Taken, str]:
    places = {"home": folder / "home", "out": folder / run, "data": DATA}
    arguments = [part.format(**places) for part in benchmark.sizes[size]]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SALUS_")}
    return measure([sys.executable, *arguments], environment)


def _forget_bytecode() -> None:
    # Cold is what a person meets after the set-up: libraries and search are compiled, we are not.
    for bytecode in (ROOT / "src").rglob("*.pyc"):
        bytecode.unlink(missing_ok=True)
