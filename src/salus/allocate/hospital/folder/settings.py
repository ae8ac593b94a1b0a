"""The settings of a hospital's folder: the weeks, the weights, the rules, the emergencies."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from salus.allocate.hospital.calendar import FIRST, Calendar
from salus.allocate.hospital.fit.breach import MOST
from salus.allocate.hospital.fit.scope import MOST_DAYS
from salus.allocate.hospital.fit.site import MOST_WEIGHT
from salus.allocate.hospital.folder.tables import SETTINGS
from salus.allocate.hospital.site import Weights
from salus.allocate.hospital.surgeries import SurgeryKnown
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.hospital.folder.gathered import Gathered
    from salus.core.messages import Message

WEIGHTS = Weights(
    mixed_age=5,
    skill=10,
    continuity=5,
    overload=10,
    open_theatre=30,
    transfer=5,
    delay=10,
    postponed=350,
)
"""Weights of a hospital that states none: of the size of those in the competition."""
WEIGHT_NAMES = {each.name: f"weight_{each.name}" for each in fields(Weights)}
HOURS = {"rest": "rest_hours", "week": "most_hours_in_7_days", "whole": "most_hours"}
"""Rules of nurses in hours."""
MINUTES, SPREAD = "emergency_minutes", "emergency_spread"
NAMES = ("first_date", "days", *WEIGHT_NAMES.values(), *HOURS.values(), MINUTES, SPREAD)
"""Every setting, in the order in which they are written."""
TOO_LATE = say("the weeks end after the year 9999")
EARLIER = say("name an earlier day")


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``settings.csv`` states.

    Parameters
    ----------
    first : date
        Day 0.
    days : int
        Length of the horizon.
    weights : Weights
        What each unit that nobody wants costs.
    hours : mapping of str to int
        Minutes of each rule of nurses that is stated, by field.
    minutes, spread : float
        Of the surgery of an emergency.
    """

    first: date
    days: int
    weights: Weights
    hours: dict[str, int]
    minutes: float
    spread: float


def read_settings(gathered: Gathered) -> Settings:
    """Read the settings; what is not stated has its default.

    Parameters
    ----------
    gathered : Gathered
        Keeps what is wrong.

    Returns
    -------
    Settings
    """
    cells = _Cells(gathered)
    nothing = SurgeryKnown()
    days = int(cells.number("days", None, 1, MOST_DAYS, whole=True))
    return Settings(
        first=cells.first_date(days),
        days=days,
        weights=Weights(
            **{
                name: int(cells.number(key, getattr(WEIGHTS, name), 0, MOST_WEIGHT, whole=True))
                for name, key in WEIGHT_NAMES.items()
            }
        ),
        hours={
            name: round(60 * cells.number(key, None, 0, 24 * MOST_DAYS))
            for name, key in HOURS.items()
            if key in cells.values
        },
        minutes=cells.number(MINUTES, nothing.minutes, 1, MOST),
        spread=cells.number(SPREAD, nothing.spread, 0, 10),
    )


class _Cells:
    """The values of the settings by name; one that is wrong is refused."""

    def __init__(self, gathered: Gathered) -> None:
        self._sheet, self._gathered = gathered.sheet(SETTINGS), gathered
        names, values = self._sheet.texts["setting"], self._sheet.texts["value"]
        self._index = {name: index for index, name in enumerate(names)}
        self.values = dict(zip(names, values, strict=True))
        for index, name in enumerate(names):
            if name and name not in NAMES:
                what, remedy = (
                    say("there is no setting of this name"),
                    say("name one of {names}", names=NAMES),
                )
                gathered.faults.add(what, self._sheet.where(index, "setting"), remedy, name)

    def first_date(self, days: int) -> date:
        name = "first_date"
        text = self._text(name, needed=True)
        try:
            first = date.fromisoformat(text)
        except ValueError:
            remedy = say("write year, month and day, such as 2026-06-27")
            self._refuse(name, say("this is not a date"), remedy)
            return FIRST
        if not Calendar(first, (), ()).has(days):
            self._refuse(name, TOO_LATE, EARLIER)
            return FIRST
        return first

    def number(
        self, name: str, otherwise: float | None, low: int, high: int, *, whole: bool = False
    ) -> float:
        text = self._text(name, needed=otherwise is None)
        if not text:
            return low if otherwise is None else otherwise
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value) and low <= value <= high and not (whole and value % 1):
            return value
        remedy = say("write a number between {low} and {high}", low=low, high=high)
        if whole:
            remedy = say("write a whole number from {low} to {high}", low=low, high=high)
        what = say("this number is out of range")
        if math.isnan(value):
            what = say("this is not a number")
        self._refuse(name, what, remedy)
        return low if otherwise is None else otherwise

    def _text(self, name: str, *, needed: bool) -> str:
        if needed and name not in self._index and not self._gathered.refused(Where(SETTINGS.file)):
            what, remedy = say("the setting is missing"), say("add a row with it")
            self._gathered.faults.add(what, Where(SETTINGS.file, column=name), remedy)
        return self.values.get(name, "")

    def _refuse(self, name: str, what: Message, remedy: Message) -> None:
        if self.values.get(name):
            where = self._sheet.where(self._index[name], "value")
            self._gathered.faults.add(what, where, remedy, self.values[name])
