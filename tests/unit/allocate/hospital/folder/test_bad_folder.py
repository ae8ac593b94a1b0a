"""Folders that cannot be used: every fault is named with its file, row, column and value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.allocate.hospital.files import read_hospital, write_hospital
from salus.core.errors import InputError
from tests.fakes.house import stated, written

if TYPE_CHECKING:
    from pathlib import Path

# The file, what is replaced by what, and the faults: file, row, column, value.
CASES: dict[str, tuple[str, str, str, list[tuple[object, ...]]]] = {
    "no such room": (
        "inpatients.csv",
        "elderly,r0,",
        "elderly,r9,",
        [("inpatients.csv", 2, "room", "r9")],
    ),
    "no such age group, not told": (
        "patients.csv",
        "p0,A,elderly",
        "p0,A,old",
        [("patients.csv", 2, "age_group", None)],
    ),
    "no such gender, not told": (
        "patients.csv",
        "p0,A,",
        "p0,X,",
        [("patients.csv", 2, "gender", None)],
    ),
    "no such surgeon": (
        "patients.csv",
        ",s1,",
        ",s7,",
        [("patients.csv", 3, "surgeon", "s7")],
    ),
    "latest before earliest": (
        "patients.csv",
        "2026-03-02,2026-03-03",
        "2026-03-04,2026-03-03",
        [("patients.csv", 2, "latest", "2026-03-03")],
    ),
    "a stay longer than the weeks": (
        "patients.csv",
        "2026-03-02,2026-03-03,",
        "2026-03-02,2026-03-03,99999999",
        [("patients.csv", 2, "stay_days", 999999993)],
    ),
    "a day outside the weeks": (
        "patients.csv",
        "2026-03-02,2026-03-03",
        "2026-03-02,2026-04-03",
        [("patients.csv", 2, "latest", "2026-04-03")],
    ),
    "a shift before the one above": (
        "shifts.csv",
        "14:30",
        "02:30",
        [("shifts.csv", 3, "starts", "02:30")],
    ),
    "two shifts at once": (
        "shifts.csv",
        "14:30",
        "06:30",
        [("shifts.csv", 3, "starts", "06:30")],
    ),
    "no date": (
        "nurse_shifts.csv",
        "2026-03-02,late",
        "tomorrow,late",
        [("nurse_shifts.csv", 2, "date", "tomorrow")],
    ),
    "no such shift": (
        "nurse_shifts.csv",
        "2026-03-02,late",
        "2026-03-02,dusk",
        [("nurse_shifts.csv", 2, "shift", "dusk")],
    ),
    "beds beyond reason": (
        "rooms.csv",
        "r0,north,",
        "r0,north,100",
        [("rooms.csv", 2, "beds", 1002.0)],
    ),
    "a theatre open for longer than a day": (
        "theatres.csv",
        "t0,2026-03-02,",
        "t0,2026-03-02,2",
        [("theatres.csv", 2, "minutes", 2300.0)],
    ),
    "no number": ("rooms.csv", "r0,north,", "r0,north,x", [("rooms.csv", 2, "beds", "x2")]),
    "a negative number": (
        "theatres.csv",
        "t0,2026-03-02,",
        "t0,2026-03-02,-",
        [("theatres.csv", 2, "minutes", -300.0)],
    ),
    "a part of a minute": (
        "theatres.csv",
        "t0,2026-03-02,300",
        "t0,2026-03-02,300.5",
        [("theatres.csv", 2, "minutes", 300.5)],
    ),
    "a share above one": (
        "skills.csv",
        "registered,0.5",
        "registered,50",
        [("skills.csv", 3, "least_share", 50.0)],
    ),
    "no such skill of a nurse": (
        "nurses.csv",
        "n0,specialist",
        "n0,chief",
        [("nurses.csv", 2, "skill", "chief")],
    ),
    "a day of care left out": ("care.csv", "a1,2,", "a1,3,", [("care.csv", None, "day", 3)]),
    "no such care": (
        "patients.csv",
        ",hip,p0",
        ",hip,hips",
        [("patients.csv", 2, "care", "hips")],
    ),
    "no such setting": (
        "settings.csv",
        "weight_delay",
        "weight_late",
        [("settings.csv", None, "setting", "weight_late")],
    ),
    "no first day": (
        "settings.csv",
        "first_date,2026-03-02",
        "first_date,Monday",
        [("settings.csv", 2, "value", "Monday")],
    ),
    "no days": ("settings.csv", "days,4", "days,0", [("settings.csv", 3, "value", "0")]),
    "no time of the day": (
        "shifts.csv",
        "early,06:30",
        "early,25:00",
        [("shifts.csv", 2, "starts", "25:00")],
    ),
    "a name twice": ("rooms.csv", "r1,", "r0,", [("rooms.csv", 3, "room", "r0")]),
    "an inpatient who waits, too": (
        "patients.csv",
        "p2,",
        "a0,",
        [("patients.csv", 4, "patient_id", "a0")],
    ),
    "a formula": ("nurses.csv", "n0,", "=n0,", [("nurses.csv", 2, "nurse", "=n0")]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_named_with_its_place(tmp_path: Path, case: str) -> None:
    """File, row, column and value; faults of other files that follow from it may stand beside."""
    file, old, new, wanted = CASES[case]
    folder = written(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_hospital(folder)
    found = [
        (each.where.source, each.where.row, each.where.column, each.value)
        for each in told.value.faults
    ]
    for source, row, column, value in wanted:
        assert any(
            (source, column, value) == (f[0], f[2], f[3]) and row in {None, f[1]} for f in found
        ), found
    assert {each[0] for each in found} <= {
        file,
        "nurse_shifts.csv",
        "unfit_rooms.csv",
        "inpatients.csv",
    }


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Faults of three files stand together, in the order of the files, each with what to do."""
    folder = written(tmp_path)
    for file, old, new in (
        ("rooms.csv", "r0,north,", "r0,north,many"),
        ("patients.csv", "2026-03-02,2026-03-03", "2026-03-04,2026-03-03"),
        ("patients.csv", "2026-03-04,,3", "2026-03-04,,5"),
        ("nurses.csv", "n1,", "n1,chief,"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_hospital(folder)
    files = [str(each.where.source) for each in told.value.faults]
    assert files == ["rooms.csv", "patients.csv", "patients.csv", "nurses.csv"]
    assert all(str(each.remedy) for each in told.value.faults)


def test_a_shift_without_nurses_is_named_by_its_date(tmp_path: Path) -> None:
    """Whoever reads the fault finds the shift in a calendar."""
    folder = written(tmp_path)
    lines = (folder / "nurse_shifts.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "2026-03-04,late" not in line]
    (folder / "nurse_shifts.csv").write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_hospital(folder)
    assert "2026-03-04 late" in str(told.value)


def test_a_folder_of_something_else_names_its_files(tmp_path: Path) -> None:
    """Each file that is missing is named with what its rows are."""
    with pytest.raises(InputError) as told:
        read_hospital(tmp_path)
    assert {str(each.where.source) for each in told.value.faults} == {
        "settings.csv",
        "shifts.csv",
        "age_groups.csv",
        "skills.csv",
        "rooms.csv",
        "patients.csv",
        "theatres.csv",
        "nurses.csv",
        "nurse_shifts.csv",
    }


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("unfit-rooms.csv", "unfit_rooms.csv"),
        ("History.csv", "history.csv"),
        ("patient.CSV", "patients.csv"),
    ],
)
def test_a_file_of_another_name_is_not_passed_over(tmp_path: Path, wrong: str, right: str) -> None:
    """It may state what was meant for a file that is not there."""
    folder = written(tmp_path)
    (folder / right).rename(folder / wrong)
    with pytest.raises(InputError) as told:
        read_hospital(folder)
    (fault,) = (each for each in told.value.faults if each.where.source == wrong)
    assert right in str(fault.remedy)


@pytest.mark.parametrize(
    ("file", "wrong", "right"),
    [
        ("patients.csv", "lastest", "latest"),
        ("skills.csv", "share", "least_share"),
        ("theatres.csv", "emergency", "emergencies"),
        ("care.csv", "load_dusk", "load_late"),
        ("rooms.csv", "colour", "what counts is room, ward, beds"),
    ],
)
def test_a_column_of_another_name_is_not_passed_over(
    tmp_path: Path, file: str, wrong: str, right: str
) -> None:
    """It may state what was meant for an optional one; other faults stand beside."""
    folder = written(tmp_path)
    header, *rows = (folder / file).read_text(encoding="utf-8").splitlines()
    lines = [f"{header},{wrong}", *(f"{row}," for row in rows)]
    (folder / file).write_text("\n".join(lines), encoding="utf-8")
    nurses = (folder / "nurses.csv").read_text(encoding="utf-8")
    (folder / "nurses.csv").write_text(nurses.replace("n1,", "n1,chief", 1), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_hospital(folder)
    named = {(each.where.source, each.where.column): each for each in told.value.faults}
    assert right in str(named[file, wrong].remedy)
    assert ("nurses.csv", "skill") in named


def test_columns_of_shifts_that_were_refused_are_not_refused_too(tmp_path: Path) -> None:
    """What the columns of care are called is known only where the shifts are."""
    folder = written(tmp_path)
    (folder / "shifts.csv").unlink()
    with pytest.raises(InputError) as told:
        read_hospital(folder)
    assert "care.csv" not in {each.where.source for each in told.value.faults}


def test_a_plan_and_notes_may_lie_in_the_folder(tmp_path: Path) -> None:
    """Neither is taken for a misspelt file of the hospital."""
    folder = written(tmp_path)
    for name in ("admissions.csv", "roster.csv", "notes.txt", ".hidden.csv"):
        (folder / name).write_text("", encoding="utf-8")
    assert read_hospital(folder).problem.patients


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("rest_hours,11", "rest_hours,eleven", "this is not a number"),
        ("rest_hours,11", "rest_hours,-1", "write a number between 0 and"),
        ("emergency_minutes,90.0", "emergency_minutes,0", "between 1 and 1000000"),
        ("first_date,2026-03-02", "first_date,9999-12-31", "name an earlier day"),
    ],
)
def test_a_setting_out_of_range_is_one_fault(
    tmp_path: Path, old: str, new: str, remedy: str
) -> None:
    """With the range that it has."""
    folder = written(tmp_path)
    text = (folder / "settings.csv").read_text(encoding="utf-8")
    assert old in text
    (folder / "settings.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_hospital(folder)
    (fault,) = told.value.faults
    assert remedy in str(fault)


def test_a_first_date_of_json_too_late_is_refused(tmp_path: Path) -> None:
    """No day of the weeks would have a date."""
    path = tmp_path / "h.json"
    write_hospital(stated(), path)
    with pytest.raises(InputError, match="--first-date: the weeks end after the year 9999"):
        read_hospital(path, date(9999, 12, 29))


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("2026-03-02,2026-03-03", "2026-03-02,2026-04-03", "leave it empty"),
        ("2026-03-02,2026-03-03", "2026-04-02,2026-04-03", "leave the patient out of these weeks"),
        ("2026-03-02,2026-03-03", "2026-02-02,2026-03-03", "write a day from 2026-03-02"),
    ],
)
def test_a_date_outside_the_weeks_has_advice_that_changes_nobody_s_turn(
    tmp_path: Path, old: str, new: str, advice: str
) -> None:
    """Who may come until April need not be admitted this week."""
    folder = written(tmp_path)
    file = folder / "patients.csv"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=advice):
        read_hospital(folder)
