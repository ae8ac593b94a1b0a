"""``salus allocate hospital explain``: why a plan is as it is, in terminal, page and JSON."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.competition.write import instance_text, solution_text
from salus.allocate.hospital.files import write_hospital, write_plan
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.verify import verify
from salus.cli import explain_hospital as command
from salus.service.explain_hospital import explain_hospital
from tests.fakes.timetables import PLAN, instance, kept, solution
from tests.functional.reading import Page
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.functional.running import Told

MADE = random_hospital(11, patients=14, days=9)
DECIDED = random_plan(MADE, 4)


def explain(folder: Path, *more: str | Path) -> Told:
    """Explain a plan of a small hospital."""
    files = folder / "north.json", folder / "plan.json"
    files[0].write_text(instance_text(MADE), encoding="utf-8")
    files[1].write_text(solution_text(MADE, DECIDED), encoding="utf-8")
    home = ("--home", folder / "home")
    return salus("allocate", "hospital", "explain", *files, *home, *more)


def test_one_document_says_it_all(tmp_path: Path) -> None:
    """With --json stdout holds one document, which adds up to what verification counts."""
    told = explain(tmp_path, "--json")
    assert told.code == 0
    document, found = told.document, verify(MADE, DECIDED)
    assert document["total_cost"] == found.total_cost
    for rows in document["costs"].values():
        assert sum(cost for row in rows.values() for cost in row.values()) == pytest.approx(
            found.total_cost
        )
    inside = {each.patient for each in DECIDED.admissions}
    left_out = [each["patient"] for each in document["reasons"] if each["now"] is None]
    assert left_out == [each.id for each in MADE.patients if each.id not in inside]
    assert all(each["saving"] > 0 for each in document["worths"])
    assert all("date" not in each for each in document["worths"])
    assert {each["theatre"] for each in document["theatre_days"]} <= {"t0", "t1"}
    assert all(0 <= each["chance"] <= 1 for each in document["theatre_days"])
    assert "north" in told.err


def test_the_terminal_and_the_page_say_the_same(tmp_path: Path) -> None:
    """Each sentence of the terminal stands in the page, which has the pictures and no script."""
    page = tmp_path / "plan.html"
    told = explain(tmp_path, "--html", page)
    assert (told.code, told.err) == (0, "")
    text = page.read_text(encoding="utf-8")
    shown = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    for title in re.findall(r"^([A-Z][^…\n]{20,})$", told.out, re.MULTILINE):
        if not title.startswith(("Written", "Cost by")):
            assert " ".join(title.split()) in shown, title
    assert text.count("<svg") == 3
    assert "<script" not in text
    assert all(each.startswith("#") for each in Page(text).references)
    assert max(map(len, told.out.splitlines())) <= 100


def test_each_board_is_a_file(tmp_path: Path) -> None:
    """The folder holds the boards of beds, theatres and nurses, each a whole picture."""
    told = explain(tmp_path, "--pictures", tmp_path / "boards")
    assert told.code == 0
    files = sorted((tmp_path / "boards").iterdir())
    assert [file.name for file in files] == ["beds.svg", "nurses.svg", "theatres.svg"]
    for file in files:
        assert ET.parse(file).getroot().tag.endswith("svg")  # noqa: S314 (drawn here)
        assert str(file) in told.out


def test_a_folder_has_dates(tmp_path: Path) -> None:
    """A hospital and plan of our own form are explained alike, with dates for numbers."""
    hospital = Hospital.plain(MADE, date(2026, 6, 27))
    files = tmp_path / "north", tmp_path / "plan"
    write_hospital(hospital, files[0])
    write_plan(hospital, DECIDED, files[1])
    page = tmp_path / "plan.html"
    home = ("--home", tmp_path / "home")
    told = salus("allocate", "hospital", "explain", *files, *home, "--html", page)
    assert told.code == 0
    assert "2026" in told.out
    assert "27 Jun" in page.read_text(encoding="utf-8")
    assert "day 1" not in told.out
    document = salus("allocate", "hospital", "explain", *files, *home, "--json").document
    named = [each["way"] for each in document["reasons"]]
    named += [each for each in document["worths"] if each["day"] is not None]
    assert named
    assert all(each["date"] == _date(each["day"]) for each in named)


def _date(day: int) -> str:
    return (date(2026, 6, 27) + timedelta(days=day)).isoformat()


def test_in_chinese(tmp_path: Path) -> None:
    """Terminal, page and pictures are in Chinese."""
    page, boards = tmp_path / "plan.html", tmp_path / "boards"
    told = explain(tmp_path, "--lang", "zh", "--html", page, "--pictures", boards)
    assert told.code == 0
    text = page.read_text(encoding="utf-8") + (boards / "beds.svg").read_text(encoding="utf-8")
    for said in ("床位图", "谁负责哪些病房", "已写入"):
        assert said in told.out + text
    for phrase in ("Bed board", "nearest way", "saves at least", "admitted on", "lacks"):
        assert phrase not in told.out + text


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    """A file or folder of the name is named, exit 2, and stays as it was."""
    page, boards = tmp_path / "plan.html", tmp_path / "boards"
    page.write_text("mine", encoding="utf-8")
    boards.mkdir()
    told = explain(tmp_path, "--html", page, "--pictures", boards)
    assert (told.code, told.out) == (2, "")
    assert "--html" in told.err
    assert "--pictures" in told.err
    assert page.read_text(encoding="utf-8") == "mine"


def test_what_was_taken_meanwhile_is_written_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is replaced, and the explanation is told."""
    page, boards = tmp_path / "plan.html", tmp_path / "boards"

    def meanwhile(*given: Any) -> Any:
        found = explain_hospital(*given)
        page.write_text("another's", encoding="utf-8")
        boards.mkdir()
        return found

    monkeypatch.setattr(command, "explain_hospital", meanwhile)
    told = explain(tmp_path, "--html", page, "--pictures", boards)
    assert told.code == 0
    assert page.read_text(encoding="utf-8") == "another's"
    assert "<svg" in (tmp_path / "plan-2.html").read_text(encoding="utf-8")
    assert (tmp_path / "boards-2" / "beds.svg").is_file()
    assert "plan-2.html" in told.out


def test_faults_of_the_files_are_told(tmp_path: Path) -> None:
    """All of them with their paths, exit 2, and nothing is written."""
    broken = instance()
    broken["occupants"][0]["room_id"] = "r9"
    files = kept(tmp_path, broken, "instance.json"), kept(tmp_path, solution(), "plan.json")
    assert PLAN.admissions
    page = tmp_path / "plan.html"
    told = salus(
        "allocate", "hospital", "explain", *files, "--home", tmp_path / "home", "--html", page
    )
    assert told.code == 2
    assert "occupants[0].room_id" in told.err
    assert not page.exists()
