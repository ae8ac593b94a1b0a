"""``salus allocate hospital convert``, ``overrun`` and ``solve`` with folders."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salus.allocate.hospital.competition.write import instance_text
from salus.allocate.hospital.files import write_hospital
from tests.fakes.house import stated, written
from tests.fakes.timetables import HOSPITAL, crowded, instance, kept, solution
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path


CONVERT = ("allocate", "hospital", "convert")


def test_each_form_is_made_from_the_other(tmp_path: Path) -> None:
    """JSON, folder and JSON again are the same document; so are the plans."""
    home = ("--home", tmp_path / "home")
    file, plan = kept(tmp_path, instance(), "h.json"), kept(tmp_path, solution(), "p.json")
    folder, back = tmp_path / "h", tmp_path / "h2.json"
    told = salus(*CONVERT, file, folder, "--first-date", "2026-03-02", *home)
    assert (told.code, told.err, told.document) == (0, "", {"written": str(folder)})
    assert "first_date,2026-03-02" in (folder / "settings.csv").read_text(encoding="utf-8")
    told = salus(*CONVERT, folder, back, *home)
    assert (told.code, told.document["lost"]) == (0, ["dates and hours of shifts"])
    assert back.read_text(encoding="utf-8") == instance_text(HOSPITAL)
    here, again = tmp_path / "p", tmp_path / "p2.json"
    for source, target in ((plan, here), (here, again)):
        told = salus(*CONVERT, folder, target, "--plan", source, *home)
        assert told.code == 0
    assert json.loads(again.read_text(encoding="utf-8"))["patients"] == solution()["patients"]
    pairs = [(file, plan), (back, again), (folder, here)]
    costs = [salus("allocate", "hospital", "verify", *pair, *home).document for pair in pairs]
    assert costs == costs[:1] * len(pairs)


@pytest.mark.parametrize(("lang", "said"), [("en", "has no place for"), ("zh", "没有位置存放")])
def test_what_json_cannot_hold_is_told(tmp_path: Path, lang: str, said: str) -> None:
    """Each rule by its name; and a first date that would be ignored is refused."""
    home = ("--home", tmp_path / "home", "--lang", lang)
    folder, file = written(tmp_path), tmp_path / "h.json"
    told = salus(*CONVERT, folder, file, *home)
    assert (told.code, said in told.err, "rest_hours" in told.err) == (0, True, True)
    assert told.document["lost"] == [
        "dates and hours of shifts",
        "names of skills",
        "wards",
        "the rule rest_hours",
        "the rule most_hours_in_7_days",
        "the rule most_hours",
        "the rule least_share",
        "history of surgeries",
        "procedures",
        "emergencies",
    ]
    for source, target in ((folder, tmp_path / "new"), (file, tmp_path / "new.json")):
        told = salus(*CONVERT, source, target, "--first-date", "2026-03-02", *home)
        assert (told.code, "--first-date" in told.err, target.exists()) == (2, True, False)


def test_names_that_json_cannot_hold_are_told(tmp_path: Path) -> None:
    """Those of a care that nobody's key is, and of the genders, beside those of skills."""
    home, places = ("--home", tmp_path / "home"), (tmp_path / "h", tmp_path / "h.json")
    care = {HOSPITAL.patients[0].id: "hip"}
    write_hospital(replace(stated(), cares=care, genders=("female", "male")), places[0])
    told = salus(*CONVERT, *places, *home)
    names = ["names of skills", "keys of care", "words for genders"]
    assert told.document["lost"][1:4] == names


def test_days_without_dates_are_told_by_number(tmp_path: Path) -> None:
    """JSON states no dates, and none are made up."""
    file, plan = kept(tmp_path, instance(), "h.json"), kept(tmp_path, solution(), "p.json")
    home = ("--home", tmp_path / "home")
    told = salus("allocate", "hospital", "overrun", file, plan, *home)
    days = told.document["theatre_days"]
    assert days
    assert all(each["day"] in range(4) and "date" not in each for each in days)
    told = salus("allocate", "hospital", "solve", file, "--iterations", "2000", *home)
    assert (" on day " in told.out, "2024" in told.out) == (True, False)


