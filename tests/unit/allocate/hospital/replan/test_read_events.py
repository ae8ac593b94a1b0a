"""Files of events: what they say, and every fault with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.plan import HospitalPlan
from salus.allocate.hospital.replan.events import (
    Emergency,
    NurseAway,
    RoomClosed,
    StayChanged,
    SurgeonAway,
    TheatreClosed,
    Withdrawn,
)
from salus.allocate.hospital.replan.read import KINDS, read_events
from salus.allocate.hospital.replan.rows import EVENTS
from salus.allocate.hospital.site import Room
from salus.core.errors import InputError
from tests.fakes.small_house import HOUSE, PLAN
from tests.fakes.timetables import kept

if TYPE_CHECKING:
    from pathlib import Path

TODAY = 1
PLAIN, DATED = Hospital.plain(HOUSE), Hospital.plain(HOUSE, date(2026, 3, 2))
PATIENT = {
    "event": "emergency",
    "id": "e0",
    "gender": "B",
    "age_group": "adult",
    "length_of_stay": 2,
    "surgery_duration": 45,
    "surgeon_id": "s0",
    "workload_produced": [2],
    "skill_level_required": [1, 0],
}
HAPPENED = [
    {"event": "nurse_away", "id": "n0"},
    {"event": "nurse_away", "id": "n0", "from_day": 2, "to_day": 3, "shift": "day"},
    {"event": "surgeon_away", "id": "s0", "from_day": 3, "minutes": 60},
    {"event": "theatre_closed", "id": "t0", "to_day": 2},
    {"event": "room_closed", "id": "r1"},
    PATIENT,
    {"event": "stay_changed", "id": "p0", "length_of_stay": 4},
    {"event": "withdrawn", "id": "p1"},
]
LINES = """event,id,from_day,to_day,shift,minutes,length_of_stay,gender,age_group,\
surgery_duration,surgeon_id,workload_produced,skill_level_required
nurse_away,n0,,,,,,,,,,,
nurse_away,n0,2,3,day,,,,,,,,
surgeon_away,s0,3,,,60,,,,,,,
theatre_closed,t0,,2,,,,,,,,,

