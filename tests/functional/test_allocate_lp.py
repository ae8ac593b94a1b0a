"""``salus allocate lp``: programmes in files at the command line."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from salus.allocate.lp.files import read_program
from salus.cli import allocate
from salus.service.solve_program import solve_program
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

BEDS = """Maximize
 lives: 3 ward + 5 icu
Subject To
 isolation: ward <= 4
 nurses: 2 icu <= 12
 doctors: 3 ward + 2 icu <= 18
End
"""
SHORT = """Minimize
 cost: ward + icu
Subject To
 need: ward + icu >= 50
 idle: ward - icu <= 100
Bounds
 ward <= 20
 icu <= 10
End
"""
WIDEST = 80


def _file(folder: Path, text: str, name: str = "beds.lp") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_optimum_is_shown_with_its_prices(tmp_path: Path) -> None:
    """Objective, the rows that are worth most and their ranges, within 80 columns."""
    told = salus("allocate", "lp", _file(tmp_path, BEDS), "--home", tmp_path / "home")
    assert told.code == 0
    assert "Objective: 36." in told.out
    assert "nurses      1.5    12       6      18" in told.out
    assert "Recomputed without the solver" in told.out
    assert max(map(len, told.out.splitlines())) <= WIDEST


def test_a_conflict_is_shown_by_name(tmp_path: Path) -> None:
    """Only the constraints that take part."""
    told = salus("allocate", "lp", _file(tmp_path, SHORT), "--home", tmp_path / "home")
    assert told.code == 4
    for claim in ("need >= 50", "ward <= 20", "icu <= 10"):
        assert claim in told.out
    assert "idle" not in told.out


def test_a_ray_is_shown(tmp_path: Path) -> None:
    """The steps along which the objective improves for ever."""
    text = BEDS.replace("2 icu <= 12", "2 icu >= 12").replace("+ 2 icu <= 18", "- 2 icu <= 18")
    told = salus("allocate", "lp", _file(tmp_path, text), "--home", tmp_path / "home")
    assert "The objective improves for ever" in told.out
    assert "icu           1" in told.out


def test_everything_is_written_for_programs(tmp_path: Path) -> None:
    """JSON on stdout and in a file are the same; a table has a line for each row and variable."""
    file, home = _file(tmp_path, BEDS), ("--home", tmp_path / "home")
    told = salus("allocate", "lp", file, "--json", "--out", tmp_path / "a.json", *home)
    assert told.document == json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert told.document["objective"] == 36
    assert told.document["checked"] is True
    assert told.document["rows"][1] == {
        "name": "nurses",
        "activity": 12,
        "dual": 1.5,
        "side_low": 6,
        "side_high": 18,
        "proof": None,
        "basis": "upper",
    }
    assert [each["basis"] for each in told.document["variables"]] == ["basic", "basic"]
    salus("allocate", "lp", file, "--out", tmp_path / "a.csv", *home)
    with (tmp_path / "a.csv").open(encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["name"] for line in lines] == ["ward", "icu", "isolation", "nurses", "doctors"]


def test_a_programme_changes_its_format(tmp_path: Path) -> None:
    """What was read from one format is written in the other."""
    home = ("--home", tmp_path / "home")
    salus("allocate", "lp", _file(tmp_path, BEDS), "--write", tmp_path / "beds.mps", *home)
    assert read_program(tmp_path / "beds.mps").rows == ("isolation", "nurses", "doctors")


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        (BEDS.replace("12", "1x"), (), "row 5"),
        (BEDS.replace("End\n", ""), (), "End is missing"),
        ("so what", (), "this is no LP file"),
        (BEDS, ("--seconds", "-1", "--gap", "-2"), "--gap: out of range (found -2"),
        (BEDS, ("--out", "beds.xls"), "this ending means no format"),
        (BEDS, ("--write", __file__.replace(".py", ".txt")), "this ending means no format"),
    ],
)
def test_what_cannot_be_used_is_advice(
    tmp_path: Path, text: str, more: tuple[str, ...], said: str
) -> None:
    """The file, its line and what to do; exit code 2 and nothing on stdout."""
    told = salus("allocate", "lp", _file(tmp_path, text), *more, "--home", tmp_path / "home")
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_a_folder_is_no_programme(tmp_path: Path) -> None:
    """Not even the one that has no name, where people are."""
    told = salus("allocate", "lp", ".", "--home", tmp_path / "home")
    assert (told.code, told.out) == (2, "")
    assert ".: this ending means no format" in told.err


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there already stays."""
    file = _file(tmp_path, BEDS)
    there = tmp_path / "a.json"
    there.write_text("mine")
    told = salus("allocate", "lp", file, "--out", there, "--home", tmp_path / "home")
    assert told.code == 2
    assert there.read_text() == "mine"


