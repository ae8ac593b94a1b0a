"""How fast and how right linear programmes are: ``python -m benches.protocols.netlib LP FOLDER``.

Each file of Netlib (Gay, D. M. (1985), Electronic mail distribution of linear programming test
problems) is unpacked once. Ours and HiGHS alone then read and solve it by turns, and the median
of the CPU seconds counts: ours with every figure of the solution, theirs with primal and dual
values and the basis, read into arrays.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import time
from pathlib import Path
from statistics import geometric_mean, median
from typing import TYPE_CHECKING, TypeVar

import highspy
import numpy as np

from salus.allocate.lp.mps.read import read_mps
from salus.allocate.lp.solve import solve
from salus.allocate.lp.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.solution import LinearSolution

Done = TypeVar("Done")
LARGE, TURNS, FEW_TURNS = 1_000_000, 5, 3


def main(folder: Path, scratch: Path) -> dict[str, float]:
    """Measure all programmes, and write a line of each to stderr."""
    scratch.mkdir(parents=True)
    with (folder / "netlib_optima.csv").open(encoding="utf-8") as stream:
        optima = {row["name"]: float(row["objective"]) for row in csv.DictReader(stream)}
    lines = [_one(name, optimum, folder, scratch) for name, optimum in optima.items()]
    worst = {key: max(line[key] for line in lines) for key in ("error", "gap", "faults")}
    return {
        "programmes": len(lines),
        "ratio": geometric_mean(line["ours"] / line["theirs"] for line in lines),
        "ratio_solving": geometric_mean(line["solve"] / line["run"] for line in lines),
        "ratio_total": sum(line["ours"] for line in lines) / sum(line["theirs"] for line in lines),
        "worst_error": worst["error"],
        "worst_gap": worst["gap"],
        "faults": worst["faults"],
    }


def _one(name: str, optimum: float, folder: Path, scratch: Path) -> dict[str, float]:
    file = scratch / f"{name}.mps"
    file.write_bytes(gzip.decompress((folder / "netlib" / f"{name}.mps.gz").read_bytes()))
    turns = FEW_TURNS if file.stat().st_size > LARGE else TURNS
    taken: dict[str, list[float]] = {"read": [], "solve": [], "load": [], "run": []}
    program, solution = _ours(file, taken)
    for turn in range(turns):
        _theirs(file, taken)
        if turn + 1 < turns:
            _ours(file, taken)
    seconds = {key: median(values) for key, values in taken.items()}
    checked = verify(program, solution)
    error = abs((solution.objective or np.inf) - optimum) / max(1.0, abs(optimum))
    line = {
        "ours": seconds["read"] + seconds["solve"],
        "theirs": seconds["load"] + seconds["run"],
        **seconds,
        "error": error,
        "gap": np.inf if checked.gap is None else checked.gap,
        "faults": len(checked.faults),
    }
    print(name, *(f"{key} {value:.3g}" for key, value in line.items()), file=sys.stderr)
    return line


def _ours(file: Path, taken: dict[str, list[float]]) -> tuple[LinearProgram, LinearSolution]:
    program = _timed(taken["read"], lambda: read_mps(file))
    return program, _timed(taken["solve"], lambda: solve(program))


def _theirs(file: Path, taken: dict[str, list[float]]) -> None:
    def load() -> highspy.Highs:
        highs = highspy.Highs()
        highs.silent()
        highs.readModel(str(file))
        return highs

    def run() -> tuple[object, ...]:
        highs.run()
        found, basis = highs.getSolution(), highs.getBasis()
        values = (np.array(found.col_value), np.array(found.row_dual), np.array(found.col_dual))
        return (*values, basis.col_status, basis.row_status)

    highs = _timed(taken["load"], load)
    _timed(taken["run"], run)


def _timed(seconds: list[float], work: Callable[[], Done]) -> Done:
    begin = time.process_time()
    done = work()
    seconds.append(time.process_time() - begin)
    return done


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
