"""The files of a hospital's folder, and their columns."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import MOST
from salus.allocate.hospital.fit.scope import MOST_DAYS
from salus.allocate.hospital.fit.site import MOST_BEDS, MOST_MINUTES
from salus.core.messages import say
from salus.core.sheets.column import Table
from salus.core.sheets.kinds import amount, date, key, text, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salus.core.errors import Faults, Where
    from salus.core.sheets.column import Column

_PATIENT = key("patient_id", say("key of the patient"), "患者编号")
_GENDER = replace(
    key("gender", say("A or B, or female or male; rooms are not mixed"), "性别"), private=True
)
_AGE = replace(
    key("age_group", say("name of the age group"), "年龄组", refers="age_groups.csv"),
    private=True,
)
_CARE = text(
    "care", say("key of the care in care.csv; empty for that of the patient"), "护理", needed=False
)
_ROOM = key("room", say("name of the room"), "病房", refers="rooms.csv")
_WARD = text("ward", say("name of the ward; empty for none"), "病区", needed=False)
_DATE = date("date", say("day"), "日期")
_whole = partial(whole, high=MOST)
_MINUTES = _whole("minutes", say("minutes of surgery on this day"), "minutes", "分钟")

SETTINGS = Table(
    "settings.csv",
    say("one setting and its value"),
    ("setting",),
    (
        key("setting", say("name of the setting"), "设置"),
        replace(key("value", say("its value"), "值"), odd=True),
    ),
    needed=True,
)
SHIFTS = Table(
    "shifts.csv",
    say("one shift of a day, in their order"),
    ("shift",),
    (
        key("shift", say("name of the shift"), "班次"),
        key("starts", say("when it begins, such as 06:00"), "开始"),
        replace(amount("hours", say("how long it lasts"), "hours", "小时", filled=True), high=24),
    ),
    needed=True,
)
AGES = Table(
    "age_groups.csv",
    say("one age group, from the youngest"),
    ("age_group",),
    (key("age_group", say("name of the age group"), "年龄组"),),
    needed=True,
)
SKILLS = Table(
    "skills.csv",
    say("one skill level, from the lowest"),
    ("skill",),
    (
        key("skill", say("name of the level"), "技能"),
        replace(
            amount(
                "least_share",
                say("share of the nurses at work who must have this level or more; empty for none"),
                "",
                "最低比例",
                needed=False,
            ),
            high=1,
        ),
    ),
    needed=True,
)
ROOMS = Table(
    "rooms.csv",
    say("one room"),
    ("room",),
    (
        key("room", say("name of the room"), "病房"),
        _WARD,
        _whole("beds", say("how many people it holds"), "beds", "床位", high=MOST_BEDS),
    ),
    needed=True,
)
INPATIENTS = Table(
    "inpatients.csv",
    say("somebody who lies in a room on the first day"),
    ("patient_id",),
    (
        _PATIENT,
        _GENDER,
        _AGE,
        _ROOM,
        date("leaves", say("day on which the bed is free again"), "出院日期"),
        _CARE,
    ),
)
PATIENTS = Table(
    "patients.csv",
    say("somebody who waits for a surgery"),
    ("patient_id",),
    (
        _PATIENT,
        _GENDER,
        _AGE,
        date("earliest", say("first day of admission"), "最早日期"),
        date("latest", say("last day; empty where it may be postponed"), "最晚日期", needed=False),
        _whole("stay_days", say("days in the room"), "days", "住院天数", low=1, high=MOST_DAYS),
        key("surgeon", say("who operates"), "外科医生", refers="surgeons.csv"),
        _whole("surgery_minutes", say("planned minutes of surgery"), "minutes", "手术分钟"),
        text("procedure", say("what is done; empty where not known"), "术式", needed=False),
        _CARE,
    ),
    needed=True,
    bare=True,
)
UNFIT = Table(
    "unfit_rooms.csv",
    say("a room that is not fit for a patient"),
    ("patient_id", "room"),
    (replace(_PATIENT, refers="patients.csv"), _ROOM),
)
SURGEONS = Table(
    "surgeons.csv",
    say("a day of a surgeon; days that are not listed have no minutes"),
    ("surgeon", "date"),
    (key("surgeon", say("name of the surgeon"), "外科医生"), _DATE, _MINUTES),
)
THEATRES = Table(
    "theatres.csv",
    say("a day of a theatre; days that are not listed are closed"),
    ("theatre", "date"),
    (
        key("theatre", say("name of the theatre"), "手术室"),
        _DATE,
        replace(_MINUTES, high=MOST_MINUTES),
        amount("emergencies", say("how many are expected"), "surgeries", "急诊", needed=False),
    ),
    needed=True,
)
NURSES = Table(
    "nurses.csv",
    say("one nurse"),
    ("nurse",),
    (
        key("nurse", say("name of the nurse"), "护士"),
        key("skill", say("name of the level"), "技能", refers="skills.csv"),
        _WARD,
    ),
    needed=True,
)
NURSE_SHIFTS = Table(
    "nurse_shifts.csv",
    say("a shift in which a nurse is on duty"),
    ("nurse", "date", "shift"),
    (
        key("nurse", say("name of the nurse"), "护士", refers="nurses.csv"),
        _DATE,
        key("shift", say("name of the shift"), "班次", refers="shifts.csv"),
        _whole("most_load", say("most work that is no overload"), "load", "最大工作量"),
    ),
    needed=True,
)
HISTORY = Table(
    "history.csv",
    say("a surgery that was done"),
    (),
    (
        key("surgeon", say("name of the surgeon"), "外科医生"),
        text("procedure", say("what was done; empty where not known"), "术式", needed=False),
        _whole("planned_minutes", say("minutes that were planned"), "minutes", "计划分钟", low=1),
        _whole("minutes", say("minutes that it took"), "minutes", "分钟", low=1),
    ),
)


def care_table(shifts: Sequence[str]) -> Table:
    """State the file of the care that stays ask for, with two columns for each shift.

    Parameters
    ----------
    shifts : sequence of str
        Their names.

    Returns
    -------
    Table
        Of ``care.csv``.

    Examples
    --------
    >>> [column.name for column in care_table(["Early"]).columns]
    ['care', 'day', 'load_early', 'skill_early']
    """
    return Table(
        "care.csv",
        say("one day of a stay; the last one holds for all further days"),
        ("care", "day"),
        (
            key("care", say("key of the care"), "护理"),
            _whole("day", say("day of the stay; that of admission is 1"), "", "天", low=1),
            *(column for shift in shifts for column in _in_shift(shift)),
        ),
    )


def column_of(shift: str) -> str:
    """Write the name of a shift as headers are read, in small letters with underscores."""
    return shift.lower().replace(" ", "_")


def refuse_alike(shifts: Sequence[str], where: Callable[[int], Where], faults: Faults) -> None:
    """Refuse shifts whose columns in ``care.csv`` would be the same.

    Parameters
    ----------
    shifts : sequence of str
        Their names.
    where : callable
        Returns where the name of a shift stands.
    faults : Faults
        Gathers those that are like one before.
    """
    seen: dict[str, str] = {}
    for index, name in enumerate(shifts):
        other = seen.setdefault(column_of(name), name)
        if other != name:
            what = say("this name differs from {other} only in capitals or spaces", other=other)
            faults.add(what, where(index), say("write another name"), name)


def _in_shift(shift: str) -> tuple[Column, Column]:
    name = column_of(shift)
    return (
        _whole(f"load_{name}", say("work in this shift"), "load"),
        key(f"skill_{name}", say("skill that it asks for"), refers="skills.csv"),
    )


ADMISSIONS = Table(
    "admissions.csv",
    say("a patient who is admitted"),
    ("patient_id",),
    (
        replace(_PATIENT, refers=PATIENTS.file),
        _DATE,
        _ROOM,
        key("theatre", say("name of the theatre"), "手术室", refers=THEATRES.file),
    ),
)
ROSTER = Table(
    "roster.csv",
    say("a room that a nurse looks after in a shift"),
    ("date", "shift", "room"),
    (
        _DATE,
        key("shift", say("name of the shift"), "班次", refers=SHIFTS.file),
        key("nurse", say("name of the nurse"), "护士", refers=NURSES.file),
        replace(
            _ROOM,
            meaning=say("name of the room; empty where the nurse is at work without one"),
            filled=False,
        ),
    ),
)
PLAN_TABLES = (ADMISSIONS, ROSTER)
"""The files of a plan."""
TABLES = (
    SETTINGS,
    SHIFTS,
    AGES,
    SKILLS,
    ROOMS,
    INPATIENTS,
    PATIENTS,
    UNFIT,
    SURGEONS,
    THEATRES,
    NURSES,
    NURSE_SHIFTS,
    HISTORY,
)
"""The files whose columns are the same in every hospital; ``care.csv`` depends on the shifts."""
