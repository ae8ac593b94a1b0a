"""The bed board: rooms by days, each bed a lane, each person a bar."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.weeks import Weeks
from salus.allocate.hospital.people import Gender
from salus.core.messages import Message, say, word
from salus.report.charts.drawing import Drawing, text_width
from salus.report.charts.hospital.axis import BOLD, HEAD, DayAxis, left_of
from salus.report.charts.hospital.legend import SIZE, SWATCH, draw_legend, legend_height
from salus.report.layout import Chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from salus.allocate.hospital.explain.weeks import Stay
    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Room
    from salus.core.messages import Value
    from salus.report.charts.hospital.legend import Draw, Mark
    from salus.report.words import Words

LANE, BAR, APART = 16.0, 14.0, 6.0
"""Heights of a bed, of a bar and of the space between rooms."""
GENDERS = {each: say("gender {name}", name=each.value) for each in Gender}
SEXES = {Gender.A: say("female"), Gender.B: say("male")}
"""For hospitals that do not speak of A and B."""
LOOKS = {Gender.A: "one", Gender.B: "two"}
CORNERS = {Gender.A: 1.0, Gender.B: 7.0}
"""Bars differ in shape beside colour."""
YOUNG, OLD = 0.14, 0.5
"""How full the colour of the youngest and of the oldest is."""


def bed_board(
    problem: HospitalProblem,
    plan: HospitalPlan,
    words: Words,
    first: date | None = None,
    *,
    genders: Mapping[Gender, Message] | None = None,
    wards: Mapping[str, str] | None = None,
) -> Chart:
    """Draw who lies in which room from when to when.

    Parameters
    ----------
    problem : HospitalProblem
        The hospital; ids of rooms and people are shown as their names.
    plan : HospitalPlan
        What was decided, whatever it breaks.
    words : Words
        The reader's language.
    first : date or None
        The first day; ``None`` counts days from 0.
    genders : mapping of Gender to Message, optional
        What they are called; by their letters where nothing is said.
    wards : mapping of str to str, optional
        The wards of rooms; they stand below the names of the rooms.

    Returns
    -------
    Chart
        Rooms down, days across; a lane for each bed, and one more for each person without a bed.
        A bar's shape and hue tell the gender, its depth the age group; occupants are hatched, an
        admission begins with an edge, who had to be admitted bears a triangle, and what breaks a
        rule is outlined. A name may run on into free days; where it fits nowhere, hover tells it,
        as it tells the rest.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> from salus.report.words import Words
    >>> made = random_hospital(7)
    >>> bed_board(made, random_plan(made, 7), Words("en")).drawing[:4]
    '<svg'
    """
    named = wards or {}
    left = left_of([*(room.id for room in problem.rooms), *named.values()], BOLD)
    axis = DayAxis(problem.days, words, first, left)
    weeks = Weeks.of(problem, plan)
    board = _Board(weeks, axis, genders or GENDERS, _lanes(weeks), named)
    title = board.finding()
    return Chart(
        "beds",
        title,
        None,
        say("Source: the plan; a person is one bar, a bed one lane."),
        drawing=board.svg(words(title)),
    )


@dataclass(frozen=True, slots=True)
class _Board:
    weeks: Weeks
    axis: DayAxis
    genders: Mapping[Gender, Message]
    lanes: Mapping[Stay, int]
    wards: Mapping[str, str]

    def svg(self, title: str) -> str:
        rooms = self.weeks.problem.rooms
        bottom = HEAD + sum(self._height(room) for room in rooms)
        marks = list(self._marks())
        width = self.axis.width
        drawing = Drawing("beds", width, bottom + legend_height(marks, width))
        y = HEAD + APART / 2
        for room in rooms:
            self._room(drawing, room, y)
            y += self._height(room)
        self.axis.draw(drawing, bottom)
        y = HEAD + APART / 2
        for room in rooms:
            told: dict[int, float] = {}
            # From the last to the first, so that each knows where the next in its lane begins.
            for stay in reversed(self._stays(room)):
                lane = self.lanes[stay]
                self._bar(drawing, stay, y + LANE * lane)
                self._label(drawing, stay, y + LANE * lane, told.get(lane, self.axis.end))
                told[lane] = self.axis.x(stay.first)
            y += self._height(room)
            drawing.line(0, y - APART / 2, width, y - APART / 2, "grid")
        draw_legend(drawing, marks, bottom, width)
        return drawing.svg(title)

    def finding(self) -> Message:
        problem, people = self.weeks.problem, self.weeks.people
        beds = sum(room.beds for room in problem.rooms)
        taken = Counter[int]()
        for (_, day), stays in people.items():
            taken[day] += len(stays)
        days = range(problem.days)
        fullest = max(days, key=lambda day: (taken[day], -day))
        wrong = sum(bool(self._faults(stay)) for stay in self.weeks.stays)
        used = taken.total() / (beds * problem.days) if beds else 0.0
        values: dict[str, Value] = {
            "used": used,
            "day": self.axis.name(fullest),
            "taken": taken[fullest],
            "beds": beds,
        }
        if wrong:
            return say(
                "Bed board: {used:.0%} of the bed-days are used, most on {day} ({taken:,} of "
                "{beds:,} beds); people for whom a rule is broken: {wrong:,}",
                wrong=wrong,
                **values,
            )
        return say(
            "Bed board: {used:.0%} of the bed-days are used, most on {day} ({taken:,} of "
            "{beds:,} beds)",
            **values,
        )

    def _stays(self, room: Room) -> list[Stay]:
        return [stay for stay in self.lanes if stay.room == room.id]

    def _height(self, room: Room) -> float:
        last = max((self.lanes[stay] for stay in self._stays(room)), default=0)
        return LANE * max(room.beds, 1 + last) + APART

    def _room(self, drawing: Drawing, room: Room, y: float) -> None:
        axis, words = self.axis, self.axis.words
        days = self.weeks.problem.days
        taken = sum(len(self.weeks.people.get((room.id, day), ())) for day in range(days))
        ward = self.wards.get(room.id, "")
        hover = words.say("beds in {room}: {beds:,}", room=room.id, beds=room.beds)
        if ward:
            hover = words.say(
                "beds in {room}, ward {ward}: {beds:,}", room=room.id, ward=ward, beds=room.beds
            )
        for bed in range(room.beds):
            top = y + LANE * bed
            width = axis.end - axis.left
            drawing.box(axis.left, top, width, BAR, "free", hover=hover)
        drawing.text(axis.left - 6, y + 11, room.id, "end bold", room=axis.left - 12)
        if ward and self._height(room) > 2 * LANE:
            drawing.text(axis.left - 6, y + 11 + LANE, ward, "end soft", room=axis.left - 12)
        if room.beds:
            share = taken / (room.beds * days)
            drawing.text(axis.width - 4, y + 11, f"{share:.0%}", "end soft")

    def _bar(self, drawing: Drawing, stay: Stay, y: float) -> None:
        axis, gender = self.axis, stay.person.gender
        x, width = axis.x(stay.first) + 1, len(stay.days) * axis.column - 2
        look = LOOKS[gender]
        faults = self._faults(stay)
        hover = str(axis.words.value((*self._told(stay), *faults)))
        depth, corner = self._depth(stay.person.age), CORNERS[gender]
        drawing.box(x, y, width, BAR, "sheet", corner=corner)
        drawing.box(x, y, width, BAR, look, depth=depth, corner=corner, hover=hover)
        if stay.admission is None:
            drawing.hatch(x, y, width, BAR, f"hatch {look}")
        else:
            drawing.box(x, y, 4, BAR, look, depth=1)
        if faults:
            drawing.box(x, y, width, BAR, "wrong", corner=corner)

    def _label(self, drawing: Drawing, stay: Stay, y: float, until: float) -> None:
        at = self.axis.x(stay.first) + 9
        patient = self.weeks.problem.patient.get(stay.person.id)
        if stay.admission is not None and patient is not None and patient.mandatory:
            drawing.shape(_triangle(at, y + 4), "sign")
            at += 9
        said, waited = stay.person.id, _waited(stay, patient)
        for each in (f"{said} +{waited}", said) if waited else (said,):
            if text_width(each) <= until - at - 4:
                drawing.text(at, y + 11, each)
                return

    def _depth(self, age: int) -> float:
        return YOUNG + (OLD - YOUNG) * age / max(1, len(self.weeks.problem.ages) - 1)

    def _told(self, stay: Stay) -> Iterator[Message | str]:
        problem, name = self.weeks.problem, self.axis.name
        person, admission = stay.person, stay.admission
        yield person.id
        yield self.genders[person.gender]
        yield word(problem.ages[person.age])
        yield say("{first} to {last}", first=name(stay.first), last=name(stay.until - 1))
        if stay.first + person.stay > problem.days:
            yield say("stays beyond the horizon")
        if admission is None:
            yield say("in house when the plan begins")
            return
        patient = problem.patient[person.id]
        yield say(
            "surgery in {theatre} by {surgeon}, {minutes} min",
            theatre=admission.theatre,
            surgeon=patient.surgeon,
            minutes=patient.minutes,
        )
        if patient.due is not None:
            yield say("must be admitted by {day}", day=name(patient.due))
        if _waited(stay, patient):
            yield say("days from release to admission: {days}", days=_waited(stay, patient))

    def _faults(self, stay: Stay) -> list[Message]:
        problem, people = self.weeks.problem, self.weeks.people
        found: list[Message] = []
        patient = problem.patient.get(stay.person.id) if stay.admission else None
        if any(len({each.person.gender for each in people[stay.room, d]}) > 1 for d in stay.days):
            found.append(say("shares the room with the other gender"))
        if patient is not None and stay.room in patient.barred:
            found.append(say("the room is not fit"))
        if patient is not None and stay.first < patient.release:
            found.append(say("admitted before release"))
        if patient is not None and stay.first > problem.last_day(patient):
            found.append(say("admitted after the last day"))
        beds = next(room.beds for room in problem.rooms if room.id == stay.room)
        if self.lanes[stay] >= beds:
            found.append(say("without a bed"))
        return found

    def _marks(self) -> Iterator[Mark]:
        words = self.axis.words
        for gender in Gender:
            yield (
                self._ramp(gender),
                words(
                    say(
                        "{gender}: {ages}",
                        gender=self.genders[gender],
                        ages=tuple(word(age) for age in self.weeks.problem.ages),
                    )
                ),
            )
        yield _hatched, words.say("in house when the plan begins")
        yield _edge, words.say("admission and surgery")
        yield _sign, words.say("must be admitted")
        yield _days, words.say("days from release to admission")
        yield _outline, words.say("breaks a rule (hover tells which)")

    def _ramp(self, gender: Gender) -> Draw:
        ages = len(self.weeks.problem.ages)

        def draw(drawing: Drawing, x: float, y: float) -> None:
            for age in range(ages):
                each = SWATCH / ages
                drawing.box(x + each * age, y, each, SIZE, LOOKS[gender], depth=self._depth(age))

        return draw


def _lanes(weeks: Weeks) -> dict[Stay, int]:
    """Lay each stay into the first lane of its room that is free, in the order of their days."""
    free: dict[str, list[int]] = defaultdict(list)
    lanes: dict[Stay, int] = {}
    for stay in sorted(weeks.stays, key=lambda each: (each.first, each.admission is not None)):
        until = free[stay.room]
        lane = next((at for at, day in enumerate(until) if day <= stay.first), len(until))
        until[lane : lane + 1] = [stay.until]
        lanes[stay] = lane
    return lanes


def _waited(stay: Stay, patient: Patient | None) -> int:
    return max(0, stay.first - patient.release) if stay.admission and patient else 0


def _triangle(x: float, y: float) -> str:
    return f"{x:.1f},{y:.1f} {x + 7:.1f},{y:.1f} {x + 3.5:.1f},{y + 6:.1f}"


def _hatched(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x, y, SWATCH, SIZE, "one", depth=YOUNG)
    drawing.hatch(x, y, SWATCH, SIZE, "hatch one")


def _edge(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x, y, SWATCH, SIZE, "one", depth=YOUNG)
    drawing.box(x, y, 4, SIZE, "one", depth=1)


def _sign(drawing: Drawing, x: float, y: float) -> None:
    drawing.shape(_triangle(x + 6, y + 3), "sign")


def _days(drawing: Drawing, x: float, y: float) -> None:
    drawing.text(x + 4, y + 10, "+2")


def _outline(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x, y, SWATCH, SIZE, "wrong")
