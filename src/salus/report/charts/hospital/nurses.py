"""Nurses by shifts: their work, as a share of the most they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.weeks import Weeks
from salus.core.messages import Message, say, word
from salus.report.charts.drawing import Drawing, fitted, text_width
from salus.report.charts.hospital.axis import HEAD, WIDTH, DayAxis, left_of, level_name, shift_name
from salus.report.charts.hospital.legend import SIZE, SWATCH, draw_legend, legend_height
from salus.report.layout import Chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Nurse
    from salus.report.charts.hospital.legend import Mark
    from salus.report.words import Words

ROW = 16.0
SPARE, FULL = 0.12, 0.62
"""How full the colour of an idle and of a full shift is."""
LEAST, MOST = 0.35, 0.65
"""How full the colour of what is just above the most and of twice the most is."""
LEGEND = (0.0, 0.5, 1.0)


def nurse_loads(
    problem: HospitalProblem,
    plan: HospitalPlan,
    words: Words,
    first: date | None = None,
    skills: Sequence[str] = (),
) -> Chart:
    """Draw the work of each nurse in each shift against the most they may do.

    Parameters
    ----------
    problem : HospitalProblem
        The hospital; ids are shown as names.
    plan : HospitalPlan
        What was decided, whatever it breaks.
    words : Words
        The reader's language.
    first : date or None
        The first day; ``None`` counts days from 0.
    skills : sequence of str
        Names of the levels, from the lowest; none where they have numbers only.

    Returns
    -------
    Chart
        Nurses down, the shifts of each day across; the fuller the colour, the nearer the most.
        What is above it has a colour and a figure of its own.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> from salus.report.words import Words
    >>> made = random_hospital(7)
    >>> "<svg" in nurse_loads(made, random_plan(made, 7), Words("en")).drawing
    True
    """
    left = left_of(_label(nurse, words) for nurse in problem.nurses)
    board = _Board(Weeks.of(problem, plan), DayAxis(problem.days, words, first, left), skills)
    title = board.finding()
    return Chart(
        "nurses",
        title,
        None,
        say("Source: the plan; the work of all people in the rooms of a nurse, by shift."),
        drawing=board.svg(words(title)),
    )


@dataclass(frozen=True, slots=True)
class _Board:
    weeks: Weeks
    axis: DayAxis
    skills: Sequence[str]

    def finding(self) -> Message:
        over = [
            (load - most, nurse.id, shift, load, most)
            for nurse in self.weeks.problem.nurses
            for shift, most in nurse.loads.items()
            if (load := self.weeks.load(nurse.id, shift)) > most
        ]
        duties = sum(len(each.loads) for each in self.weeks.problem.nurses)
        if not over:
            return say("Nurses: no shift of {duties:,} is above the most", duties=duties)
        _, nurse, shift, load, most = max(over, key=lambda each: each[0])
        return say(
            "Nurses: shifts above the most: {over:,} of {duties:,}, by {work:,} in all; most "
            "loaded: {nurse}, {shift} ({load:,} of {most:,})",
            over=len(over),
            duties=duties,
            work=sum(each for each, *_ in over),
            nurse=nurse,
            shift=self._name(shift),
            load=load,
            most=most,
        )

    def svg(self, title: str) -> str:
        axis, nurses = self.axis, self.weeks.problem.nurses
        bottom, marks = HEAD + ROW * len(nurses) + 4, list(self._marks())
        height = bottom + legend_height(marks, axis.width)
        drawing = Drawing("nurses", axis.width, height)
        axis.draw(drawing, bottom)
        for row, nurse in enumerate(nurses):
            y = HEAD + ROW * row + 2
            label = _label(nurse, axis.words, axis.left - 12)
            drawing.text(axis.left - 6, y + 11, label, "end")
            above = 0
            for shift, most in nurse.loads.items():
                load = self.weeks.load(nurse.id, shift)
                above += max(0, load - most)
                self._cell(drawing, nurse, shift, load, y)
            if above:
                drawing.text(axis.width - 4, y + 11, f"+{above}", "end soft")
        draw_legend(drawing, marks, bottom, axis.width)
        return drawing.svg(title)

    def _cell(self, drawing: Drawing, nurse: Nurse, shift: int, load: int, y: float) -> None:
        axis, most = self.axis, nurse.loads[shift]
        count = len(self.weeks.problem.shifts)
        width, x = axis.column / count, axis.x(shift / count)
        hover = axis.words.say(
            "{nurse}, {level}, {shift}: {load:,} of {most:,}; rooms: {rooms}",
            nurse=nurse.id,
            level=level_name(nurse.skill, self.skills),
            shift=self._name(shift),
            load=load,
            most=most,
            rooms=self.weeks.rooms.get((nurse.id, shift), ()) or "–",
        )
        share = load / most if most else float(load > 0) * 2
        look, depth = _shade(share)
        drawing.box(x + 1, y, width - 2, ROW - 4, look, depth=depth, corner=2, hover=hover)
        if load > most:
            above = f"+{load - most}"
            said = above if text_width(above) <= width + 3 else above[1:]
            if text_width(said) <= width + 3:
                drawing.text(x + width / 2, y + 10, said, "mid")

    def _name(self, shift: int) -> Message:
        return shift_name(self.weeks.problem, shift, self.axis.first)

    def _marks(self) -> Iterator[Mark]:
        words, shifts = self.axis.words, self.weeks.problem.shifts
        yield _ramp, words.say("on duty: idle, half, the most")
        yield _above, words.say("above the most, and by how much")
        yield (
            _shifts,
            words.say(
                "in each day from the left: {shifts}", shifts=tuple(word(each) for each in shifts)
            ),
        )
        yield _level, words(self._levels())

    def _levels(self) -> Message:
        named = tuple(
            say("{level} {skill}", level=level, skill=word(skill))
            for level, skill in enumerate(self.skills)
            if skill != str(level)
        )
        if not named:
            return say("level of the nurse")
        return say("level of the nurse: {levels}", levels=named)


def _label(nurse: Nurse, words: Words, room: float = WIDTH) -> str:
    """Name a nurse with the level, which is never cut."""
    level = words.say("{name} · {level}", name="", level=nurse.skill)
    name = fitted(nurse.id, room - text_width(level))
    return words.say("{name} · {level}", name=name, level=nurse.skill)


def _shade(share: float) -> tuple[str, float]:
    if share > 1:
        return "over", min(MOST, LEAST + (MOST - LEAST) * (share - 1))
    return "one", SPARE + (FULL - SPARE) * share


def _ramp(drawing: Drawing, x: float, y: float) -> None:
    for place, share in enumerate(LEGEND):
        each = SWATCH / len(LEGEND)
        look, depth = _shade(share)
        drawing.box(x + each * place, y, each, SIZE, look, depth=depth)


def _above(drawing: Drawing, x: float, y: float) -> None:
    look, depth = _shade(1.5)
    drawing.box(x, y, SWATCH, SIZE, look, depth=depth, corner=2)
    drawing.text(x + SWATCH / 2, y + 10, "+2", "mid")


def _shifts(drawing: Drawing, x: float, y: float) -> None:
    for place in range(4):
        at = x + place * SWATCH / 3
        drawing.line(at, y, at, y + SIZE, "week" if place in {0, 3} else "grid")


def _level(drawing: Drawing, x: float, y: float) -> None:
    drawing.text(x + 4, y + 10, "· 2")
