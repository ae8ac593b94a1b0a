"""Whether mandatory patients alone can be admitted, exactly: days, theatres, rooms and genders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.choices import site
from salus.allocate.hospital.bound.conflict import Scarce
from salus.allocate.hospital.people import Gender
from salus.allocate.lp.draft import Draft
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.solution import Status
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from salus.allocate.hospital.bound.choices import Choices, Site, Whole
    from salus.allocate.hospital.problem import HospitalProblem


WHOLE = 0.5
"""Above it, a variable that is 0 or 1 is 1."""


class Packing:
    """The programme of admitting mandatory patients, without any cost.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    must : Choices
        When mandatory patients could be admitted.
    scarce : Scarce
        What is counted; everything else is there for everybody.
    over : callable, optional
        Tells whether to stop before the time.
    """

    def __init__(
        self,
        problem: HospitalProblem,
        must: Choices,
        scarce: Scarce,
        over: Callable[[], bool] | None = None,
    ) -> None:
        self._draft, on = Draft(), site(problem)
        self._who = np.unique(must.patient)
        self._once = self._draft.rows("once", self._who.shape, lower=1.0, upper=1.0)
        admitted = self._draft.columns("admit", must.day.shape, upper=1.0, integral=True)
        self._admitted = admitted
        row = self._once[np.searchsorted(self._who, must.patient)]
        self._draft.put(row, admitted, 1.0)
        if scarce is not Scarce.ROOM:
            self._surgeons(must, on, admitted)
        if scarce in {Scarce.THEATRE, Scarce.BOTH}:
            self._theatres(must, on, admitted)
        if scarce in {Scarce.ROOM, Scarce.BOTH}:
            self._rooms(problem, must, on, admitted)
        self._engine = Engine(self._draft.program({}), over=over)

    def holds(self, patients: Iterable[int], seconds: float) -> bool | None:
        """Tell whether some of the patients can be admitted, nobody else being there.

        Parameters
        ----------
        patients : iterable of int
            Their places in the problem.
        seconds : float
            After which to stop.

        Returns
        -------
        bool or None
            ``None`` where it is not known in time.
        """
        asked = np.isin(self._who, list(patients)).astype(float)
        self._engine.change_row_sides(self._once, asked, np.ones_like(asked))
        found = self._engine.solve(Stop(seconds=seconds))
        if found.status is Status.INFEASIBLE:
            return False
        return True if found.x is not None else None

    def chosen(self, seconds: float) -> NDArray[np.bool_] | None:
        """Choose a day for each patient.

        Parameters
        ----------
        seconds : float
            After which to stop.

        Returns
        -------
        ndarray of bool, shape (n,), or None
            Which of the choices; ``None`` where none are found.
        """
        everybody = np.ones(self._who.shape)
        self._engine.change_row_sides(self._once, everybody, everybody)
        found = self._engine.solve(Stop(seconds=seconds))
        return None if found.x is None else found.x[self._admitted] > WHOLE

    def _surgeons(self, must: Choices, on: Site, admitted: Whole) -> None:
        rows = self._draft.rows("surgeon", on.surgeon_minutes.shape, upper=on.surgeon_minutes)
        self._draft.put(rows[must.surgeon, must.day], admitted, must.minutes)

    def _theatres(self, must: Choices, on: Site, admitted: Whole) -> None:
        there = on.theatre_minutes
        rows = self._draft.rows("theatre", there.shape, upper=there)
        theatre, choice = np.nonzero(there[:, must.day] >= must.minutes)
        self._split("theatre", admitted, choice)
        split = self._draft.column.blocks["theatre"].indices
        self._draft.put(rows[theatre, must.day[choice]], split, must.minutes[choice])

    def _rooms(self, problem: HospitalProblem, must: Choices, on: Site, admitted: Whole) -> None:
        people = [problem.patients[each] for each in must.patient]
        second = np.array([each.gender is Gender.B for each in people], np.int64)
        fits = np.array([[room.id not in each.barred for each in people] for room in problem.rooms])
        fits = fits.reshape(len(problem.rooms), must.day.size)
        opened = np.array([on.open_from[each] for each in Gender])[second].T
        room, choice = np.nonzero(fits & (opened <= must.day))
        self._split("room", admitted, choice)
        split = self._draft.column.blocks["room"].indices
        rows = self._beds(problem)
        days = must.days[choice]
        at = np.repeat(np.arange(choice.size), days)
        day = must.day[choice][at] + np.arange(at.size) - (np.cumsum(days) - days)[at]
        self._draft.put(rows[second[choice][at], room[at], day], split[at], 1.0)

    def _beds(self, problem: HospitalProblem) -> Whole:
        # A room is of the second gender on a day, or of the first; its beds are for that one.
        place = {each.id: at for at, each in enumerate(problem.rooms)}
        beds = np.repeat([[each.beds] for each in problem.rooms], problem.days, axis=1)
        lying = np.zeros((2, *beds.shape))
        for each in problem.occupants:
            lying[int(each.gender is Gender.B), place[each.room], : each.stay] += 1
        second = self._draft.columns("second", beds.shape, upper=1.0, integral=True)
        upper = np.stack([beds, np.zeros_like(beds)]) - lying
        rows = self._draft.rows("beds", lying.shape, upper=upper)
        self._draft.put(rows[0], second, beds)
        self._draft.put(rows[1], second, -beds)
        return rows

    def _split(self, name: str, admitted: Whole, choice: Whole) -> None:
        # Who is admitted is so in one of several ways.
        ways = self._draft.columns(name, choice.shape, upper=1.0, integral=True)
        rows = self._draft.rows(f"{name} of a choice", admitted.shape, lower=0.0, upper=0.0)
        self._draft.put(rows[choice], ways, 1.0)
        self._draft.put(rows, admitted, -1.0)
