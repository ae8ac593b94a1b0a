"""What is measured: each file in ``benches/models`` registers one benchmark, swept over size."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True, slots=True)
class Budget:
    """What a command may take at most.

    Parameters
    ----------
    cpu_seconds : float
        Processor seconds, with children.
    peak_bytes : float or None
        Memory; ``None`` when it is not limited.
    """

    cpu_seconds: float
    peak_bytes: float | None = None


def nothing_more(output: str) -> Mapping[str, float]:
    """Read no further figures from what a command wrote."""
    del output
    return {}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A command of ours and the sizes it is swept over.

    Parameters
    ----------
    name : str
        Key, also the name of the file with its results.
    sentence : str
        What it measures.
    sizes : mapping of str to tuple of str
        The arguments after the Python interpreter, for each size. ``{home}`` and ``{out}`` are
        filled with folders of the driver, ``{data}`` with the data beside the project.
    budgets : mapping of str to Budget
        For the sizes that have one.
    needs : tuple of str
        Folders below the data beside the project without which it cannot run.
    figures : callable
        Reads further figures from what the command wrote on standard output.
    once : bool
        Whether one cold run of each size is enough, for what counts is what it finds.
    picture : callable, optional
        Draws an SVG from the document of the results.
    """

    name: str
    sentence: str
    sizes: Mapping[str, tuple[str, ...]]
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    figures: Callable[[str], Mapping[str, float]] = nothing_more
    once: bool = False
    picture: Callable[[Mapping[str, Any]], str] | None = None


_REGISTRY: dict[str, Benchmark] = {}


def register(benchmark: Benchmark) -> None:
    """Add a benchmark; each file in ``benches/models`` does so once when it is imported."""
    if benchmark.name in _REGISTRY:
        message = f"two benchmarks are named {benchmark.name}"
        raise ValueError(message)
    _REGISTRY[benchmark.name] = benchmark


def benchmarks() -> dict[str, Benchmark]:
    """Import every file in ``benches/models`` and return what they registered, by name."""
    for module in sorted(each.name for each in pkgutil.iter_modules([str(MODELS)])):
        importlib.import_module(f"benches.models.{module}")
    return dict(sorted(_REGISTRY.items()))
