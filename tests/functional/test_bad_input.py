"""What cannot be used is refused: all its faults at once, exit 2, and nothing written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from salus.data.region.sample import sample_region
from tests.fakes.folders import changed_sample, sample_text, small_region
from tests.functional.running import listing, salus

if TYPE_CHECKING:
    from pathlib import Path

FACILITIES, DISTRICTS = sample_text("facilities.csv"), sample_text("districts.csv")
FAR = "district_id,facility_id,minutes\nNOWHERE,H01,5\nAC01,H01,-3\nAC02,H02,soon\n"
DOUBLE = FACILITIES + FACILITIES.splitlines()[1] + "\n"
NO_BEDS = FACILITIES.replace("staffed_beds", "couches")

# What is changed in the sample, and the file, row and column that the faults must name.
FOLDERS: dict[str, tuple[dict[str, str | None], list[tuple[str, int | None, str | None]]]] = {
    "missing file": ({"facilities": None}, [("facilities.csv", None, None)]),
    "missing column": ({"facilities": NO_BEDS}, [("facilities.csv", 1, "staffed_beds")]),
    "text in a number column": (
        {"facilities": FACILITIES.replace("640,84", "many,84")},
        [("facilities.csv", 2, "staffed_beds")],
    ),
    "negative beds": (
        {"facilities": FACILITIES.replace("640,84", "-640,84")},
        [("facilities.csv", 2, "staffed_beds")],
    ),
    "beds beyond reason": (
        {"facilities": FACILITIES.replace("640,84", "1e300,84")},
        [("facilities.csv", 2, "staffed_beds")],
    ),
    "unknown district and bad minutes": (
        {"travel": FAR},
        [
            ("travel.csv", 2, "district_id"),
            ("travel.csv", 3, "minutes"),
            ("travel.csv", 4, "minutes"),
        ],
    ),
    "duplicate ids": ({"facilities": DOUBLE}, [("facilities.csv", 16, "facility_id")]),
    "empty file": ({"districts": ""}, [("districts.csv", None, None)]),
    "empty region": (
        {"districts": DISTRICTS.splitlines()[0], "facilities": FACILITIES.splitlines()[0]},
        [("facilities.csv", None, None), ("districts.csv", None, None)],
    ),
    "faults in several files": (
        {"facilities": FACILITIES.replace("640,84", "?,84"), "travel": FAR, "districts": None},
        [
            ("facilities.csv", 2, "staffed_beds"),
            ("travel.csv", 3, "minutes"),
            ("travel.csv", 4, "minutes"),
            ("districts.csv", None, None),
        ],
    ),
}
ROOMLESS = "H,Mercy,GENERAL ACUTE CARE,Town,Amber Coast,Northcape,43.88,-33.83,0,0,0,0.7,0.7"

LOST_STRESSES = (
    *("--stress", "close=H99", "--stress", "lose=H001:couch:1+H98:icu_bed:1"),
    *("--stress", "road=D99:H001", "--stress", "add=H001:ward_bed:1,close=H97", "--stress"),
    "lose=H001:ward_bed:99999",
)

COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "no such folder": (["run", "--region", "nowhere"], ["nowhere"]),
    "a folder without a name": (["run", "--region", ""], ["--region"]),
    "a name too long": (["run", "--region", "x" * 300], ["x" * 300]),
    "unknown option": (["run", "--fast"], ["salus run"]),
    "unknown command": (["fly"], ["salus"]),
    "missing command": (["trust"], ["salus trust"]),
    "missing argument": (["replay"], ["salus replay"]),
    "one argument too many": (["run", "florida"], ["salus run"]),
    "option without its value": (["run", "--seed"], ["salus run"]),
    "bad date": (["run", "--as-of", "yesterday"], ["--as-of"]),
    "before the data": (["run", "--as-of", "2001-01-01"], ["--as-of"]),
    "the end of time": (["run", "--as-of", "9999-12-31"], ["--as-of"]),
    "bad numbers": (["run", "--horizon", "0", "--seed", "-1"], ["--seed", "--horizon"]),
    "huge horizon": (["run", "--horizon", "29"], ["--horizon"]),
    "bad stress": (["run", "--stress", "panic,demand=nan"], ["--stress", "--stress"]),
    "unknown facilities": (["run", "--stress", "close=H99+H001+H98"], ["--stress", "--stress"]),
    "unknown places of several stresses": (
        ["run", *LOST_STRESSES],
        ["--stress"] * 6,
    ),
    "all at once": (
        ["run", "--as-of", "x", "--horizon", "x", "--stress", "x", "--region", ""],
        ["--horizon", "--as-of", "--stress", "--region"],
    ),
    "no such decision": (["replay", "abc"], ["salus-home"]),
    "no record to verify": (["trust", "audit", "verify"], ["salus-home"]),
    "a language it does not speak": (["run", "--lang", "fr"], ["--lang"]),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_bad_region_is_refused(name: str, tmp_path: Path) -> None:
    """Each fault names file, row and column and what to do; nothing new lies anywhere."""
    files, places = FOLDERS[name]
    folder = changed_sample(tmp_path / "region", **files)
    before = listing(tmp_path)
    told = salus("run", "--region", folder, "--out", tmp_path / "report", "--json")
    document = told.document
    assert (told.code, document["exit_code"]) == (2, 2)
    found = [tuple(fault["where"].values()) for fault in document["faults"]]
    assert sorted(found, key=str) == sorted(places, key=str)
    assert all(fault["what"] and fault["remedy"] for fault in document["faults"])
    assert told.err.count("Error: ") == len(places)
    assert listing(tmp_path) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_a_bad_command_is_refused(name: str, tmp_path: Path) -> None:
    """Each fault names the option; nothing is written, and the same as JSON is one document."""
    arguments, places = COMMANDS[name]
    said = salus(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("Error: ") == len(places)
    told = salus(*arguments, *([] if name == "option without its value" else ["--json"]))
    if told.out:
        assert [fault["where"]["source"] for fault in told.document["faults"]] == places
    assert "Traceback" not in told.err
    assert listing(tmp_path / "work") <= {"salus-home"}


def test_a_region_without_any_bed_is_refused(tmp_path: Path) -> None:
    """Where no facility takes anybody there is nothing to plan."""
    told = salus("run", "--region", small_region(tmp_path / "bare", ROOMLESS))
    assert told.code == 2
    assert "nothing to plan" in told.err


def test_the_faults_are_told_in_chinese_too() -> None:
    """With --lang zh the advice is Chinese, and stdout is still one JSON document."""
    told = salus("run", "--lang", "zh", "--as-of", "x", "--json")
    assert told.code == 2
    assert "日期" in told.err
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told.document["faults"][0]["remedy"])


@pytest.mark.parametrize("form", ["environment", "file"])
def test_infeasible_settings_are_refused(
    form: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """All faults of the settings come at once, wherever the settings stand."""
    wrong = {"target_occupancy": "nan", "horizon": "soon", "speed_kmh": "0", "wings": "2"}
    if form == "environment":
        for name, value in wrong.items():
            monkeypatch.setenv(f"SALUS_{name.upper()}", value)
    else:
        lines = [f"{name} = {json.dumps(value)}" for name, value in wrong.items()]
        (tmp_path / "work" / "salus.toml").write_text("\n".join(lines), encoding="utf-8")
    told = salus("run", "--json")
    assert told.code == 2
    assert len(told.document["faults"]) == len(wrong)


def test_settings_that_contradict_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unmet case must weigh more than the longest journey."""
    monkeypatch.setenv("SALUS_MAX_TRAVEL_MINUTES", "600")
    monkeypatch.setenv("SALUS_UNMET_MINUTES", "500")
    told = salus("run")
    assert told.code == 2
    assert "do not go together" in told.err


def test_settings_that_are_no_toml_are_refused(tmp_path: Path) -> None:
    """A file of settings that cannot be read is named."""
    (tmp_path / "work" / "salus.toml").write_text("horizon = ", encoding="utf-8")
    told = salus("run")
    assert told.code == 2
    assert "salus.toml" in told.err


def test_nothing_but_the_record_of_the_failure_is_left(tmp_path: Path) -> None:
    """After a refusal no object was kept: the home holds the store alone."""
    salus("run", "--as-of", "2001-01-01", "--region", sample_region())
    assert listing(tmp_path / "work" / "salus-home") == {"salus.db"}