room_closed,r1,,,,,,,,,,,
emergency,e0,,,,,2,B,adult,45,s0,2,1 0
stay_changed,p0,,,,,4,,,,,,
withdrawn,p1,,,,,,,,,,,
"""


@pytest.mark.parametrize(
    ("name", "content"), [("events.json", {"events": HAPPENED}), ("events.csv", LINES)]
)
def test_both_forms_say_the_same(tmp_path: Path, name: str, content: object) -> None:
    """What is left out is today, all of the day, and nothing left."""
    found = read_events(kept(tmp_path, content, name), PLAIN, PLAN, TODAY)
    new, stay = found[5], found[6]
    assert found[:5] == (
        NurseAway("n0", (1,)),
        NurseAway("n0", (2, 3)),
        SurgeonAway("s0", (3,), 60),
        TheatreClosed("t0", (1, 2)),
        RoomClosed("r1"),
    )
    assert isinstance(new, Emergency)
    assert (new.patient.id, new.patient.gender, new.patient.mandatory) == ("e0", Gender.B, True)
    assert (new.patient.release, new.patient.due, new.patient.minutes) == (TODAY, TODAY, 45)
    assert (new.patient.work.tolist(), new.patient.need.tolist()) == ([2, 2], [1, 0])
    assert isinstance(stay, StayChanged)
    assert (stay.person, stay.stay, stay.work, stay.need) == ("p0", 4, None, None)
    assert found[7] == Withdrawn("p1")


def test_an_emergency_may_wait(tmp_path: Path) -> None:
    """Who must not be admitted has no due day, and rooms may be named that are not fit."""
    row = PATIENT | {"mandatory": False, "incompatible_room_ids": ["r0"]}
    later = PATIENT | {"id": "e1", "surgery_release_day": 2, "surgery_due_day": 3}
    lines = (
        f"{','.join(row)}\nemergency,e0,B,adult,2,45,s0,2,0,FALSE,r0\n",
        {"events": [row, later]},
    )
    for name, content in zip(("events.csv", "events.json"), lines, strict=True):
        found = read_events(kept(tmp_path, content, name), PLAIN, PLAN, TODAY)
        assert isinstance(found[0], Emergency)
        assert (found[0].patient.mandatory, found[0].patient.due) == (False, None)
        assert found[0].patient.barred == {"r0"}
    assert isinstance(found[1], Emergency)
    assert (found[1].patient.release, found[1].patient.due) == (2, 3)


def test_care_of_a_day_is_repeated(tmp_path: Path) -> None:
    """A stay that changes may state its care by the shifts of one day."""
    house = replace(HOUSE, weights=HOUSE.weights)
    row = {"event": "stay_changed", "id": "p0", "length_of_stay": 4, "workload_produced": [3]}
    found = read_events(kept(tmp_path, {"events": [row]}), Hospital.plain(house), PLAN, TODAY)
    assert isinstance(found[0], StayChanged)
    assert found[0].work is not None
    assert found[0].work.tolist() == [3, 3, 3, 3]


def _with(**fields: object) -> dict[str, Any]:
    return PATIENT | fields


CASES: dict[str, tuple[list[Any], list[tuple[str, object]]]] = {
    "an event of another kind": (
        [{"event": "flood", "id": "x"}, {"id": "n0"}, 7],
        [("events[0].event", "flood"), ("events[1].event", None), ("events[2]", "7")],
    ),
    "fields that say nothing": (
        [{"event": "room_closed", "id": "r1", "to_day": 3, "colour": 1}],
        [("events[0].to_day", None), ("events[0].colour", None)],
    ),
    "days out of order": (
        [
            {"event": "nurse_away", "id": "n0", "from_day": 3, "to_day": 2},
            {"event": "theatre_closed", "id": "t0", "from_day": 10**6},
            {"event": "theatre_closed", "id": "t0", "from_day": "2"},
            {"event": "theatre_closed", "id": "t0", "from_day": 0},
        ],
        [
            ("events[0].to_day", 2),
            ("events[1].from_day", 10**6),
            ("events[2].from_day", '"2"'),
            ("events[3].from_day", 0),
        ],
    ),
    "names that are not known": (
        [
            {"event": "nurse_away", "id": "n9", "shift": "dawn"},
            {"event": "nurse_away", "id": "n9"},
            {"event": "withdrawn", "id": "p9"},
            {"event": "withdrawn"},
        ],
        [
            ("events[0].shift", "dawn"),
            ("events[0].id", "n9"),
            ("events[3].id", None),
            ("events[1].id", "n9"),
            ("events[2].id", "p9"),
        ],
    ),
    "a patient who cannot be": (
        [
            _with(gender="C", surgeon_id="s9"),
            _with(id="p0"),
            _with(id="e2", surgeon_id="s9", surgery_release_day=0, workload_produced=[1, 2, 3]),
            {"event": "emergency", "id": "e3"},
        ],
        [
            ("events[0].gender", None),
            ("events[0].surgeon_id", "s9"),
            *(
                (f"events[3].{name}", None)
                for name in (
                    "gender",
                    "age_group",
                    "length_of_stay",
                    "workload_produced",
                    "skill_level_required",
                    "surgery_duration",
                    "surgeon_id",
                )
            ),
            ("events[2].surgery_release_day", 0),
            ("events[1].id", "p0"),
            ("events[2].workload_produced", 3),
            ("events[2].surgeon_id", "s9"),
        ],
    ),
    "stays beyond every horizon": (
        [
            {"event": "stay_changed", "id": "p0", "length_of_stay": 10**6},
            {
                "event": "stay_changed",
                "id": "p2",
                "length_of_stay": 10**6,
                "workload_produced": [1],
            },
            _with(length_of_stay=10**6),
        ],
        [(f"events[{index}].length_of_stay", 10**6) for index in range(3)],
    ),
    "minutes below zero": (
        [{"event": "surgeon_away", "id": "s0", "minutes": -1}],
        [("events[0].minutes", -1)],
    ),
    "nobody on duty": (
        [{"event": "nurse_away", "id": "n0"}, {"event": "nurse_away", "id": "n1"}],
        [("events", None)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_every_fault_is_named_with_its_path(tmp_path: Path, case: str) -> None:
    """All of them at once, those of the file and those of what it says."""
    rows, wanted = CASES[case]
    with pytest.raises(InputError) as caught:
        read_events(kept(tmp_path, {"events": rows}), PLAIN, PLAN, TODAY)
    found = [(str(each.where.column), each.value) for each in caught.value.faults]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_faults_of_a_table_name_line_and_column(tmp_path: Path) -> None:
    """As an editor counts the lines, whatever is wrong."""
    lines = (
        "event,id,from_day,minutes,colour\nnurse_away,n9,,,\n\nflood,x,,,red\nroom_closed,r1,1,,\n"
    )
    lines += "theatre_closed,t0,1,some,\ntheatre_closed,t0,0,,\n"
    with pytest.raises(InputError) as caught:
        read_events(kept(tmp_path, lines, "events.csv"), PLAIN, PLAN, TODAY)
    found = {(each.where.row, each.where.column) for each in caught.value.faults}
    assert found == {(2, "id"), (4, "event"), (5, "from_day"), (6, "minutes"), (7, "from_day")}


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """No file, no JSON, no list, no header."""
    with pytest.raises(InputError, match=r"ends in \.json, \.csv"):
        read_events(kept(tmp_path, LINES, "events.txt"), PLAIN, PLAN, TODAY)
    for name in ("no.json", "no.csv"):
        with pytest.raises(InputError, match=name):
            read_events(tmp_path / name, PLAIN, PLAN, TODAY)
    for name, content in (
        ("events.json", "{"),
        ("events.json", {}),
        ("events.json", {"events": 3}),
        ("events.csv", ""),
        ("events.csv", "kind,who\n1,2\n"),
    ):
        with pytest.raises(InputError, match="events"):
            read_events(kept(tmp_path, content, name), PLAIN, PLAN, TODAY)
    with pytest.raises(InputError, match="write an object with a list called events"):
        read_events(kept(tmp_path, [], "events.json"), PLAIN, PLAN, TODAY)


def test_today_is_a_day_of_the_horizon(tmp_path: Path) -> None:
    """It is named by itself: the file is not to blame."""
    with pytest.raises(InputError) as caught:
        read_events(kept(tmp_path, {"events": []}), PLAIN, PLAN, 9)
    assert [str(each.where) for each in caught.value.faults] == ["--today"]


def test_a_hospital_with_dates_reads_dates_and_words(tmp_path: Path) -> None:
    """As its own tables write them; without dates they are refused by name."""
    lines = (
        "event,id,from_day,to_day,length_of_stay,gender,age_group,surgery_duration,surgeon_id,"
        "surgery_due_day,workload_produced,skill_level_required\n"
        "nurse_away,n0,2026-03-04,2026-03-05,,,,,,,,\n"
        "emergency,e0,,,2,Male,adult,45,s0,2026-03-04,2,1 0\n"
    )
    path = kept(tmp_path, lines, "e.csv")
    away, came = read_events(path, DATED, PLAN, TODAY)
    assert away == NurseAway("n0", (2, 3))
    assert isinstance(came, Emergency)
    assert (came.patient.gender, came.patient.due) == (Gender.B, 2)
    with pytest.raises(InputError) as told:
        read_events(path, PLAIN, PLAN, TODAY)
    assert {each.where.column for each in told.value.faults} == {
        "from_day",
        "to_day",
        "surgery_due_day",
    }


def test_skills_may_be_named(tmp_path: Path) -> None:
    """As the folder names them; what is no skill is refused where it stands."""
    named = replace(PLAIN, skills=("assistant", "registered"))
    row = {**PATIENT, "skill_level_required": ["registered", "assistant"]}
    [came] = read_events(kept(tmp_path, {"events": [row]}), named, PLAN, TODAY)
    assert isinstance(came, Emergency)
    assert came.patient.need.tolist() == [1, 0]
    row["skill_level_required"] = ["registered", "surgeon"]
    row["gender"] = "C"
    with pytest.raises(InputError, match="one of assistant, registered") as told:
        read_events(kept(tmp_path, {"events": [row]}, "bad.json"), named, PLAN, TODAY)
    assert [(str(each.where.column), each.value) for each in told.value.faults] == [
        ("events[0].gender", None),
        ("events[0].skill_level_required[1]", "surgeon"),
    ]
    assert "or female or male" in str(told.value)


def test_skills_may_be_called_by_numbers(tmp_path: Path) -> None:
    """A number is the name of a skill first, in either form; a level where none is called so."""
    house = replace(HOUSE, levels=3)
    named = replace(Hospital.plain(house), skills=("1", "2", "chief nurse"))
    header, row = ",".join(PATIENT), "emergency,e{},B,adult,2,45,s0,2,{}\n"
    lines = header + "\n" + row.format(0, "2 1") + row.format(1, "chief nurse; 1")
    rows = [{**PATIENT, "skill_level_required": [2, "1"]}]
    rows += [{**PATIENT, "id": "e1", "skill_level_required": ["chief nurse", 0]}]
    for name, content in (("e.csv", lines), ("e.json", {"events": rows})):
        found = read_events(kept(tmp_path, content, name), named, PLAN, TODAY)
        needs = [each.patient.need.tolist() for each in found if isinstance(each, Emergency)]
        assert needs == [[1, 0], [2, 0]]


def test_semicolons_stand_between_names_with_spaces(tmp_path: Path) -> None:
    """A single one ends with it."""
    rooms = tuple(replace(each, id=f"room {each.id}") for each in HOUSE.rooms)
    lying = tuple(replace(each, room=f"room {each.room}") for each in HOUSE.occupants)
    rooms += (Room("annex", 1),)
    house = Hospital.plain(replace(HOUSE, rooms=rooms, occupants=lying))
    header = ",".join(PATIENT) + ",incompatible_room_ids\n"
    row = "emergency,e{},B,adult,2,45,s0,2;2,0,{}\n"
    lines = header + row.format(0, "room r0; room r1") + row.format(1, "room r0;")
    path = kept(tmp_path, lines + row.format(2, "annex"), "e.csv")
    found = read_events(path, house, HospitalPlan((), ()), TODAY)
    assert [each.patient.barred for each in found if isinstance(each, Emergency)] == [
        {"room r0", "room r1"},
        {"room r0"},
        {"annex"},
    ]


def test_a_day_that_is_none_is_told_alone(tmp_path: Path) -> None:
    """No row is read as of another day instead."""
    lines = "event,id,from_day\nnurse_away,n0,2026-3-4\nnurse_away,n0,2027-01-01\n"
    with pytest.raises(InputError) as told:
        read_events(kept(tmp_path, lines, "e.csv"), DATED, PLAN, TODAY)
    assert [(each.where.row, each.where.column) for each in told.value.faults] == [
        (2, "from_day"),
        (3, "from_day"),
    ]
    assert told.value.faults[1].value == "2027-01-01"


def test_faults_name_dates_where_days_have_them(tmp_path: Path) -> None:
    """Whatever a fault says of days, found or to be written, it says by date."""
    due = {"surgery_release_day": "2026-03-05", "surgery_due_day": "2026-03-04"}
    rows = [
        {"event": "nurse_away", "id": "n0", "from_day": "2026-03-02"},
        {"event": "nurse_away", "id": "n0", "from_day": "2026-03-04", "to_day": "2026-03-03"},
        {"event": "nurse_away", "id": "n1", "from_day": "2026-03-05"},
        {"event": "nurse_away", "id": "n0", "from_day": "2026-03-05"},
        {**PATIENT, **due},
    ]
    path = kept(tmp_path, {"events": rows})
    with pytest.raises(InputError) as caught:
        read_events(path, DATED, PLAN, TODAY)
    told = "\n".join(map(str, caught.value.faults))
    for said in (
        "the day is past (found 2026-03-02); write a day from 2026-03-03 to 2026-03-05",
        "(found 2026-03-03); write a day from 2026-03-04 to 2026-03-05",
        "nobody is on duty in these shifts: 2026-03-05 day",
        "after the due day (found 2026-03-04); name a due day from 2026-03-05 on",
    ):
        assert said in told, told


def test_every_field_is_a_column() -> None:
    """What a row in JSON may say, a line of a table may, too."""
    columns = {each.name for each in EVENTS.columns}
    assert columns == {"event", "id"}.union(*KINDS.values())


def test_one_reading_tells_all_that_is_wrong(tmp_path: Path) -> None:
    """Each cell once, by the name of the file, though another cell of the row is wrong too."""
    lines = (
        "event,id,length_of_stay,gender,age_group,surgery_duration,surgeon_id,"
        "workload_produced,skill_level_required\n"
        "emergency,e1,3,C,adult,45,s7,2 1,9\n"
        "emergency,e2,99,B,adult,45,s0,2,1\n"
        "nurse_away,,,,,,,,\n"
    )
    with pytest.raises(InputError) as told:
        read_events(kept(tmp_path, lines, "e.csv"), PLAIN, PLAN, TODAY)
    found = sorted((each.where.row, each.where.column) for each in told.value.faults)
    assert {each.where.source for each in told.value.faults} == {"e.csv"}
    assert found == [
        (2, "gender"),
        (2, "skill_level_required"),
        (2, "surgeon_id"),
        (2, "workload_produced"),
        (3, "length_of_stay"),
        (4, "id"),
    ]


def test_a_wrong_header_or_day_is_told_alone(tmp_path: Path) -> None:
    """What follows from it is not told."""
    with pytest.raises(InputError) as told:
        read_events(kept(tmp_path, "event;id\nnurse_away;n0\n", "e.csv"), PLAIN, PLAN, TODAY)
    assert all("missing" not in str(each) or "row 2" not in str(each) for each in told.value.faults)
    with pytest.raises(InputError) as told:
        read_events(kept(tmp_path, {"events": [PATIENT]}, "e.json"), PLAIN, PLAN, 9)
    assert [str(each.where) for each in told.value.faults] == ["--today"]
