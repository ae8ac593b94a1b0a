"""Write results down as JSON, with what is needed to judge them, and as one table."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benches.drivers.sweep import Measured
    from benches.registry import Benchmark, Budget

RESULTS = Path(__file__).resolve().parents[1] / "results"
SEED = 1
HEAD = """# Results of `make bench`

Medians of three runs. *Cold*: no home folder and no bytecode of Salus, the libraries compiled, the
file cache as it is. *Warm*: the same again. CPU seconds and memory include child processes.
Cities of known truth run once each, and what they found stands under *more*. Plans of hospitals
take hours: `timetable_runs.csv` has each run with seed, code and machine, and this table the sums.

| benchmark | size | CPU s cold / warm | wall s cold / warm | peak MB cold / warm | budget | more |
|---|---|---|---|---|---|---|
"""


def keep(benchmark: Benchmark, measured: dict[str, Measured]) -> Path:
    """Write the results of one benchmark to its JSON file."""
    document = {
        "benchmark": benchmark.name,
        "sentence": benchmark.sentence,
        "seed": SEED,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": machine(),
        "sizes": {
            size: each.document() | {"budget": _budget(benchmark.budgets.get(size))}
            for size, each in measured.items()
        },
    }
    path = RESULTS / f"{benchmark.name}.json"
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    if benchmark.picture is not None:
        path.with_suffix(".svg").write_text(benchmark.picture(document), encoding="utf-8")
    return path


def write_table() -> Path:
    """Write the table of all results that are kept."""
    documents = [json.loads(path.read_text("utf-8")) for path in sorted(RESULTS.glob("*.json"))]
    rows = [row for document in documents for row in _rows(document)]
    origins = [
        f"- `{each['benchmark']}`: {each['sentence']} Measured on {each['date'][:10]} at commit "
        f"`{each['commit']}` on {each['machine']['cores']} cores ({each['machine']['processor']})."
        for each in documents
    ]
    path = RESULTS / "README.md"
    path.write_text(HEAD + "\n".join([*rows, "", *origins]) + "\n", encoding="utf-8")
    return path


def machine() -> dict[str, object]:
    """Say on what figures were measured."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _rows(document: dict[str, Any]) -> Iterable[str]:
    for size, each in document["sizes"].items():
        pairs = [
            f"{each['cold'][key] / unit:.{digits}f} / {each['warm'][key] / unit:.{digits}f}"
            for key, unit, digits in (
                ("cpu_seconds", 1, 2),
                ("wall_seconds", 1, 2),
                ("peak_bytes", 1e6, 0),
            )
        ]
        more = ", ".join(f"{name} {value:.3g}" for name, value in each["figures"].items())
        columns = [document["benchmark"], size, *pairs, each["budget"] or "", more]
        yield "| " + " | ".join(columns) + " |"


def _budget(budget: Budget | None) -> str | None:
    if budget is None:
        return None
    memory = "" if budget.peak_bytes is None else f", {budget.peak_bytes / 1e6:.0f} MB"
    return f"{budget.cpu_seconds:g} s{memory}"


def _commit() -> str:
    # What was measured is dirty when anything but the results themselves has changed.
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--", ":/", ":(top,exclude)benches/results")
    return f"{commit}-dirty" if changed else commit


def _git(*words: str) -> str:
    ask = ["git", "-C", str(RESULTS), *words]
    return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
