"""Theatres by days: minutes used of those available, and by whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.charts.drawing import Drawing
from salus.report.charts.hospital.axis import BOLD, HEAD, DayAxis, left_of
from salus.report.charts.hospital.legend import SIZE, SWATCH, draw_legend, legend_height
from salus.report.layout import Chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salus.allocate.hospital.overrun.chance import TheatreDay
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Theatre
    from salus.report.charts.hospital.legend import Mark
    from salus.report.words import Words

ROW, TALLEST, FIGURE = 118.0, 84.0, 12.0
"""Heights of a theatre, of its longest day, and of a figure beneath."""
DEPTH, LABEL, EDGE = 0.32, 10.0, 4.0
"""How full the colour is, the least height that bears a name, and the width of a marked edge."""
LIKELY = 0.005
"""The least chance that is told: one that is rounded to nothing is none."""


def theatre_board(
    problem: HospitalProblem,
    plan: HospitalPlan,
    words: Words,
    first: date | None = None,
    days: Sequence[TheatreDay] = (),
) -> Chart:
    """Draw how each theatre is used on each day.

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
    days : sequence of TheatreDay
        How likely days of theatres take longer than they may, where that is shown.

    Returns
    -------
    Chart
        Theatres down, days across; a frame as high as the minutes available, filled by surgeons
        from below. Who works in two theatres on a day has a marked edge; overtime is outlined.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> from salus.report.words import Words
    >>> made = random_hospital(7)
    >>> "<svg" in theatre_board(made, random_plan(made, 7), Words("en")).drawing
    True
    """
    left = left_of((each.id for each in problem.theatres), BOLD)
    chances = {(each.theatre, each.day): each.chance for each in days if each.chance >= LIKELY}
    axis = DayAxis(problem.days, words, first, left)
    board = _Board(problem, axis, _used(problem, plan), chances)
    title = board.finding()
    return Chart(
        "theatres",
        title,
        None,
        say("Source: the plan; minutes of surgery, without the time between two cases."),
        drawing=board.svg(words(title)),
    )


@dataclass(frozen=True, slots=True)
class _Board:
    problem: HospitalProblem
    axis: DayAxis
    used: dict[tuple[str, int], dict[str, int]]  # minutes in a theatre on a day, by surgeon
    chances: dict[tuple[str, int], float]

    @property
    def scale(self) -> float:
        """Pixels of a minute."""
        available = [int(each.minutes.max()) for each in self.problem.theatres]
        took = (sum(each.values()) for each in self.used.values())
        return TALLEST / max([1, *available, *took])

    @property
    def row(self) -> float:
        """Height of a theatre, with a line for chances where there are any."""
        return ROW + (FIGURE if self.chances else 0)

    def finding(self) -> Message:
        available = sum(int(each.minutes.sum()) for each in self.problem.theatres)
        days = sum(int((each.minutes > 0).sum()) for each in self.problem.theatres)
        minutes = sum(sum(each.values()) for each in self.used.values())
        return say(
            "Theatres: {used:,} of {available:,} minutes are used ({share:.0%}), on {open:,} of "
            "{days:,} days of theatres",
            used=minutes,
            available=available,
            share=minutes / available if available else 0.0,
            open=len(self.used),
            days=days,
        )

    def svg(self, title: str) -> str:
        axis, theatres = self.axis, self.problem.theatres
        bottom, marks = HEAD + self.row * len(theatres) + 4, list(self._marks())
        height = bottom + legend_height(marks, axis.width)
        drawing = Drawing("theatres", axis.width, height)
        axis.draw(drawing, bottom)
        for row, theatre in enumerate(theatres):
            y = HEAD + self.row * row
            for day in range(axis.days):
                self._day(drawing, theatre, day, y)
            self._row(drawing, theatre, y)
        draw_legend(drawing, marks, bottom, axis.width)
        return drawing.svg(title)

    def _row(self, drawing: Drawing, theatre: Theatre, y: float) -> None:
        axis, available = self.axis, int(theatre.minutes.sum())
        room = axis.left - 12
        drawing.text(axis.left - 6, y + TALLEST, theatre.id, "end bold", room=room)
        took = sum(sum(each.values()) for (key, _), each in self.used.items() if key == theatre.id)
        if available:
            drawing.text(axis.width - 4, y + TALLEST, f"{took / available:.0%}", "end soft")
        drawing.line(0, y + self.row, axis.width, y + self.row, "grid")

    def _day(self, drawing: Drawing, theatre: Theatre, day: int, y: float) -> None:
        took, available = self.used.get((theatre.id, day), {}), int(theatre.minutes[day])
        axis, whole = self.axis, sum(took.values())
        x, width, base = axis.x(day) + 3, axis.column - 6, y + TALLEST + 5
        high, top = available * self.scale, base
        hover = axis.words.say(
            "{theatre}, {day}: {used:,} of {available:,} minutes",
            theatre=theatre.id,
            day=axis.name(day),
            used=whole,
            available=available,
        )
        if available:
            drawing.box(x, base - high, width, high, "free", hover=hover)
        for surgeon, minutes in took.items():
            top -= minutes * self.scale
            self._surgeon(drawing, surgeon, day, (x, top, width, minutes * self.scale))
        if available:
            drawing.box(x, base - high, width, high, "frame quiet")
        if whole > available:
            drawing.box(x, top, width, base - high - top, "wrong", hover=hover)
        if whole or available:
            middle = axis.x(day + 0.5)
            drawing.text(middle, base + FIGURE, str(whole), "mid" if whole else "mid soft")
            drawing.text(middle, base + 2 * FIGURE, f"/{available}", "mid soft")
        if chance := self.chances.get((theatre.id, day)):
            drawing.text(axis.x(day + 0.5), base + 3 * FIGURE, f"{chance:.0%}", "mid soft")

    def _surgeon(
        self, drawing: Drawing, surgeon: str, day: int, box: tuple[float, float, float, float]
    ) -> None:
        words, (x, y, width, height) = self.axis.words, box
        theatres = tuple(
            theatre for (theatre, at), took in self.used.items() if at == day and surgeon in took
        )
        minutes = sum(self.used[theatre, day][surgeon] for theatre in theatres)
        hover = words.say(
            "{surgeon}: {minutes:,} minutes on this day, in {theatres}",
            surgeon=surgeon,
            minutes=minutes,
            theatres=theatres,
        )
        drawing.box(x, y, width, height, "one", depth=DEPTH, hover=hover)
        if len(theatres) > 1:
            drawing.box(x, y, EDGE, height, "over quiet", depth=1)
        if height >= LABEL:
            drawing.text(x + width / 2, y + height / 2 + 4, surgeon, "mid", room=width + 1)

    def _marks(self) -> Iterator[Mark]:
        words = self.axis.words
        yield _filled, words.say("minutes of a surgeon")
        yield _frame, words.say("minutes available; beneath, minutes used/available")
        if self.chances:
            yield _chance, words.say("beneath: chance that the day takes longer than it may")
        yield _moves, words.say("the surgeon works in several theatres on this day")
        yield _overtime, words.say("overtime")


def _used(problem: HospitalProblem, plan: HospitalPlan) -> dict[tuple[str, int], dict[str, int]]:
    used: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for each in plan.admissions:
        patient, there = problem.patient[each.patient], used[each.theatre, each.day]
        there[patient.surgeon] = there.get(patient.surgeon, 0) + patient.minutes
    return used


def _filled(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x, y, SWATCH, SIZE, "one", depth=DEPTH)


def _frame(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x, y, SWATCH, SIZE, "free")
    drawing.box(x, y, SWATCH, SIZE, "frame quiet")


def _chance(drawing: Drawing, x: float, y: float) -> None:
    drawing.text(x + SWATCH / 2, y + 10, "%", "mid soft")


def _moves(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x, y, SWATCH, SIZE, "one", depth=DEPTH)
    drawing.box(x, y, EDGE, SIZE, "over quiet", depth=1)


def _overtime(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x, y, SWATCH, SIZE, "wrong")
