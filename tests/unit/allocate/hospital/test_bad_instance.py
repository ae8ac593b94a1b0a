"""Instances that cannot be used: every fault is named with its path in the JSON."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from salus.allocate.hospital.competition.instance import read_instance
from salus.core.errors import InputError
from tests.fakes.timetables import instance, kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[Any], object]

P0, A0, N0 = "patients[0]", "occupants[0]", "nurses[0]"
TOO_MUCH = 10**30

# What is changed in the document, and the paths and values that the faults must name.
CASES: dict[str, tuple[Change, list[tuple[str | None, object]]]] = {
    "unknown surgeon": (
        lambda d: d["patients"][0].update(surgeon_id="s9"),
        [(f"{P0}.surgeon_id", "s9")],
    ),
    "a control character": (
        lambda d: (
            d["patients"][0].update(id="p\x1b[31m0"),
            d["patients"][0].update(incompatible_room_ids=["r\u202e9"]),
            d["shift_types"].__setitem__(0, "ea\x00rly"),
        ),
        [
            (f"{P0}.id", '"p\\u001b[31m0"'),
            (f"{P0}.incompatible_room_ids[0]", '"r\u202e9"'),
            ("shift_types[0]", '"ea\\u0000rly"'),
        ],
    ),
    "unknown barred room": (
        lambda d: d["patients"][0].update(incompatible_room_ids=["r9"]),
        [(f"{P0}.incompatible_room_ids[0]", "r9")],
    ),
    "unknown room of an occupant": (
        lambda d: d["occupants"][0].update(room_id="r9"),
        [(f"{A0}.room_id", "r9")],
    ),
    "unknown age group": (
        lambda d: d["patients"][0].update(age_group="old"),
        [(f"{P0}.age_group", None)],
    ),
    "unknown gender": (lambda d: d["patients"][0].update(gender="a"), [(f"{P0}.gender", None)]),
    "unknown shift": (
        lambda d: d["nurses"][0]["working_shifts"][1].update(shift="dawn"),
        [(f"{N0}.working_shifts[1].shift", "dawn")],
    ),
    "vectors of the wrong length": (
        lambda d: d["patients"][0].update(workload_produced=[1], skill_level_required=[1] * 10),
        [(f"{P0}.workload_produced", 1), (f"{P0}.skill_level_required", 10)],
    ),
    "a surgeon without the last day": (
        lambda d: d["surgeons"][1]["max_surgery_time"].pop(),
        [("surgeons[1].max_surgery_time", 3)],
    ),
    "a theatre with one day more": (
        lambda d: d["operating_theaters"][0]["availability"].append(0),
        [("operating_theaters[0].availability", 5)],
    ),
    "release after due": (
        lambda d: d["patients"][0].update(surgery_release_day=3, surgery_due_day=2),
        [(f"{P0}.surgery_due_day", 2)],
    ),
    "release beyond the horizon": (
        lambda d: d["patients"][1].update(surgery_release_day=4),
        [("patients[1].surgery_release_day", 4)],
    ),
    "mandatory without due": (
        lambda d: d["patients"][0].pop("surgery_due_day"),
        [(f"{P0}.surgery_due_day", None)],
    ),
    "an occupant beyond the horizon": (
        lambda d: d["occupants"][0].update(
            length_of_stay=5, workload_produced=[0] * 15, skill_level_required=[0] * 15
        ),
        [(f"{A0}.length_of_stay", 5)],
    ),
    "no stay": (lambda d: d["patients"][0].update(length_of_stay=0), [(f"{P0}.length_of_stay", 0)]),
    "negative numbers": (
        lambda d: (
            d["patients"][0]["workload_produced"].__setitem__(2, -1),
            d["rooms"][1].update(capacity=-2),
            d["weights"].update(patient_delay=-5),
        ),
        [
            ("weights.patient_delay", -5),
            (f"{P0}.workload_produced[2]", -1),
            ("rooms[1].capacity", -2),
        ],
    ),
    "more skill than there is": (
        lambda d: (
            d["patients"][0]["skill_level_required"].__setitem__(1, 3),
            d["nurses"][0].update(skill_level=3),
        ),
        [(f"{P0}.skill_level_required[1]", 3), (f"{N0}.skill_level", 3)],
    ),
    "the same id twice": (
        lambda d: (d["rooms"].append(d["rooms"][0]), d["patients"][1].update(id="p0")),
        [("patients[1].id", "p0"), ("rooms[3].id", "r0")],
    ),
    "a patient called like an occupant": (
        lambda d: d["patients"][1].update(id="a0"),
        [("patients[1].id", "a0")],
    ),
    "unknown barred rooms between others": (
        lambda d: d["patients"][0].update(incompatible_room_ids=["r2", "r9", 7, "r0", "r8"]),
        [
            (f"{P0}.incompatible_room_ids[1]", "r9"),
            (f"{P0}.incompatible_room_ids[2]", "7"),
            (f"{P0}.incompatible_room_ids[4]", "r8"),
        ],
    ),
    "too little load": (
        lambda d: d["nurses"][0]["working_shifts"][1].update(max_load=-1),
        [(f"{N0}.working_shifts[1].max_load", -1)],
    ),
    "no rooms": (lambda d: d.update(rooms=[]), [("rooms", None)]),
    "no theatres": (
        lambda d: d.update(operating_theaters=[]),
        [("operating_theaters", None)],
    ),
    "no room for a patient": (
        lambda d: d["patients"][0].update(incompatible_room_ids=["r0", "r1", "r2"]),
        [(f"{P0}.incompatible_room_ids", None)],
    ),
    "a room for nobody": (
        lambda d: [each.update(incompatible_room_ids=["r2"]) for each in d["patients"]],
        [("rooms[2].id", "r2")],
    ),
    "nobody in a shift": (
        lambda d: _without(d, 2, "late"),
        [("nurses", None)],
    ),
    "no nurse at all": (lambda d: d["nurses"].clear(), [("nurses", None)]),
    "on duty beyond the horizon": (
        lambda d: d["nurses"][0]["working_shifts"].append(
            {"day": 4, "shift": "late", "max_load": 3}
        ),
        [(f"{N0}.working_shifts[4].day", 4)],
    ),
    "on duty twice": (
        lambda d: d["nurses"][0]["working_shifts"].append(d["nurses"][0]["working_shifts"][0]),
        [(f"{N0}.working_shifts[4]", None)],
    ),
    "a weight is missing": (
        lambda d: d["weights"].pop("nurse_eccessive_workload"),
        [("weights.nurse_eccessive_workload", None)],
    ),
    "all weights are missing": (lambda d: d.pop("weights"), [("weights", None)]),
    "wrong types": (
        lambda d: (
            d.update(days=True),
            d["patients"][0].update(mandatory=1, surgery_duration="90", id=7),
            d["patients"][1].update(workload_produced=[1.0, None, *[1] * 7], length_of_stay=3.5),
            d["rooms"].__setitem__(1, "r1"),
            d["weights"].update(patient_delay=float("nan")),
            d["nurses"][0].update(working_shifts={}),
        ),
        [
            (f"{P0}.mandatory", "1"),
            (f"{P0}.id", "7"),
            (f"{P0}.surgery_duration", '"90"'),
            ("patients[1].length_of_stay", "3.5"),
            ("patients[1].workload_produced[0]", "1.0"),
            ("patients[1].workload_produced[1]", "null"),
            ("rooms[1]", '"r1"'),
            ("days", "true"),
            ("weights.patient_delay", "NaN"),
            (f"{N0}.working_shifts", "{}"),
        ],
    ),
    "no days": (lambda d: d.update(days=0), [("days", 0)]),
    "amounts beyond reason": (
        lambda d: [
            d.update(skill_levels=10**6),
            d["rooms"][0].update(capacity=10**6),
            d["weights"].update(patient_delay=100_001),
            d["operating_theaters"][0]["availability"].__setitem__(1, 1441),
        ],
        [
            ("skill_levels", 10**6),
            ("rooms[0].capacity", 10**6),
            ("weights.patient_delay", 100_001),
            ("operating_theaters[0].availability[1]", 1441),
        ],
    ),
    "days beyond reason": (lambda d: d.update(days=TOO_MUCH), [("days", str(TOO_MUCH))]),
    "no shifts": (lambda d: d.update(shift_types=[]), [("shift_types", None)]),
    "a shift twice": (
        lambda d: d.update(shift_types=["early", "late", "night", "late"]),
        [("shift_types[3]", "late")],
    ),
    "parts are missing": (
        lambda d: [d.pop(part) for part in ("patients", "rooms", "surgeons")],
        [("patients", None), ("rooms", None), ("surgeons", None)],
    ),
}


def _without(document: Any, day: int, shift: str) -> None:
    for nurse in document["nurses"]:
        nurse["working_shifts"] = [
            each for each in nurse["working_shifts"] if (each["day"], each["shift"]) != (day, shift)
        ]


@pytest.mark.parametrize("name", CASES)
def test_every_fault_is_named(name: str, tmp_path: Path) -> None:
    """Its path and value, once each, and no fault that only follows from another."""
    change, wanted = CASES[name]
    document = instance()
    change(document)
    with pytest.raises(InputError) as raised:
        read_instance(kept(tmp_path, document))
    found = [(each.where.column, each.value) for each in raised.value.faults]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert {each.where.source for each in raised.value.faults} == {"file.json"}


def test_a_shift_without_a_nurse_is_named(tmp_path: Path) -> None:
    """By day and name."""
    document = instance()
    _without(document, 2, "late")
    with pytest.raises(InputError, match=r"these shifts: day 2 late; put"):
        read_instance(kept(tmp_path, document))


def test_of_many_shifts_without_a_nurse_the_first_are_named(tmp_path: Path) -> None:
    """A line for people, however long the horizon."""
    document = instance()
    days = document["days"] = 3000
    for each in (*document["surgeons"], *document["operating_theaters"]):
        field = "max_surgery_time" if "max_surgery_time" in each else "availability"
        each[field] = [0] * days
    with pytest.raises(InputError, match=r"4 early, .* and \d,\d+ more; put") as raised:
        read_instance(kept(tmp_path, document))
    assert len(str(raised.value)) < 400


def test_half_of_a_sign_is_refused_where_it_stands(tmp_path: Path) -> None:
    """No file could hold what is written of it; a whole pair is a sign as any other."""
    document = instance()
    document["patients"][1]["id"] = "\U0001f3e5"
    assert read_instance(kept(tmp_path, document)).patients[1].id == "\U0001f3e5"
    document["patients"][0] |= {"id": "p\ud800", "note\udfff": []}
    document["age_groups"][0] = "\udc00"
    with pytest.raises(InputError) as raised:
        read_instance(kept(tmp_path, document))
    assert {each.where.column for each in raised.value.faults} == {
        "age_groups[0]",
        f"{P0}.id",
        f"{P0}.note\\udfff",
    }
    assert str(raised.value).encode()


def test_a_field_that_stands_twice_is_refused_with_its_path(tmp_path: Path) -> None:
    """Else the last one would win, without a word."""
    text = json.dumps(instance())
    text = text.replace('"days":', '"days": 9, "days":', 1)
    text = text.replace('"id": "p0"', '"id": "p9", "id": "p0"', 1)
    with pytest.raises(InputError) as raised:
        read_instance(kept(tmp_path, text))
    assert [each.where.column for each in raised.value.faults] == ["days", f"{P0}.id"]


def test_a_cut_file_is_refused_where_it_ends(tmp_path: Path) -> None:
    """With line and column."""
    text = json.dumps(instance(), indent=2)[:-2]
    with pytest.raises(InputError) as raised:
        read_instance(kept(tmp_path, text))
    (fault,) = raised.value.faults
    assert fault.where.row == text.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", "[" * 100_000, f'{{"days": {"9" * 5000}}}']
)
def test_what_is_no_document_is_refused(text: str, tmp_path: Path) -> None:
    """An empty file, another value, a hole without end, a number without end."""
    with pytest.raises(InputError, match=r"file\.json"):
        read_instance(kept(tmp_path, text))


def test_a_stay_of_no_day_is_told_what_can_be(tmp_path: Path) -> None:
    """No stay is longer than the horizon."""
    document = instance()
    document["patients"][0]["length_of_stay"] = 0
    with pytest.raises(InputError, match="from 1 to 4"):
        read_instance(kept(tmp_path, document))


def test_days_beyond_reason_are_told_what_can_be(tmp_path: Path) -> None:
    """The same range, however large the number."""
    for days in (10**9, 10**30):
        with pytest.raises(InputError, match="from 1 to 3660"):
            read_instance(kept(tmp_path, instance() | {"days": days}))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gzip.compress(b"{}", mtime=0), "this file is packed"),
        ('{"days": "é"}'.encode("latin-1"), "this is no text in UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"days": ' + b"9" * 5000 + b"}", "too many digits"),
    ],
)
def test_it_is_told_why_bytes_are_not_read(content: bytes, what: str, tmp_path: Path) -> None:
    """Packed, of another encoding, without end."""
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what):
        read_instance(path)


def test_nobody_may_wait(tmp_path: Path) -> None:
    """A list of patients without any is one."""
    assert read_instance(kept(tmp_path, instance() | {"patients": []})).patients == ()


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """A file in another encoding, a folder, and nothing at all."""
    path = tmp_path / "latin.json"
    path.write_bytes('{"days": "é"}'.encode("latin-1"))
    for bad in (path, tmp_path, tmp_path / "none.json"):
        with pytest.raises(InputError):
            read_instance(bad)


def test_a_mark_of_byte_order_is_read_over(tmp_path: Path) -> None:
    """Some editors write it."""
    path = tmp_path / "marked.json"
    path.write_text(json.dumps(instance()), encoding="utf-8-sig")
    assert read_instance(path).days == 4
