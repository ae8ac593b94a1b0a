"""Hospitals and plans from files of either form, as people write them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.competition.write import instance_text
from salus.allocate.hospital.files import read_hospital, read_plan, write_hospital, write_plan
from salus.allocate.hospital.folder.settings import WEIGHTS
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.idle import without_idle_beds
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.plan import Duty, HospitalPlan
from salus.core.errors import InputError
from tests.fakes.house import stated, written
from tests.fakes.timetables import HOSPITAL, PLAN


def changed(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text of a file, everywhere."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def test_either_form_is_read_by_one_function(tmp_path: Path) -> None:
    """A file that ends in .json is of the competition, and has no dates but those it is given."""
    plain = Hospital.plain(HOSPITAL)
    write_hospital(plain, tmp_path / "h.json")
    assert (tmp_path / "h.json").read_text(encoding="utf-8") == instance_text(HOSPITAL)
    read = read_hospital(tmp_path / "h.json", date(2026, 3, 2))
    assert read.calendar.first == date(2026, 3, 2)
    assert read.calendar.starts == (360, 840, 1320)
    assert not read.rules


@pytest.mark.parametrize("name", ["there", "there.json"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    """Neither a file nor a folder that is there."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there.json").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="there already"):
        write_hospital(stated(), tmp_path / name)
    with pytest.raises(InputError, match="there already"):
        write_plan(stated(), PLAN, tmp_path / name)
    assert (tmp_path / "there.json").read_text(encoding="utf-8") == "mine"


def test_a_hospital_where_nobody_waits_is_written_and_read(tmp_path: Path) -> None:
    """The file of patients is there, with its header only."""
    empty = replace(HOSPITAL, patients=())
    write_hospital(Hospital.plain(empty), tmp_path / "h")
    assert read_hospital(tmp_path / "h").problem.patients == ()


def test_json_may_be_called_in_capitals(tmp_path: Path) -> None:
    """It is a file in any case."""
    for name in ("h.JSON", "p.Json"):
        if name[0] == "h":
            write_hospital(stated(), tmp_path / name)
        else:
            write_plan(stated(), PLAN, tmp_path / name)
        assert (tmp_path / name).is_file()


def test_headers_and_genders_may_be_chinese(tmp_path: Path) -> None:
    """As a ward in China writes its lists."""
    folder = written(tmp_path)
    changed(folder, "rooms.csv", "room,ward,beds", "病房,病区,床位")
    changed(folder, "inpatients.csv", "patient_id,gender", "患者编号,性别")
    changed(folder, "inpatients.csv", "a0,A,", "a0,女,")
    changed(folder, "inpatients.csv", "a1,B,", "a1,Male,")
    read = read_hospital(folder)
    assert instance_text(read.problem) == instance_text(HOSPITAL)
    assert [each.gender for each in read.problem.occupants] == [Gender.A, Gender.B]


def test_a_file_that_may_be_left_out_may_have_its_header_alone(tmp_path: Path) -> None:
    """As a hospital's own system writes it where nobody lies there, or no room is unfit."""
    folder = written(tmp_path)
    for file in ("inpatients.csv", "unfit_rooms.csv", "history.csv"):
        header, *_ = (folder / file).read_text(encoding="utf-8").splitlines()
        (folder / file).write_text(header + "\n", encoding="utf-8")
    read = read_hospital(folder)
    assert (read.problem.occupants, read.known.cases) == ((), ())
    assert not any(each.barred for each in read.problem.patients)


def test_a_care_that_has_become_another_is_written_under_another_name(tmp_path: Path) -> None:
    """The name stays with the others, and nobody takes a name that is a care's already."""
    patients = [
        replace(each, stay=1, work=each.work[:3] * 0 + 1, need=each.need[:3] * 0)
        for each in HOSPITAL.patients
    ]
    patients[1] = replace(patients[1], work=patients[1].work + 1)
    first, second, third, *_ = (each.id for each in patients)
    patients[3] = replace(patients[3], id=f"{second} 2")
    cares = {first: "hips", second: "hips", third: second}
    problem = replace(HOSPITAL, patients=tuple(patients))
    write_hospital(replace(stated(problem), cares=cares), tmp_path / "h")
    read = read_hospital(tmp_path / "h")
    assert instance_text(read.problem) == instance_text(problem)
    assert (read.cares[first], read.cares[third]) == ("hips", second)
    assert read.cares[second] == f"{second} 3"


