"""The Netlib programmes: published optima, closed gaps, and the same numbers as HiGHS reads."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.lp.files import program_text, read_program
from salus.allocate.lp.mps.read import read_mps
from salus.allocate.lp.solve import solve
from salus.allocate.lp.verify import verify
from tests.conftest import SHARED

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared
FOLDER = SHARED / "lp"
SLOW = {"pilot87", "pilot", "greenbeb", "fit2d", "d6cube", "woodw", "nesm", "degen3", "25fv47"}
"""The bench measures all of them."""


def _optima() -> dict[str, float]:
    file = FOLDER / "netlib_optima.csv"
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8") as stream:
        return {row["name"]: float(row["objective"]) for row in csv.DictReader(stream)}


OPTIMA = _optima()


@pytest.mark.parametrize("name", sorted(set(OPTIMA) - SLOW))
def test_a_published_optimum_is_reached_and_proved(name: str) -> None:
    """To 1e-7 of it, with duals that close the gap by themselves."""
    program = read_mps(FOLDER / "netlib" / f"{name}.mps.gz")
    found = solve(program)
    assert found.objective == pytest.approx(OPTIMA[name], rel=1e-7)
    checked = verify(program, found)
    assert checked.right, [str(fault) for fault in checked.faults]
    assert checked.gap == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("name", ["forplan", "sierra", "boeing1", "e226"])
def test_a_written_programme_is_the_one_that_was_read(name: str, tmp_path: Path) -> None:
    """Names with blanks are numbered anew; every number stays."""
    read = read_mps(FOLDER / "netlib" / f"{name}.mps.gz")
    plain = tmp_path / "a.mps"
    if any(" " in each for each in (*(read.columns or ()), *(read.rows or ()))):
        read = replace(read, columns=None, rows=None)
    plain.write_text(program_text(read, plain))
    again = read_program(plain)
    for part in ("c", "row_lower", "lower", "upper"):
        np.testing.assert_array_equal(getattr(again, part), getattr(read, part))
    np.testing.assert_allclose(again.row_upper, read.row_upper, rtol=1e-15)
    assert (again.matrix != read.matrix).nnz == 0
