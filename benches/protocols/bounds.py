"""How near lower bounds of hospitals come: ``python -m benches.protocols.bounds IHTC SECONDS``.

Gap = (best known - bound) / best known, beside that of the bounds that were published. Each
instance is given the same seconds, alone on the machine; its line is in ``hospital_bounds.csv``.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

from salus.allocate.hospital.bound.lower_bound import lower_bound
from salus.allocate.hospital.competition.instance import read_instance

TABLE = Path(__file__).parents[1] / "results" / "hospital_bounds.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """What was found of one instance."""

    instance: str
    best_known: int
    published_bound: int
    bound: int
    cpu_seconds: float

    @property
    def gap(self) -> float:
        """Of the best cost known."""
        return 1 - self.bound / self.best_known

    @property
    def published_gap(self) -> float:
        """The same by the published bound."""
        return 1 - self.published_bound / self.best_known


def main(folder: Path, seconds: float) -> dict[str, float]:
    """Bound the public instances."""
    with (folder / "anchors.csv").open(encoding="utf-8") as stream:
        rows = [_row(folder, each, seconds) for each in csv.DictReader(stream)]
    with TABLE.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*asdict(rows[0]), "gap"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) | {"gap": round(row.gap, 4)} for row in rows)
    return {
        "instances": len(rows),
        "wrong": sum(not 0 < row.bound <= row.best_known for row in rows),
        "mean_gap": fmean(row.gap for row in rows),
        "mean_gap_published": fmean(row.published_gap for row in rows),
        "better_than_published": sum(row.bound > row.published_bound for row in rows),
        "cpu_seconds_each": fmean(row.cpu_seconds for row in rows),
    }


def _row(folder: Path, anchor: dict[str, str], seconds: float) -> Row:
    name = anchor["instance"]
    problem = read_instance(folder / "instances" / "public" / f"{name}.json")
    began = time.process_time()
    bound = lower_bound(problem, seconds=seconds).total or 0
    taken = round(time.process_time() - began, 1)
    return Row(name, int(anchor["best_known"]), int(anchor["lower_bound"]), bound, taken)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), float(sys.argv[2]))))
