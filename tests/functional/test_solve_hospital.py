"""``salus allocate hospital solve``: a plan at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.verify import verify
from tests.fakes.timetables import HOSPITAL, instance, kept
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

SOLVE = ("allocate", "hospital", "solve")


def test_a_plan_is_found_written_and_the_same_again(tmp_path: Path) -> None:
    """What is told is what a check of the written plan says; two runs give the same bytes."""
    file, home = kept(tmp_path, instance(), "instance.json"), ("--home", tmp_path / "home")
    outs = tmp_path / "one.json", tmp_path / "two.json"
    for out in outs:
        told = salus(*SOLVE, file, "--iterations", "30000", "--out", out, *home, "--json")
        assert told.code == 0
        found = verify(HOSPITAL, read_solution(out, HOSPITAL))
        assert told.document["total_cost"] == found.total_cost
        assert told.document["total_violations"] == found.total_violations == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    more = ("--iterations", "1", "--warm", outs[0])
    warm = salus(*SOLVE, file, *more, *home, "--json").document
    assert warm["total_cost"] <= told.document["total_cost"]


@pytest.mark.parametrize(("lang", "said"), [("en", "Cost"), ("zh", "代价")])
def test_it_is_told_in_each_language(tmp_path: Path, lang: str, said: str) -> None:
    """A person reads sentences and a table."""
    file = kept(tmp_path, instance(), "instance.json")
    home = ("--home", tmp_path / "home", "--lang", lang)
    told = salus(*SOLVE, file, "--iterations", "20000", *home)
    assert told.code == 0
    assert said in told.out


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    """Numbers out of range, two limits, and a file that would be replaced."""
    file = kept(tmp_path, instance(), "instance.json")
    wrong = ("--seconds", "0", "--iterations", "-1", "--seed", "-1", "--cores", "0", "--out", file)
    told = salus(*SOLVE, file, *wrong, "--home", tmp_path / "home", "--json")
    assert told.code == 2
    where = [each["where"]["source"] for each in told.document["faults"]]
    expected = ["--seconds", "--iterations", "--seed", "--cores", "--iterations", "--out"]
    assert where == expected