def test_the_last_day_of_a_care_holds_for_all_further_days(tmp_path: Path) -> None:
    """One row of care serves stays of any length, and any number of patients."""
    folder = written(tmp_path)
    care = (folder / "care.csv").read_text(encoding="utf-8").splitlines()
    row = "hips,1,4,registered,2,assistant,1,assistant"
    (folder / "care.csv").write_text("\n".join([*care, row]), encoding="utf-8")
    for patient in ("p0", "p2"):
        changed(folder, "patients.csv", f",{patient}\n", ",hips\n")
    read = read_hospital(folder)
    for each in (read.problem.patient["p0"], read.problem.patient["p2"]):
        assert each.work.tolist() == [4, 2, 1] * each.stay
        assert each.need.tolist() == [1, 0, 0] * each.stay


def test_without_a_care_the_key_of_the_patient_is_looked_up(tmp_path: Path) -> None:
    """So small wards write the care of each patient under the patient's key."""
    folder = written(tmp_path)
    changed(folder, "patients.csv", ",p0\n", ",\n")
    assert instance_text(read_hospital(folder).problem) == instance_text(HOSPITAL)


def test_what_is_not_stated_has_its_default(tmp_path: Path) -> None:
    """Two settings are enough; days that a surgeon or theatre does not list have no minutes."""
    folder = written(tmp_path)
    (folder / "settings.csv").write_text(
        "setting,value\nfirst_date,2026-03-02\ndays,4\n", encoding="utf-8"
    )
    (folder / "history.csv").unlink()
    theatres = (folder / "theatres.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in theatres if "t1,2026-03-03" not in line]
    (folder / "theatres.csv").write_text("\n".join(kept), encoding="utf-8")
    read = read_hospital(folder)
    assert read.problem.weights == WEIGHTS
    assert (read.rules.rest, read.rules.week, read.rules.whole) == (None, None, None)
    assert read.known.cases == ()
    assert read.problem.theatres[1].minutes[1] == 0


@pytest.mark.parametrize(
    ("name", "what"), [("={}", "spreadsheet"), ("{} ", "white space"), ("a\n{}", "line breaks")]
)
def test_a_name_that_a_table_cannot_hold_is_not_written(
    tmp_path: Path, name: str, what: str
) -> None:
    """Each is named with its column; nothing is left behind."""
    nurses = tuple(replace(each, id=name.format(each.id)) for each in HOSPITAL.nurses)
    hospital = Hospital.plain(replace(HOSPITAL, nurses=nurses))
    with pytest.raises(InputError, match=what) as told:
        write_hospital(hospital, tmp_path / "h")
    assert told.value.faults[0].value == name.format("n0")
    assert len({str(each) for each in told.value.faults}) == len(told.value.faults)
    assert str(told.value).startswith("nurses.csv, which is not written, column nurse")
    assert not (tmp_path / "h").exists()


def test_shifts_that_share_a_column_are_not_written(tmp_path: Path) -> None:
    """JSON tells them apart, the header of the care could not."""
    hospital = Hospital.plain(replace(HOSPITAL, shifts=("Early", "late", "early")))
    with pytest.raises(InputError) as told:
        write_hospital(hospital, tmp_path / "h")
    [fault] = told.value.faults
    assert str(fault.where) == "shifts.csv, which is not written, column shift"
    assert fault.value == "early"
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize("name", ["h", "h.json"])
def test_a_room_for_nobody_has_no_beds(tmp_path: Path, name: str) -> None:
    """In either form: with beds it is a slip, without them it is closed."""
    barred = tuple(replace(each, barred=frozenset({"r2"})) for each in HOSPITAL.patients)
    problem = replace(HOSPITAL, patients=barred, occupants=())
    write_hospital(stated(problem), tmp_path / f"slip-{name}")
    with pytest.raises(InputError, match="nobody may use this room") as told:
        read_hospital(tmp_path / f"slip-{name}")
    assert [each.value for each in told.value.faults] == ["r2"]
    closed = without_idle_beds(problem)
    write_hospital(stated(closed), tmp_path / name)
    assert instance_text(read_hospital(tmp_path / name).problem) == instance_text(closed)


def test_a_plan_says_who_is_at_work_without_a_room(tmp_path: Path) -> None:
    """A row with an empty room is a duty without rooms."""
    problem = random_hospital(7)
    first = problem.nurses[0]
    shifts = sorted(first.loads)[:2]
    duties = (Duty(first.id, shifts[0], ("r0", "r1")), Duty(first.id, shifts[1], ()))
    plan, hospital = HospitalPlan((), duties), stated(problem)
    write_plan(hospital, plan, tmp_path / "plan")
    assert read_plan(tmp_path / "plan", hospital) == plan


@pytest.mark.parametrize("name", ["plan", "plan.json"])
def test_a_plan_without_anything_is_a_plan(tmp_path: Path, name: str) -> None:
    """Headers alone say that nobody is admitted and nobody is at work."""
    nothing = HospitalPlan((), ())
    write_plan(stated(), nothing, tmp_path / name)
    assert read_plan(tmp_path / name, stated()) == nothing


def test_who_is_off_duty_and_has_no_room_is_not_written(tmp_path: Path) -> None:
    """The competition may list them; a row of a roster says that somebody is at work."""
    nurse = HOSPITAL.nurses[0]
    off = next(shift for shift in range(HOSPITAL.horizon) if shift not in nurse.loads)
    on = next(iter(nurse.loads))
    plan = HospitalPlan((), (Duty(nurse.id, off, ()), Duty(nurse.id, on, ("r0",))))
    write_plan(stated(), plan, tmp_path / "plan")
    assert read_plan(tmp_path / "plan", stated()).duties == plan.duties[1:]


def test_two_nurses_of_one_room_are_not_written(tmp_path: Path) -> None:
    """Both count in the competition; a roster has one."""
    shift = 0
    there = [each.id for each in HOSPITAL.nurses if shift in each.loads]
    twice = (there[0], there[-1])
    plan = HospitalPlan((), tuple(Duty(each, shift, ("r0",)) for each in twice))
    with pytest.raises(InputError) as told:
        write_plan(stated(), plan, tmp_path / "plan")
    [fault] = told.value.faults
    assert str(fault.where) == "roster.csv, which is not written, column room"
    assert str(fault.value).endswith(", r0")
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("admissions.csv", ",r", ",x", "room"),
        ("admissions.csv", ",t", ",y", "theatre"),
        ("admissions.csv", "p", "q", "patient_id"),
        ("admissions.csv", "2026-03", "2027-03", "date"),
        ("roster.csv", "early", "dusk", "shift"),
        ("roster.csv", ",n", ",m", "nurse"),
        ("roster.csv", "2026-03", "2027-03", "date"),
    ],
)
def test_what_a_plan_names_must_be_there(
    tmp_path: Path, file: str, old: str, new: str, column: str
) -> None:
    """Each row that names something else is a fault with file, row, column and value."""
    hospital = stated()
    write_plan(hospital, PLAN, tmp_path / "plan")
    header, *rows = (tmp_path / "plan" / file).read_text(encoding="utf-8").splitlines()
    rows[0] = rows[0].replace(old, new)
    (tmp_path / "plan" / file).write_text("\n".join([header, *rows]), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_plan(tmp_path / "plan", hospital)
    (fault,) = told.value.faults
    assert (fault.where.source, fault.where.row, fault.where.column) == (file, 2, column)
    assert str(fault.value).startswith(new.strip(","))


def test_a_nurse_off_duty_and_a_room_named_twice_are_refused(tmp_path: Path) -> None:
    """A room has one nurse in a shift, who is on duty."""
    hospital = stated()
    write_plan(hospital, PLAN, tmp_path / "plan")
    roster = tmp_path / "plan" / "roster.csv"
    header, *rows = roster.read_text(encoding="utf-8").splitlines()
    when, shift, nurse, room = rows[0].split(",")
    off = next(
        each.id for each in HOSPITAL.nurses if HOSPITAL.shifts.index(shift) not in each.loads
    )
    assert when == "2026-03-02"
    wrong = [f"{when},{shift},{off},{room}", f"{when},{shift},{nurse},{room}", *rows[1:]]
    roster.write_text("\n".join([header, *wrong]), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_plan(tmp_path / "plan", hospital)
    assert [(each.where.row, each.where.column) for each in told.value.faults] == [
        (3, "room"),
        (2, "nurse"),
    ]


@pytest.mark.parametrize("file", ["admissions.csv", "roster.csv"])
def test_half_of_a_plan_is_one_only_to_begin_with(tmp_path: Path, file: str) -> None:
    """Else every room would go without a nurse, or nobody would be admitted, without a word."""
    hospital = stated()
    write_plan(hospital, PLAN, tmp_path / "plan")
    (tmp_path / "plan" / file).unlink()
    with pytest.raises(InputError, match=f"{file}: the file is missing"):
        read_plan(tmp_path / "plan", hospital)
    half = read_plan(tmp_path / "plan", hospital, earlier=True)
    assert bool(half.admissions) != bool(half.duties)


@pytest.mark.parametrize("name", ["plan.json", "plan"])
def test_a_plan_of_another_hospital_is_one_fault(tmp_path: Path, name: str) -> None:
    """Not a line for each of its patients, none of whom is here."""
    write_plan(stated(), PLAN, tmp_path / name)
    other = replace(
        HOSPITAL,
        patients=tuple(replace(each, id=f"Q{each.id}") for each in HOSPITAL.patients),
        nurses=tuple(replace(each, id=f"Q{each.id}") for each in HOSPITAL.nurses),
    )
    for earlier in (False, True):
        with pytest.raises(InputError, match="nothing of this plan fits the hospital") as raised:
            read_plan(tmp_path / name, stated(other), earlier=earlier)
        assert len(raised.value.faults) == 1


def test_a_plan_from_a_pipe_is_read_once(tmp_path: Path) -> None:
    """Also where nothing of it fits: a second reader would wait for ever."""
    write_plan(stated(), PLAN, tmp_path / "plan.json")
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    text = (tmp_path / "plan.json").read_text(encoding="utf-8").replace('"id": "', '"id": "Q')
    writer = Thread(target=lambda: pipe.write_text(text, encoding="utf-8"))
    writer.start()
    with pytest.raises(InputError, match="no patient"):
        read_plan(pipe, stated())
    writer.join()


def test_a_plan_with_dates_wants_a_hospital_with_dates(tmp_path: Path) -> None:
    """JSON has none: its days would be those of another year."""
    write_plan(stated(), PLAN, tmp_path / "plan")
    with pytest.raises(InputError, match=r"nothing of this plan.*hospital's folder"):
        read_plan(tmp_path / "plan", Hospital.plain(HOSPITAL))


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is there, so another remedy is wanted."""
    folder, file = written(tmp_path), tmp_path / "h.json"
    file.write_text("{}", encoding="utf-8")

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    monkeypatch.setattr(Path, "open", refused)
    for path in (folder, file):
        with pytest.raises(InputError, match=r"cannot be read.*allow reading it"):
            read_hospital(path)


def test_a_folder_without_a_plan_and_a_name_too_long_are_refused(tmp_path: Path) -> None:
    """With advice, not as a defect."""
    for path in (tmp_path, "a" * 300, tmp_path / "no.json"):
        with pytest.raises(InputError):
            read_plan(path, stated())
        with pytest.raises(InputError):
            read_hospital(path)
