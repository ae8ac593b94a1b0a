"""The days of a hospital's plan: as columns of a picture, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salus.core.messages import Message, say, word
from salus.report.charts.drawing import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salus.allocate.hospital.problem import HospitalProblem
    from salus.report.charts.drawing import Drawing
    from salus.report.words import Words

WIDTH, NARROWEST, HEAD = 1080.0, 32.0, 34.0
"""A picture's width, a column's least width, and the height above the rows."""
FEWEST, MOST, BOLD = 76.0, 160.0, 1.1
"""Pixels for the names of rows, and how much wider they are in bold."""
WEEK = 7
NAMES = (say("early"), say("late"), say("night"), say("infant"), say("adult"), say("elderly"))
"""Shifts and age groups that a catalogue knows; others are named as the files do."""


@dataclass(frozen=True, slots=True)
class DayAxis:
    """Columns of days.

    Parameters
    ----------
    days : int
        How many.
    words : Words
        The reader's language.
    first : date or None
        The first day; ``None`` counts days from 0, as the files of the competition do.
    left, right : float
        Pixels beside the columns.
    """

    days: int
    words: Words
    first: date | None = None
    left: float = FEWEST
    right: float = 46

    @property
    def column(self) -> float:
        """Width of a day, in pixels."""
        return max(NARROWEST, (WIDTH - self.left - self.right) / self.days)

    @property
    def width(self) -> float:
        """Width of the picture."""
        return self.left + self.right + self.days * self.column

    @property
    def end(self) -> float:
        """Right end of the columns."""
        return self.x(self.days)

    def x(self, day: float) -> float:
        """Where a day begins."""
        return self.left + day * self.column

    def name(self, day: int) -> Message | date:
        """Name a day within a sentence."""
        return day_name(day, self.first)

    def draw(self, drawing: Drawing, height: float) -> None:
        """Draw heads and the lines between days down to a height."""
        for day in range(self.days + 1):
            week = day % WEEK == 0 if self.first is None else self._date(day).weekday() == 0
            drawing.line(self.x(day), HEAD, self.x(day), height, "week" if week else "grid")
        if self.first is None:
            drawing.text(self.left - 6, HEAD - 6, self.words.say("day"), "end soft")
        for day in range(self.days):
            middle = self.x(day + 0.5)
            drawing.text(middle, HEAD - 6, self._head(day), "mid")
            if self.first is not None:
                drawing.text(middle, HEAD - 20, self._weekday(day), "mid soft")

    def _date(self, day: int) -> date:
        return (self.first or date.min) + timedelta(days=day)

    def _head(self, day: int) -> str:
        from babel.dates import format_skeleton  # noqa: PLC0415 (without dates it is not needed)

        if self.first is None:
            return str(day)
        at = self._date(day)
        if day and at.day > 1:
            return str(at.day)
        return str(format_skeleton("MMMd", at, locale=_locale(self.words)))

    def _weekday(self, day: int) -> str:
        from babel.dates import format_date  # noqa: PLC0415 (without dates it is not needed)

        return str(format_date(self._date(day), "EEE", locale=_locale(self.words)))


def left_of(names: Iterable[str], wider: float = 1) -> float:
    """Measure the pixels that the names of rows take, within bounds."""
    return min(MOST, max([FEWEST, *(wider * text_width(name) + 14 for name in names)]))


def day_name(day: int, first: date | None) -> Message | date:
    """Name a day within a sentence: its date, or its number from 0."""
    return say("day {day}", day=day) if first is None else first + timedelta(days=day)


def day_names(days: Sequence[int], first: date | None) -> tuple[Message | date, ...]:
    """Name several days within a sentence, those in a row by the first and the last.

    Examples
    --------
    >>> [str(each) for each in day_names([2, 3, 4, 7], None)]
    ['day 2 to day 4', 'day 7']
    """
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return tuple(
        say("{first} to {last}", first=day_name(run[0], first), last=day_name(run[-1], first))
        if len(run) > 1
        else day_name(run[0], first)
        for run in runs
    )


def shift_name(problem: HospitalProblem, shift: int, first: date | None) -> Message:
    """Name a shift of the horizon within a sentence: its day and what it is called."""
    day, place = divmod(shift, len(problem.shifts))
    return say("{day}, {shift}", day=day_name(day, first), shift=word(problem.shifts[place]))


def level_name(level: int, skills: Sequence[str] = ()) -> Message | str:
    """Name a level of skill within a sentence.

    Parameters
    ----------
    level : int
        From 0, the lowest.
    skills : sequence of str
        Names of all levels; none where they have numbers only.

    Examples
    --------
    >>> str(level_name(1)), str(level_name(1, ("0", "1"))), str(level_name(1, ("aide", "nurse")))
    ('level 1', 'level 1', 'nurse')
    """
    name = skills[level] if skills else str(level)
    return say("level {level}", level=level) if name == str(level) else word(name)


def _locale(words: Words) -> str:
    return "zh_CN" if words.lang == "zh" else "en_GB"
