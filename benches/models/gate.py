"""What the gate adds to a use case: a decision, and two lines of the audit that are on the disk."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

WARM = 50
PASS = "import sys; from benches.models.gate import main; main(int(sys.argv[1]), sys.argv[2])"  # noqa: S105  # no secret


def main(times: int, who: str) -> None:
    """Pass the gate with a use case that does nothing; print the milliseconds of each time."""
    from salus.core.settings import Settings  # noqa: PLC0415  (the registry must stay light)
    from salus.service.context import open_context  # noqa: PLC0415
    from salus.service.guarded import guarded, itself  # noqa: PLC0415
    from salus.trust.permission import Kind, Permission  # noqa: PLC0415

    @guarded(Permission.PLAN_CITY, Kind.REGION, itself)
    def nothing(_context: object, _name: str) -> None:
        pass

    taken, disk = [], []
    with tempfile.TemporaryDirectory() as home, open_context(Settings(home=Path(home))) as context:
        for number in range(WARM + times):
            name = "florida" if who == "same" else f"region {number}"
            begun = time.perf_counter()
            nothing(context, name)
            taken.append((time.perf_counter() - begun) * 1000)
            disk.append(_wait(Path(home) / "wait"))
    sys.stdout.write(json.dumps({"gate": taken[WARM:], "disk": disk[WARM:]}))


def _wait(path: Path) -> float:
    """Return for how many milliseconds the disk lets wait whoever writes a page."""
    with path.open("ab") as file:
        file.write(bytes(4096))
        file.flush()
        begun = time.perf_counter()
        os.fdatasync(file.fileno())
        return (time.perf_counter() - begun) * 1000


def figures(output: str) -> Mapping[str, float]:
    """Return the median and the tenth worst in a hundred, and what of it one wait is; in ms.

    The gate waits for the disk twice, so that its time is that of the disk where others use it.
    """
    taken = json.loads(output)
    return {
        "median_ms": statistics.median(taken["gate"]),
        "p90_ms": statistics.quantiles(taken["gate"], n=10)[-1],
        "disk_wait_median_ms": statistics.median(taken["disk"]),
    }


register(
    Benchmark(
        name="gate",
        sentence="Pass the gate 2,000 times with a use case that does nothing; at most 1 ms each.",
        sizes={
            "the same thing": ("-c", PASS, "2000", "same"),
            "another thing each time": ("-c", PASS, "2000", "other"),
        },
        figures=figures,
    )
)
