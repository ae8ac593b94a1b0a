"""How near lower bounds of hospitals come: ``python -m benches.protocols.bounds IHTC SECONDS``.

Gap = (best known - bound) / best known, beside that of the bounds that were published. Each
instance is given the same seconds, alone on the machine, and told on stderr.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path
from statistics import fmean

from salus.allocate.hospital.bound.lower_bound import lower_bound
from salus.allocate.hospital.competition.instance import read_instance


def main(folder: Path, seconds: float) -> dict[str, float]:
    """Bound the public instances."""
    with (folder / "anchors.csv").open(encoding="utf-8") as stream:
        anchors = list(csv.DictReader(stream))
    ours, published, cpu, wrong = [], [], 0.0, 0
    for each in anchors:
        name, best = each["instance"], int(each["best_known"])
        problem = read_instance(folder / "instances" / "public" / f"{name}.json")
        began = time.process_time()
        bound = lower_bound(problem, seconds=seconds).total
        cpu += time.process_time() - began
        if bound is None or bound > best:
            wrong += 1
            continue
        ours.append(1 - bound / best)
        published.append(1 - int(each["lower_bound"]) / best)
        print(f"{name} {best} {each['lower_bound']} {bound} {ours[-1]:.4f}", file=sys.stderr)
    return {
        "instances": len(anchors),
        "wrong": wrong,
        "mean_gap": fmean(ours),
        "mean_gap_published": fmean(published),
        "better_than_published": sum(a < b for a, b in zip(ours, published, strict=True)),
        "cpu_seconds_each": cpu / len(anchors),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), float(sys.argv[2]))))
