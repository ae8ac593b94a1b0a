"""``salus allocate hospital solve``: a plan at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.files import read_plan
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.verify import verify
from salus.cli import files, hospital
from salus.service.plan_hospital import plan_hospital
from tests.fakes.timetables import HOSPITAL, instance, kept
from tests.functional.running import salus

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


@pytest.mark.parametrize(("out", "there"), [("p.json", "p-2.json"), ("p", "p-2")])
def test_a_plan_whose_place_was_taken_meanwhile_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, there: str
) -> None:
    """As where two searches write to one place; nothing is replaced, and the result is told."""
    file, home = kept(tmp_path, instance(), "instance.json"), ("--home", tmp_path / "home")

    def meanwhile(*given: Any) -> Any:
        found = plan_hospital(*given)
        (tmp_path / out).write_text("another's", encoding="utf-8")
        return found

    monkeypatch.setattr(hospital, "plan_hospital", meanwhile)
    told = salus(*SOLVE, file, "--iterations", "30000", "--out", tmp_path / out, *home)
    assert told.code == 0
    assert "Cost" in told.out
    assert there in told.out
    assert (tmp_path / out).read_text(encoding="utf-8") == "another's"
    assert read_plan(tmp_path / there, Hospital.plain(HOSPITAL)).admissions


def test_a_plan_whose_folder_has_gone_lies_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where it can lie nowhere, its result is told all the same, before the error."""
    file, home = kept(tmp_path, instance(), "instance.json"), ("--home", tmp_path / "home")
    folder, working = tmp_path / "plans", tmp_path / "working"

    def meanwhile(*given: Any) -> Any:
        found = plan_hospital(*given)
        folder.rmdir()
        return found

    monkeypatch.setattr(hospital, "plan_hospital", meanwhile)
    working.mkdir()
    monkeypatch.chdir(working)
    again = (*SOLVE, file, "--iterations", "30000", "--out", folder / "p.json", *home)
    folder.mkdir()
    assert salus(*again).code == 0
    assert read_solution(working / "p.json", HOSPITAL).admissions
    folder.mkdir()
    monkeypatch.setattr(files, "_others", lambda _: iter(()))
    told = salus(*again, "--json")
    assert told.code == 2
    assert told.document["total_violations"] == 0
    assert "this place cannot be written" in told.err


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
    beyond = ("--seconds", "inf", "--seed", str(10**25), "--cores", "100000", "--out", "-")
    told = salus(*SOLVE, file, *beyond, "--home", tmp_path / "home", "--json")
    faults = {each["where"]["source"]: each["remedy"] for each in told.document["faults"]}
    assert list(faults) == ["--seconds", "--seed", "--cores", "--out"]
    assert "at most" in faults["--seconds"]
    assert f"from 0 to {10**18}" in faults["--seed"]


def test_a_place_that_cannot_be_written_is_refused_before_the_search(tmp_path: Path) -> None:
    """An hour of search is not lost to a folder that is not there."""
    file = kept(tmp_path, instance(), "instance.json")
    out = tmp_path / "nowhere" / "plan.json"
    told = salus(*SOLVE, file, "--seconds", "3600", "--out", out, "--home", tmp_path / "home")
    assert (told.code, "--out" in told.err, "cannot be written" in told.err) == (2, True, True)


@pytest.mark.parametrize(
    ("wrong", "en", "zh"),
    [
        (("--iterations", "1e5"), "this is no whole number", "这不是整数"),
        (("--cores", "x"), "this is no whole number", "这不是整数"),
        (("--seconds", "long"), "this is not a number", "这不是数字"),
    ],
)
def test_an_option_that_is_no_number_is_named(wrong: tuple[str, str], en: str, zh: str) -> None:
    """With what was written, in the reader's language alone."""
    for lang, said in (("en", en), ("zh", zh)):
        told = salus(*SOLVE, "instance.json", *wrong, "--lang", lang)
        assert told.code == 2
        assert all(part in told.err for part in (*wrong, said))
        assert "Input should" not in told.err


def test_a_plan_that_is_kept_nowhere_is_told(tmp_path: Path) -> None:
    """And where it is, if it is kept."""
    file, home = kept(tmp_path, instance(), "instance.json"), ("--home", tmp_path / "home")
    told = salus(*SOLVE, file, "--iterations", "1000", *home)
    assert "The plan was not written: --out FILE writes it." in told.out
    told = salus(*SOLVE, file, "--iterations", "1000", "--out", "plan.JSON", *home)
    assert "Written: plan.JSON." in told.out
    assert Path("plan.JSON").is_file()


def test_a_plan_of_another_hospital_is_no_beginning(tmp_path: Path) -> None:
    """Nobody and nothing that it names is known."""
    file = kept(tmp_path, instance(), "instance.json")
    admission = {"id": "x", "admission_day": 0, "room": "y", "operating_theater": "z"}
    nurse = {"id": "w", "assignments": []}
    other = kept(tmp_path, {"patients": [admission], "nurses": [nurse]}, "other.json")
    more = ("--iterations", "1000", "--home", tmp_path / "home", "--json")
    told = salus(*SOLVE, file, "--warm", other, *more)
    assert told.code == 2
    assert "fits" in told.document["faults"][0]["what"]


def test_where_nobody_waits_the_best_plan_is_known(tmp_path: Path) -> None:
    """Nobody is to be admitted, so that only the nurses of those who lie there are chosen."""
    file = kept(tmp_path, {**instance(), "patients": []}, "instance.json")
    told = salus(*SOLVE, file, "--iterations", "20000", "--home", tmp_path / "home")
    assert told.code == 0
    assert "No plan costs less: this is the best one." in told.out
