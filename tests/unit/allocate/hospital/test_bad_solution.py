"""Solutions that cannot be read are refused as the competition says, all faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.core.errors import InputError
from tests.fakes.timetables import HOSPITAL, instance, kept, solution

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[Any], object]

ADMITTED = {"id": "p0", "admission_day": 1, "room": "r0", "operating_theater": "t0"}
DUTY = "nurses[0].assignments[0]"


def _duty(document: Any) -> Any:
    return document["nurses"][0]["assignments"][0]


def _off(document: Any) -> None:
    duty = _duty(document)
    duty.update(shift="late" if duty["shift"] != "late" else "night", rooms=["r0"])


# What is changed in the document, and the paths and values that the faults must name.
CASES: dict[str, tuple[Change, list[tuple[str, object]]]] = {
    "unknown patient": (lambda d: d["patients"][0].update(id="p9"), [("patients[0].id", "p9")]),
    "unknown patient who is not admitted": (
        lambda d: d["patients"].append({"id": "p9", "admission_day": "none"}),
        [("patients[6].id", "p9")],
    ),
    "unknown room": (lambda d: d["patients"][0].update(room="x"), [("patients[0].room", "x")]),
    "unknown theatre": (
        lambda d: d["patients"][0].update(operating_theater="x"),
        [("patients[0].operating_theater", "x")],
    ),
    "unknown nurse": (lambda d: d["nurses"][0].update(id="x"), [("nurses[0].id", "x")]),
    "unknown nurse without duties": (
        lambda d: d["nurses"].append({"id": "x"}),
        [("nurses[6].id", "x")],
    ),
    "unknown shift": (lambda d: _duty(d).update(shift="x"), [(f"{DUTY}.shift", "x")]),
    "unknown room of a nurse": (
        lambda d: _duty(d).update(rooms=["r0", "x"]),
        [(f"{DUTY}.rooms[1]", "x")],
    ),
    "admitted twice": (lambda d: d["patients"].append(ADMITTED), [("patients[6].id", "p0")]),
    "off duty": (_off, [(DUTY, "n0")]),
    "day before the horizon": (
        lambda d: d["patients"][0].update(admission_day=-1),
        [("patients[0].admission_day", -1)],
    ),
    "day after the horizon": (
        lambda d: (d["patients"][0].update(admission_day=4), _duty(d).update(day=4)),
        [("patients[0].admission_day", 4), (f"{DUTY}.day", 4)],
    ),
    "day in quotes": (
        lambda d: d["patients"][0].update(admission_day="1"),
        [("patients[0].admission_day", '"1"')],
    ),
    "day that is no number": (
        lambda d: (d["patients"][0].update(admission_day=True), _duty(d).update(day=1.5)),
        [("patients[0].admission_day", "true"), (f"{DUTY}.day", "1.5")],
    ),
    "fields are missing": (
        lambda d: (d["patients"][0].pop("room"), _duty(d).pop("shift"), d["nurses"][1].pop("id")),
        [("patients[0].room", None), (f"{DUTY}.shift", None), ("nurses[1].id", None)],
    ),
    "no patients": (lambda d: d.pop("patients"), [("patients", None)]),
    "rooms in no list": (lambda d: _duty(d).update(rooms="r0"), [(f"{DUTY}.rooms", '"r0"')]),
    "all at once": (
        lambda d: (
            d["patients"][0].update(room="x", operating_theater="y", admission_day=99),
            d["nurses"][0].update(id="z"),
        ),
        [
            ("patients[0].admission_day", 99),
            ("patients[0].room", "x"),
            ("patients[0].operating_theater", "y"),
            ("nurses[0].id", "z"),
        ],
    ),
}


def _document() -> Any:
    document = solution()
    document["patients"][0] = dict(ADMITTED)
    return document


@pytest.mark.parametrize("name", CASES)
def test_every_fault_is_named(name: str, tmp_path: Path) -> None:
    """Its path and value, once each, and no fault that only follows from another."""
    change, wanted = CASES[name]
    document = _document()
    change(document)
    with pytest.raises(InputError) as raised:
        read_solution(kept(tmp_path, document), HOSPITAL)
    found = [(each.where.column, each.value) for each in raised.value.faults]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_an_instance_is_no_solution_and_a_solution_no_instance(tmp_path: Path) -> None:
    """The one is easily named for the other: a single fault says so."""
    with pytest.raises(InputError, match="a hospital, not a plan of it") as raised:
        read_solution(kept(tmp_path, instance()), HOSPITAL)
    assert len(raised.value.faults) == 1
    with pytest.raises(InputError, match="a plan, not a hospital") as raised:
        read_instance(kept(tmp_path, solution()))
    assert len(raised.value.faults) == 1


def test_what_the_competition_allows_is_read(tmp_path: Path) -> None:
    """Nurses and patients left out, no rooms off duty, a postponed entry beside an admission."""
    document = _document()
    document["costs"] = ["Cost: 12"]
    document["patients"] = [
        {"id": "p1", "admission_day": "none", "room": "no such room"},
        ADMITTED,
        {"id": "p0", "admission_day": "none"},
    ]
    _duty(document).update(rooms=[], shift="late")
    document["nurses"][1] = {"id": "n1"}
    del document["nurses"][2]["assignments"][0]["rooms"]
    plan = read_solution(kept(tmp_path, document), HOSPITAL)
    assert [each.patient for each in plan.admissions] == ["p0"]
    assert {each.nurse for each in plan.duties} == {"n0", "n2", "n3", "n4", "n5"}
    del document["nurses"]
    assert read_solution(kept(tmp_path, document), HOSPITAL).duties == ()
