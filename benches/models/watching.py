"""How right and how fast quality is watched, in ten cities whose truth is known."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.service.context import Context

SEEDS = range(101, 111)
"""Fixed before any of these cities was looked at."""

WATCH = "import sys; from benches.models.watching import main; main(int(sys.argv[1]))"


def main(people: int) -> None:
    """Make and watch each city, and print one line of JSON for each."""
    from salus.core.settings import Settings  # noqa: PLC0415  (the registry must stay light)
    from salus.service.context import open_context  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as home, open_context(Settings(home=Path(home))) as context:
        for seed in SEEDS:
            sys.stdout.write(json.dumps(marks(context, seed, people)) + "\n")


def marks(context: Context, seed: int, people: int) -> dict[str, float | None]:
    """Make a city, watch it, and hold what was found against its sidecar."""
    from salus.data.synthetic.city import make_city  # noqa: PLC0415
    from salus.data.synthetic.spec import CitySpec  # noqa: PLC0415
    from salus.service.read_records import read_records  # noqa: PLC0415
    from salus.service.right.watching import watch_rightness  # noqa: PLC0415
    from salus.service.watch_quality import watch_quality  # noqa: PLC0415

    spec = CitySpec(seed=seed, people=people)
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder) / "city"
        make_city(spec, city)
        records, begun = read_records(context, city, spec.as_of), time.process_time()
        watched = watch_quality(context, records, spec.as_of, seed=seed)
        seconds = time.process_time() - begun
        right = watch_rightness(city, watched)
    return {
        "seed": seed,
        "planted": right.planted,
        "found": right.found,
        "false_signals": right.false_signals,
        "indicator_years": right.indicator_years,
        "outbreak_days": right.outbreak_days,
        "watching_cpu_seconds": seconds,
    }


def figures(output: str) -> Mapping[str, float]:
    """Sum the ten cities up: the mean and the worst of each figure."""
    rows = [json.loads(line) for line in output.splitlines()]
    recall = [row["found"] / row["planted"] for row in rows if row["planted"]]
    false = [row["false_signals"] / row["indicator_years"] for row in rows]
    outbreaks = [row["outbreak_days"] for row in rows if row["outbreak_days"] is not None]
    return {
        "recall_of_all_events": sum(r["found"] for r in rows) / sum(r["planted"] for r in rows),
        "recall_lowest": min(recall),
        "cities_below_90_percent": sum(each < 0.9 for each in recall),  # noqa: PLR2004  the promise
        "false_per_indicator_year_mean": sum(false) / len(false),
        "false_per_indicator_year_highest": max(false),
        "outbreaks_found": len(outbreaks),
        "outbreak_days_highest": max(outbreaks, default=0),
        "watching_cpu_seconds_mean": sum(r["watching_cpu_seconds"] for r in rows) / len(rows),
    }


register(
    Benchmark(
        name="watching",
        sentence="Watch quality in ten synthetic cities, and count what is right.",
        sizes={
            f"{people:,} people": ("-c", WATCH, str(people)) for people in (20_000, 60_000, 200_000)
        },
        figures=figures,
        once=True,
    )
)
