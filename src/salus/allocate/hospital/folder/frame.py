"""What the rows of a hospital's folder may name: shifts, age groups, skills, and the weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.calendar import DAY, Calendar
from salus.allocate.hospital.folder.settings import read_settings
from salus.allocate.hospital.folder.tables import AGES, SHIFTS, SKILLS, refuse_alike
from salus.allocate.hospital.nurse_rules import NurseRules
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.hospital.folder.gathered import Gathered
    from salus.allocate.hospital.folder.settings import Settings
    from salus.core.sheets.sheet import Sheet

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the rows of the other files may name.

    Parameters
    ----------
    settings : Settings
        Weeks, weights and rules.
    calendar : Calendar
        When days and shifts are.
    shifts, ages, skills : tuple of str
        Names, in their order.
    rules : NurseRules
        Of the work of nurses.
    """

    settings: Settings
    calendar: Calendar
    shifts: tuple[str, ...]
    ages: tuple[str, ...]
    skills: tuple[str, ...]
    rules: NurseRules


def read_frame(gathered: Gathered) -> Frame:
    """Read the settings and the lists of names.

    Parameters
    ----------
    gathered : Gathered
        Keeps what is wrong.

    Returns
    -------
    Frame
    """
    settings, shifts = read_settings(gathered), gathered.sheet(SHIFTS)
    skills = gathered.sheet(SKILLS)
    starts = tuple(_start(gathered, shifts, index) for index in range(len(shifts)))
    _refuse_disorder(gathered, shifts, starts)
    hours = np.clip(np.nan_to_num(shifts.numbers["hours"]), 0, 24)
    lengths = tuple(round(60 * float(each)) for each in hours)
    refuse_alike(shifts.texts["shift"], lambda index: shifts.where(index, "shift"), gathered.faults)
    return Frame(
        settings,
        Calendar(settings.first, starts, lengths),
        shifts.texts["shift"],
        gathered.sheet(AGES).texts["age_group"],
        skills.texts["skill"],
        NurseRules(**settings.hours, shares=_shares(skills)),
    )


def _start(gathered: Gathered, shifts: Sheet, index: int) -> int:
    text = shifts.texts["starts"][index]
    found = _CLOCK.fullmatch(text)
    if found:
        return (int(found[1]) * 60 + int(found[2])) % DAY
    if text:
        what, remedy = say("this is no time of the day"), say("write hours and minutes: 06:30")
        gathered.faults.add(what, shifts.where(index, "starts"), remedy, text)
    return 0


def _refuse_disorder(gathered: Gathered, shifts: Sheet, starts: tuple[int, ...]) -> None:
    # One that begins before the one above it would come before it: rest would be counted wrongly.
    for index, (above, start) in enumerate(pairwise(starts), start=1):
        places = (shifts.where(each, "starts") for each in (index - 1, index))
        if start <= above and not any(map(gathered.refused, places)):
            what = say("the shift does not begin after the one above it")
            remedy = say("mend the time, or list the shifts of a day by when they begin")
            text = shifts.texts["starts"][index]
            gathered.faults.add(what, shifts.where(index, "starts"), remedy, text)


def _shares(skills: Sheet) -> tuple[float, ...]:
    shares = tuple(np.clip(np.nan_to_num(skills.numbers["least_share"]), 0, 1).tolist())
    return shares if any(shares) else ()
