"""How good plans of hospitals are: ``python -m benches.protocols.timetables IHTC ...``.

Gap = (cost - best known) / best known, as published. Seeds are fixed beforehand and every run is
written down as it ends, so that a sweep of hours can be taken up again where it stopped: a run that
is known for the same code is not run again. A plan that is cheaper than the best known is kept.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import json
import os
import sys
import time
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from benches.drivers.results import machine
from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.competition.write import solution_text
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.solve import Progress

BOUND = ("choices", "packing", "relaxation")
CODE = Path(__file__).parents[2] / "src" / "salus" / "allocate" / "hospital"
SEARCH = ("solve.py", "search/*.py", "solver/*.py", *(f"bound/{each}.py" for each in BOUND))
RUNS = Path(__file__).parents[1] / "results" / "timetable_runs.csv"
PLANS = RUNS.parent / "timetables"
FIELDS = (
    "code",
    "instance",
    "seconds",
    "cores",
    "seed",
    "violations",
    "cost",
    "gap",
    "first_feasible",
    "moves_per_second",
    "wall",
    "load",
    "machine",
)
KEY = FIELDS[:5]


def main(arguments: list[str]) -> dict[str, float]:
    """Run what is asked for, and add the gaps up."""
    asked = _asked(arguments)
    anchors = _anchors(asked.folder)
    code, known = _code(), {tuple(row[key] for key in KEY): row for row in _known()}
    rows = []
    for name in asked.instances.split(","):
        for seed in range(1, asked.seeds + 1):
            key = (code, name, f"{asked.seconds:g}", str(asked.cores), str(seed))
            row = known.get(key) or _run(asked, name, seed, anchors[name], key)
            print(row, file=sys.stderr, flush=True)
            rows.append(row)
    return dict(_figures(rows))


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("instances")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=1)
    return parser.parse_args(arguments)


def _run(
    asked: argparse.Namespace, name: str, seed: int, best: int, key: tuple[str, ...]
) -> dict[str, Any]:
    problem = read_instance(asked.folder / "instances" / "public" / f"{name}.json")
    told: list[Progress] = []
    begin = time.monotonic()
    plan = solve(problem, Stop(asked.seconds), seed, cores=asked.cores, watch=told.append)
    wall, found = time.monotonic() - begin, verify(problem, plan)
    cost = found.total_cost or 0
    if found.total_violations == 0 and cost < best:
        _keep(problem, name, plan, cost)
    kept = [each.seconds for each in told if each.broken == 0]
    row = {
        **dict(zip(KEY, key, strict=True)),
        "violations": found.total_violations,
        "cost": cost,
        "gap": round(cost / best - 1, 5) if found.total_violations == 0 else "",
        "first_feasible": round(kept[0], 2) if kept else "",
        "moves_per_second": round(told[-1].tried / told[-1].seconds),
        "wall": round(wall, 2),
        "load": round(os.getloadavg()[0], 2),
        "machine": machine()["processor"],
    }
    _write(row)
    return row


def _keep(problem: HospitalProblem, name: str, plan: HospitalPlan, cost: int) -> None:
    path = PLANS / f"{name}.json"
    if path.is_file() and (verify(problem, read_solution(path, problem)).total_cost or 0) <= cost:
        return
    PLANS.mkdir(exist_ok=True)
    path.write_text(solution_text(problem, plan), encoding="utf-8")


def _figures(rows: list[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    gaps = [float(row["gap"]) for row in rows if row["gap"] != ""]
    yield "runs", len(rows)
    yield "feasible", sum(int(row["violations"]) == 0 for row in rows)
    if gaps:
        yield "mean_gap", fmean(gaps)
        yield "worst_gap", max(gaps)
        yield "better_than_best_known", sum(gap < 0 for gap in gaps)
    yield "first_feasible_seconds", max(float(row["first_feasible"] or "inf") for row in rows)
    yield "moves_per_second", fmean(float(row["moves_per_second"]) for row in rows)


def _anchors(folder: Path) -> dict[str, int]:
    with (folder / "anchors.csv").open(encoding="utf-8") as stream:
        return {row["instance"]: int(row["best_known"]) for row in csv.DictReader(stream)}


def _code() -> str:
    # Of what a search executes: comments, docstrings and proofs may be mended, and no run is lost.
    found = hashlib.sha256()
    for path in sorted(chain.from_iterable(map(CODE.glob, SEARCH))):
        tree = _Silent().visit(ast.parse(path.read_bytes()))
        found.update(ast.dump(tree).encode())
    return found.hexdigest()[:12]


class _Silent(ast.NodeTransformer):
    """Leaves out texts that nothing reads."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if isinstance(node.value, ast.Constant) else node


def _known() -> list[dict[str, str]]:
    if not RUNS.is_file():
        return []
    with RUNS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(row: dict[str, Any]) -> None:
    new = not RUNS.is_file()
    with RUNS.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, FIELDS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