def test_a_result_whose_place_was_taken_meanwhile_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is replaced, and what was solved is told."""

    def meanwhile(*given: Any) -> Any:
        (tmp_path / "a.csv").write_text("another's", encoding="utf-8")
        return solve_program(*given)

    monkeypatch.setattr(allocate, "solve_program", meanwhile)
    file, home = _file(tmp_path, BEDS), ("--home", tmp_path / "home")
    told = salus("allocate", "lp", file, "--out", tmp_path / "a.csv", *home)
    assert told.code == 0
    assert "Objective: 36." in told.out
    assert "a-2.csv" in told.out
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "another's"
    assert (tmp_path / "a-2.csv").read_text(encoding="utf-8").startswith("kind,name,")


HALF = """Minimize
 cost: ward + icu
Subject To
 beds: 2 ward + 2 icu = 3
Bounds
 ward <= 5
 icu <= 5
Generals
 ward icu
End
"""
ENDLESS = BEDS.replace("2 icu <= 12", "2 icu >= 12").replace("+ 2 icu <= 18", "- 2 icu <= 18")


@pytest.mark.parametrize(
    ("text", "more", "code", "status"),
    [
        (BEDS, (), 0, "optimal"),
        ("Minimize\n cost: x\nSubject To\nBounds\n x >= 1\nEnd\n", (), 0, "optimal"),
        (SHORT, (), 4, "infeasible"),
        (ENDLESS, (), 5, "unbounded"),
        (ENDLESS.replace("End\n", "Generals\n ward icu\nEnd\n"), (), 5, "unbounded"),
        (BEDS, ("--seconds", "0"), 6, "time limit"),
    ],
)
def test_each_ending_has_its_exit_code(
    tmp_path: Path, text: str, more: tuple[str, ...], code: int, status: str
) -> None:
    """A script tells them apart without reading a word; also where there are no rows."""
    home = ("--home", tmp_path / "home")
    told = salus("allocate", "lp", _file(tmp_path, text), "--json", *more, *home)
    assert (told.code, told.document["status"]) == (code, status)
    assert told.document["checked"] is True


def test_a_conflict_of_whole_numbers_says_so(tmp_path: Path) -> None:
    """Half a bed is none: without the whole numbers the row could hold."""
    told = salus("allocate", "lp", _file(tmp_path, HALF), "--home", tmp_path / "home")
    for claim in ("beds >= 3", "beds <= 3", "ward is a whole number", "icu is a whole number"):
        assert claim in told.out


def test_a_solve_that_is_stopped_tells_what_is_proved(tmp_path: Path) -> None:
    """A bound, or that there is none; never an objective alone."""
    told = salus(
        "allocate", "lp", _file(tmp_path, BEDS), "--seconds", "0", "--home", tmp_path / "home"
    )
    assert "Nothing better than 42 can be." in told.out
    open_ended = BEDS.replace("isolation: ward <= 4", "isolation: ward - icu <= 4").replace(
        "3 ward + 2 icu <= 18", "3 ward - 2 icu <= 18"
    )
    told = salus(
        "allocate",
        "lp",
        _file(tmp_path, open_ended.replace("2 icu <= 12", "icu - ward <= 12"), "b.lp"),
        *("--seconds", "0", "--home", tmp_path / "home"),
    )
    assert "No bound is proved yet" in told.out


def test_whole_numbers_and_limits(tmp_path: Path) -> None:
    """With a limit that allows nothing, the answer is that it stopped, and no error."""
    text = BEDS.replace("End\n", "Generals\n ward icu\nEnd\n")
    told = salus("allocate", "lp", _file(tmp_path, text), "--home", tmp_path / "home")
    assert "Variables that must be whole numbers: 2." in told.out
    assert "Objective: 36." in told.out