def test_what_cannot_be_converted_is_told(tmp_path: Path) -> None:
    """A target that is there, a date that is none, a folder without files."""
    home = ("--home", tmp_path / "home")
    file = kept(tmp_path, instance(), "h.json")
    assert salus(*CONVERT, file, file, *home).code == 2
    told = salus(*CONVERT, file, "new", "--first-date", "soon", *home)
    assert (told.code, "--first-date" in told.err, "soon" in told.err) == (2, True, True)
    (tmp_path / "empty").mkdir()
    told = salus(*CONVERT, tmp_path / "empty", "new.json", *home)
    assert told.code == 2
    assert "nurse_shifts.csv" in told.err


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "there is no care of this key"), ("zh", "没有这个编号的护理")],
)
def test_faults_of_a_folder_are_told_in_each_language(tmp_path: Path, lang: str, said: str) -> None:
    """With file, row and column."""
    folder = written(tmp_path)
    patients = (folder / "patients.csv").read_text(encoding="utf-8")
    (folder / "patients.csv").write_text(patients.replace(",hip,p0", ",hip,x"), encoding="utf-8")
    plan = kept(tmp_path, solution(), "p.json")
    where = ("--home", tmp_path / "home", "--lang", lang)
    told = salus("allocate", "hospital", "verify", folder, plan, *where)
    assert told.code == 2
    assert said in told.err
    assert "patients.csv" in told.err


def test_overruns_and_broken_rules_of_nurses_are_told(tmp_path: Path) -> None:
    """Each day of a theatre with its chance; rules by nurse, date and shift."""
    folder, plan = written(tmp_path), kept(tmp_path, solution(), "p.json")
    home = ("--home", tmp_path / "home")
    told = salus("allocate", "hospital", "overrun", folder, plan, "--bound", ".2", *home)
    days = told.document["theatre_days"]
    assert told.document["above"] == sum(each["chance"] > 0.2 for each in days)
    assert {each["date"][:8] for each in days} == {"2026-03-"}
    found = salus("allocate", "hospital", "verify", folder, plan, *home).document
    assert {each["rule"] for each in found["nurse_rules"]} >= {"HoursInAll"}
    why = salus("allocate", "hospital", "explain", folder, plan, "--json", *home).document
    assert why["nurse_rules"] == found["nurse_rules"]
    for wrong in ("0", "1.5", "often"):
        told = salus("allocate", "hospital", "overrun", folder, plan, "--bound", wrong, *home)
        assert (told.code, "--bound" in told.err) == (2, True)


def test_a_folder_is_planned_with_its_rules(tmp_path: Path) -> None:
    """The plan is a folder too; it breaks nothing, and no day is above the bound."""
    folder, plan = tmp_path / "h", tmp_path / "plan"
    home = ("--home", tmp_path / "home")
    file = kept(tmp_path, instance(), "h.json")
    salus(*CONVERT, file, folder, *home)
    with (folder / "settings.csv").open("a", encoding="utf-8") as settings:
        settings.write("rest_hours,8\n")
    told = salus(
        *("allocate", "hospital", "solve", folder, "--iterations", "200000", "--cores", "1"),
        *("--out", plan, "--overrun", ".3", "--json", *home),
    )
    assert told.code == 0
    assert told.document["nurse_rules"] == []
    assert all(each["chance"] <= 0.3 for each in told.document["theatre_days"])
    found = salus("allocate", "hospital", "verify", folder, plan, *home).document
    assert found["nurse_rules"] == []
    assert found["total_cost"] == told.document["total_cost"]
    told = salus("allocate", "hospital", "solve", folder, "--overrun", "2", *home)
    assert (told.code, "--overrun" in told.err) == (2, True)


def test_a_chance_that_no_plan_keeps_ends_with_6(tmp_path: Path) -> None:
    """The plan that keeps the rules is written all the same."""
    file = kept(tmp_path, instance_text(crowded()), "h.json")
    told = salus(
        *("allocate", "hospital", "solve", file, "--iterations", "60000", "--cores", "1"),
        *("--overrun", ".1", "--out", tmp_path / "p.json", "--home", tmp_path / "home"),
    )
    assert told.code == 6
    found = salus(
        *("allocate", "hospital", "verify", file, tmp_path / "p.json"),
        *("--home", tmp_path / "home"),
    )
    assert found.document["total_violations"] == 0


def test_a_name_that_a_folder_cannot_hold_is_refused_before_the_search(tmp_path: Path) -> None:
    """With each place of the plan's files; as JSON the plan can be written."""
    document = instance()
    for each in document["rooms"], document["patients"]:
        each[0]["id"] = f"={each[0]['id']}"
    document["patients"] = [{**each, "incompatible_room_ids": []} for each in document["patients"]]
    document["occupants"] = []
    file, home = kept(tmp_path, document, "h.json"), ("--home", tmp_path / "home")
    hour = ("allocate", "hospital", "solve", file, "--seconds", "3600", *home)
    told = salus(*hour, "--out", tmp_path / "p")
    assert told.code == 2
    assert "admissions.csv, which is not written, column patient_id" in told.err
    assert "admissions.csv, which is not written, column room" in told.err
    short = ("allocate", "hospital", "solve", file, "--iterations", "1000", *home)
    assert salus(*short, "--out", tmp_path / "p.json").code in {0, 6}
    assert (tmp_path / "p.json").is_file()
