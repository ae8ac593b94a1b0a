"""``salus allocate hospital replan``: a plan after something has happened, at the command line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.competition.write import instance_text, solution_text
from salus.allocate.hospital.keep import Perturbation
from salus.allocate.hospital.verify import verify
from salus.cli.replan import MOST, weights_of
from salus.core.errors import Faults
from tests.fakes.small_house import HOUSE, PLAN
from tests.fakes.timetables import kept
from tests.functional.running import salus

ROOT = Path(__file__).parents[2]
BROKEN = re.compile(r"Unchanged, it would now break rules: .*?[.]\n", re.DOTALL)
REPLAN = ("allocate", "hospital", "replan")
SHUT = {"event": "theatre_closed", "id": "t0", "to_day": 2}
AWAY = {"event": "nurse_away", "id": "n1", "from_day": 1}
NEW = {
    "event": "emergency",
    "id": "e0",
    "gender": "A",
    "age_group": "adult",
    "length_of_stay": 1,
    "surgery_duration": 30,
    "surgeon_id": "s0",
    "workload_produced": [1],
    "skill_level_required": [0],
}
QUICK = ("--today", "1", "--iterations", "40000", "--cores", "1")


def _files(folder: Path, *events: Any) -> tuple[Path, Path, Path]:
    return (
        kept(folder, instance_text(HOUSE), "instance.json"),
        kept(folder, solution_text(HOUSE, PLAN), "plan.json"),
        kept(folder, {"events": list(events)}, "events.json"),
    )


def test_what_changes_is_told_and_written(tmp_path: Path) -> None:
    """The document says what the files hold, and the next change can begin with them."""
    files, home = _files(tmp_path, SHUT, AWAY, NEW), ("--home", tmp_path / "home")
    out, write = tmp_path / "new.json", tmp_path / "changed.json"
    told = salus(*REPLAN, *files, *QUICK, *home, "--out", out, "--write", write, "--json")
    assert told.code == 0
    after = read_instance(write)
    plan = read_solution(out, after)
    found = verify(after, plan)
    assert told.document["after"]["total_cost"] == found.total_cost
    assert told.document["after"]["total_violations"] == found.total_violations == 0
    assert told.document["before"]["total_cost"] == verify(HOUSE, PLAN).total_cost
    assert told.document["unchanged"]["violations"]["UncoveredRoom"] == 1
    moves = {each["id"]: each for each in told.document["patients"]}
    assert (moves["e0"]["before"], moves["e0"]["events"]) == (None, [2])
    assert moves["e0"]["after"]["admission_day"] == 1
    assert 0 in moves["p1"]["events"]
    rooms = {(each["room"], each["day"]): each for each in told.document["rooms"]}
    assert (rooms["r1", 1]["before"], rooms["r1", 1]["after"]) == ("n1", "n0")
    assert rooms["r1", 1]["events"] == [1]
    again = (write, out, kept(tmp_path, "event,id\n", "events.csv"))
    told = salus(*REPLAN, *again, *QUICK, *home, "--json", "--keep-weight", "day=1000,nurse=1000")
    assert (told.document["changes"]["day"], told.document["changes"]["nurse"]) == (0, 0)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "theatre t0 is closed"), ("zh", "手术室 t0 关闭")]
)
def test_it_is_told_in_each_language(tmp_path: Path, lang: str, said: str) -> None:
    """One table says who and what changes, and why."""
    files = _files(tmp_path, SHUT, AWAY, NEW)
    told = salus(*REPLAN, *files, *QUICK, "--home", tmp_path / "home", "--lang", lang)
    assert told.code == 0
    assert said in told.out
    assert "e0" in told.out


def test_the_how_to_shows_what_is_printed(tmp_path: Path) -> None:
    """Its example names what breaks as the code does."""
    page = (ROOT / "docs" / "how-to" / "replan-a-hospital.md").read_text(encoding="utf-8")
    example = re.search(r"```text\n(Patients who move.*?)```", page, re.DOTALL)
    assert example
    files, home = _files(tmp_path, SHUT, AWAY), ("--home", tmp_path / "home")
    printed = salus(*REPLAN, *files, *QUICK, *home).out
    shown, told = (re.search(BROKEN, text) for text in (example[1], printed))
    assert shown
    assert told
    assert _without_numbers(shown[0]) == _without_numbers(told[0])


def _without_numbers(text: str) -> str:
    return re.sub(r"[0-9]+", "N", text)


def test_a_patient_without_a_day_is_named(tmp_path: Path) -> None:
    """Exit 6: no plan keeps every rule, and the reason is told."""
    away = {"event": "surgeon_away", "id": "s0", "to_day": 3}
    files = _files(tmp_path, away, NEW)
    home = ("--home", tmp_path / "home")
    told = salus(*REPLAN, *files, *QUICK, *home, "--json")
    assert told.code == 6
    named = {name for each in told.document["conflicts"] for name in each["people"]}
    assert named == {"p1", "e0"}
    assert "e0" in salus(*REPLAN, *files, *QUICK, *home).out


def test_a_plan_that_nothing_upsets_stays(tmp_path: Path) -> None:
    """And so it is told."""
    files = _files(tmp_path)
    heavy = f"day={MOST},room={MOST}, theatre={MOST}, nurse={MOST}"
    more = ("--home", tmp_path / "home", "--keep-weight", heavy)
    told = salus(*REPLAN, *files, *QUICK, *more)
    assert told.code == 0
    assert "The plan stays as it is" in told.out


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    """Options first, as no file is read before them; then every fault of the events."""
    files, home = _files(tmp_path, AWAY, {**SHUT, "id": "t9"}, {"event": "flood"}), tmp_path / "h"
    wrong = ("--today", "-1", "--seed", "-1", "--keep-weight", "bed=1,day=-1,room=x")
    places = ("--out", files[0], "--write", "new.txt", "--home", home, "--json")
    told = salus(*REPLAN, *files, *wrong, *places)
    assert told.code == 2
    found = sorted(each["where"]["source"] for each in told.document["faults"])
    assert found == ["--keep-weight"] * 3 + ["--out", "--seed", "--today", "--write"]
    long = "9" * 5_000
    told = salus(*REPLAN, *files, "--today", long, "--keep-weight", f"day={long}", *places[4:])
    found = sorted(each["where"]["source"] for each in told.document["faults"])
    assert (told.code, found) == (2, ["--keep-weight", "--today"])
    told = salus(*REPLAN, *files, "--today", "1", "--home", home, "--json")
    assert told.code == 2
    where = {each["where"]["column"] for each in told.document["faults"]}
    assert where == {"events[1].id", "events[2].event"}
    assert "--today DAY is missing" in salus(*REPLAN, *files, "--home", home).err
    told = salus(*REPLAN, *files, "--today", "9", "--home", home, "--json")
    assert "today" in str(told.document["faults"])
    told = salus(*REPLAN, *files, "--today", "2026-03-02", "--home", home, "--json")
    [fault] = told.document["faults"]
    assert (fault["where"]["source"], fault["value"]) == ("--today", "2026-03-02")


def test_a_hospital_with_dates_takes_them(tmp_path: Path) -> None:
    """Within its weeks, and what is outside is told by date."""
    files, home = _files(tmp_path, SHUT), ("--home", tmp_path / "home")
    dated, plan = tmp_path / "dated", tmp_path / "planned"
    convert = ("allocate", "hospital", "convert", files[0])
    salus(*convert, dated, "--first-date", "2026-03-02", *home)
    salus("allocate", "hospital", "convert", dated, plan, "--plan", files[1], *home)
    told = salus(*REPLAN, dated, plan, files[2], "--today", "2026-04-01", *home, "--json")
    [fault] = told.document["faults"]
    assert (fault["where"]["source"], fault["value"]) == ("--today", "2026-04-01")
    told = salus(*REPLAN, dated, plan, files[2], *QUICK[2:], "--today", "2026-03-03", *home)
    assert told.code == 0
    assert " March 2026" in told.out
    told = salus(*REPLAN, dated, plan, files[2], *QUICK, *home, "--json")
    dates = [date(2026, 3, 2 + day).isoformat() for day in range(HOUSE.days)]
    moved = [each["after"] for each in told.document["patients"]]
    assert moved
    assert all(each["admission_date"] == dates[each["admission_day"]] for each in moved)
    assert all(each["date"] == dates[each["day"]] for each in told.document["rooms"])
    write = ("--write", tmp_path / "changed.json")
    told = salus(*REPLAN, dated, plan, files[2], *QUICK, *home, *write, "--json")
    assert "dates and hours of shifts" in told.document["lost"]
    assert "has no place for: dates" in " ".join(told.err.split())


def test_plan_and_hospital_are_written_to_two_places(tmp_path: Path) -> None:
    """One place, or one within the other, is refused before the search; both are told."""
    files, home = _files(tmp_path, AWAY), ("--home", tmp_path / "home")
    out = ("--out", tmp_path / "new")
    for write in ("new", "new/inner"):
        told = salus(*REPLAN, *files, *QUICK, *home, *out, "--write", tmp_path / write, "--json")
        assert [each["where"]["source"] for each in told.document["faults"]] == ["--write"]
        assert not (tmp_path / "new").exists()
    told = salus(*REPLAN, *files, *QUICK, *home, *out, "--write", tmp_path / "house")
    assert told.out.count("Written: ") == 2


def test_a_closed_room_is_written_without_beds(tmp_path: Path) -> None:
    """With beds that nobody may use, the next change could not read it."""
    lying = {each.room for each in HOUSE.occupants}
    room = next(each.id for each in HOUSE.rooms if each.id not in lying)
    files, home = _files(tmp_path, {"event": "room_closed", "id": room}), ("--home", tmp_path / "h")
    write = tmp_path / "changed.json"
    salus(*REPLAN, *files, *QUICK, "--today", "0", *home, "--write", write)
    assert {each.id: each.beds for each in read_instance(write).rooms}[room] == 0


def test_weights_have_defaults() -> None:
    """What is not named is as it is without the option."""
    faults = Faults()
    assert weights_of("room=7", faults) == Perturbation(room=7)
    assert not len(faults)
    weights_of("day=1,day=2", faults)
    assert len(faults) == 1


def test_a_plan_that_still_keeps_every_rule_stays(tmp_path: Path) -> None:
    """An event without effect moves nobody, unless weights are asked for."""
    files = _files(tmp_path, {"event": "theatre_closed", "id": "t1", "from_day": 1})
    told = salus(*REPLAN, *files, *QUICK, "--home", tmp_path / "home", "--json")
    assert (told.code, told.document["patients"], told.document["rooms"]) == (0, [], [])
