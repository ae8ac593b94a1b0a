"""A head of nursing writes the files of the how-to, plans three days, and reads the plan."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.functional.running import salus
from tests.house.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "how-to" / "plan-your-own-hospital.md").read_text(encoding="utf-8")
FILE = re.compile(r'^```csv title="(\w+\.csv)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^Error: .*$", re.MULTILINE)
BUDGET = ("--iterations", "400000", "--cores", "1")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Write the files of the how-to."""
    folder = tmp_path / "my-hospital"
    folder.mkdir()
    for name, content in FILE.findall(PAGE):
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    """Read a file as a person would, by its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_three_days_are_planned_from_the_files_of_the_how_to(house: Path, tmp_path: Path) -> None:
    """Who must come has a date, rules hold, theatres end in time, and the files say so."""
    home, plan = ("--home", tmp_path / "home"), tmp_path / "my-plan"
    told = salus(
        *("allocate", "hospital", "solve", house, *BUDGET, "--overrun", ".1", "--out", plan),
        *("--json", *home),
    )
    assert told.code == 0, told.err
    assert told.document["total_violations"] == 0
    assert max(each["chance"] for each in told.document["theatre_days"]) <= 0.1
    admitted = {each["patient_id"]: each for each in rows(plan / "admissions.csv")}
    assert {"P-1001", "P-1002", "P-1003"} <= set(admitted)
    assert admitted["P-1003"]["date"] in {"2026-03-03", "2026-03-04"}
    assert admitted["P-1002"]["room"] != "North 2"
    assert _rested(rows(plan / "roster.csv"))
    found = salus("allocate", "hospital", "verify", house, plan, *home).document
    assert (found["total_violations"], found["nurse_rules"]) == (0, [])
    assert found["total_cost"] == told.document["total_cost"]
    asked = salus("allocate", "hospital", "overrun", house, plan, "--bound", ".1", *home)
    assert asked.document["above"] == 0
    _only_worked_shifts_are_explained(house, plan, tmp_path)


def test_a_copy_speaks_as_the_folder_does(house: Path, tmp_path: Path) -> None:
    """Female stays female, and patients who share a care still do."""
    copy = tmp_path / "copy"
    home = ("--home", tmp_path / "home")
    assert salus("allocate", "hospital", "convert", house, copy, *home).code == 0
    for file in ("rooms.csv", "inpatients.csv", "patients.csv", "care.csv", "nurses.csv"):
        assert rows(copy / file) == rows(house / file)


def _only_worked_shifts_are_explained(house: Path, plan: Path, folder: Path) -> None:
    """Roster and heat map hold what roster.csv holds; what is only offered is counted apart."""
    page = folder / "plan.html"
    told = salus(
        *("allocate", "hospital", "explain", house, plan, "--html", page),
        *("--home", folder / "home"),
    )
    assert told.code == 0, told.err
    shifts = {(each["nurse"], each["date"], each["shift"]) for each in rows(plan / "roster.csv")}
    text = page.read_text(encoding="utf-8")
    assert ">female: " in text
    drawn = {
        (nurse, day, shift)
        for nurse, day, shift in re.findall(
            r"<title>(\w+), (?:assistant|registered), ([^,]+), (\w+):", text
        )
    }
    assert drawn == {(nurse, _long(day), shift) for nurse, day, shift in shifts}
    cells = re.findall(r"(?:early|late|night): (?:–|[^<,]+(?:, [^<,]+)*), \d+/\d+", text)
    assert len(cells) == len(shifts)
    spare = len(rows(house / "nurse_shifts.csv")) - len(shifts)
    assert spare > 0
    assert f"the plan leaves free: {spare}." in text


def _long(day: str) -> str:
    at = date.fromisoformat(day)
    return f"{at.day} {at:%B %Y}"


def _rested(roster: list[dict[str, str]]) -> bool:
    """Nobody works late and early on the next day, or twice a day, or more than three shifts."""
    worked = {(each["nurse"], each["date"], each["shift"]) for each in roster}
    hours: dict[str, list[int]] = {}
    for nurse, day, shift in worked:
        begins = (date.fromisoformat(day) - date(2026, 3, 2)) / timedelta(hours=1)
        hours.setdefault(nurse, []).append(
            int(begins) + {"early": 6, "late": 14, "night": 22}[shift]
        )
    return all(
        len(begin) <= 3 and all(later - each >= 8 + 11 for each, later in pairwise(begin))
        for begin in map(sorted, hours.values())
    )


def test_the_faults_of_the_how_to_are_what_is_told(house: Path, tmp_path: Path) -> None:
    """A date that is too early, a night without nurses, and rules that leave nobody."""
    solve = ("allocate", "hospital", "solve", house, *BUDGET, "--home", tmp_path / "home")
    too_early, no_night, nobody = SHOWN.findall(PAGE)
    before = (house / "settings.csv").read_text(encoding="utf-8")
    _replace(house / "settings.csv", "7_days,24", "7_days,16")
    assert _told(solve) == [nobody]
    (house / "settings.csv").write_text(before, encoding="utf-8")
    _replace(house / "patients.csv", "2026-03-03,,2", "2026-03-03,2026-03-02,2")
    _replace(house / "nurse_shifts.csv", "Cem,2026-03-04,night,8\n", "")
    assert _told(solve) == [too_early, no_night]


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _told(command: tuple[str | Path, ...]) -> list[str]:
    told = salus(*command)
    assert (told.code, told.out) == (2, "")
    return [line for line in told.err.splitlines() if line.startswith("Error: ")]
