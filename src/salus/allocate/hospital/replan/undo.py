"""Changes from which nothing is gained are taken back.

A search by chance ends with some of them: patients who have exchanged their places for nothing.
Each one is undone by itself, with another one, and with all who stand in each other's old places.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.search.anneal import rebuild
from salus.allocate.hospital.search.state import (
    BEDS,
    COST,
    DAY,
    MINUTES,
    OUT,
    ROOM,
    Kept,
    empty_state,
)
from salus.allocate.hospital.search.tables import tables
from salus.allocate.hospital.solver.decisions import decisions, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salus.allocate.hospital.keep import Keep
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem

MOST = 3_000
"""Groups that are tried in all: a second or two in a small hospital, more in the largest."""


def undone(problem: HospitalProblem, keep: Keep, plan: HospitalPlan) -> HospitalPlan:
    """Take back what a new plan gains nothing from.

    Parameters
    ----------
    problem : HospitalProblem
        After the events.
    keep : Keep
        The old plan, and what a change of it weighs.
    plan : HospitalPlan
        The new one.

    Returns
    -------
    HospitalPlan
        Breaks no more and costs no more, with what its changes weigh; no change, pair of changes or
        group of those in each other's places can be undone of which the same is true, as far as
        ``MOST`` groups reach.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.keep import Keep
    >>> from salus.allocate.hospital.solve import solve
    >>> from salus.allocate.hospital.stop import Stop
    >>> hospital = random_hospital(5)
    >>> plan = solve(hospital, Stop(iterations=50_000))
    >>> undone(hospital, Keep(plan, 0), plan) == plan
    True
    """
    hands = _Hands(problem, keep, plan)
    while hands.undo(hands.groups()) or hands.undo(hands.pairs()):
        pass
    return plan_of(problem, hands.now)


class _Hands:
    """A plan, and what it would cost with some of its changes undone."""

    def __init__(self, problem: HospitalProblem, keep: Keep, plan: HospitalPlan) -> None:
        self._given = tables(problem, keep)
        self._old = decisions(problem, self._given, keep.plan)
        self.now = decisions(problem, self._given, plan)
        self._stay = [each.stay for each in problem.patients]
        self._each_day, self._left = len(problem.shifts), MOST
        loads = [each.loads for each in problem.nurses]
        known = self._given.known
        self._told = np.zeros(known.shape, dtype=np.bool_)
        for room, shift in np.argwhere(known >= 0).tolist():
            self._told[room, shift] = shift in loads[known[room, shift]]
        self._told[:, : keep.since * self._each_day] = False
        used = np.zeros(known.shape, dtype=np.bool_)
        rooms = {each.id: at for at, each in enumerate(problem.rooms)}
        for duty in plan.duties:
            used[[rooms[each] for each in duty.rooms], duty.shift] = True
        self.now.nurse[self._told & ~used] = known[self._told & ~used]
        self._price = self._priced(self.now)

    def undo(self, groups: Iterable[tuple[list[int], list[tuple[int, int]]]]) -> bool:
        """Undo each group that may be undone, one after the other; tell whether any was."""
        found = False
        for people, spots in groups:
            trial = Kept(self.now.place.copy(), self.now.nurse.copy(), self.now.total)
            trial.place[people] = self._old.place[people]
            for room, shift in spots:
                trial.nurse[room, shift] = self._given.known[room, shift]
            if self._as_now(trial):  # another group has undone it already
                continue
            self._left -= 1
            if self._left < 0:
                return False
            price = self._priced(trial)
            if price <= self._price:
                self.now, self._price, found = trial, price, True
        return found

    def _as_now(self, trial: Kept) -> bool:
        same = np.array_equal(trial.place, self.now.place)
        return same and np.array_equal(trial.nurse, self.now.nurse)

    def _priced(self, plan: Kept) -> tuple[int, int]:
        state = empty_state(self._given, 0)
        rebuild(self._given, state, plan)
        return int(state.total[BEDS] + state.total[MINUTES]), int(state.total[COST])

    def groups(self) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
        """List single changes, chains, the changes of one room or shift, and all together."""
        moved, handed = self._moved(), self._handed()
        for spot in handed:
            yield [], [spot]
        chains = [self._chain(each, moved) for each in moved]
        for people in (*([each] for each in moved), *chains):
            yield people, []
            yield people, self._beside(people, handed)
        for axis in (0, 1):
            for at in sorted({spot[axis] for spot in handed}):
                yield [], [spot for spot in handed if spot[axis] == at]
        yield [], handed
        yield moved, handed

    def pairs(self) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
        """List two patients each, and two changes in one room or shift."""
        for first, second in combinations(self._handed(), 2):
            if first[1] == second[1] or first[0] == second[0]:
                yield [], [first, second]
        for one, two in combinations(self._moved(), 2):
            yield [one, two], []

    def _moved(self) -> list[int]:
        old, now = self._old.place, self.now.place
        differ = (old[:, DAY] != OUT) & (old != now).any(axis=1)
        return [int(each) for each in np.flatnonzero(differ)]

    def _handed(self) -> list[tuple[int, int]]:
        spots = np.argwhere(self._told & (self.now.nurse != self._given.known)).tolist()
        return [(room, shift) for room, shift in spots]

    def _chain(self, begin: int, moved: list[int]) -> list[int]:
        """Follow who stands in the old places of whom."""
        found = [begin]
        for each in found:
            found += [
                other for other in moved if other not in found and self._in_the_way(other, each)
            ]
        return sorted(found)

    def _in_the_way(self, other: int, each: int) -> bool:
        old, now = self._old.place[each], self.now.place[other]
        if now[DAY] == OUT:
            return False
        if now[DAY] == old[DAY]:
            return True
        overlap = old[DAY] < now[DAY] + self._stay[other] and now[DAY] < old[DAY] + self._stay[each]
        return bool(now[ROOM] == old[ROOM] and overlap)

    def _beside(self, people: list[int], handed: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """List the rooms with another nurse in which somebody of a group lies, then or now."""
        lie = {
            (int(row[ROOM]), shift)
            for each in people
            for row in (self._old.place[each], self.now.place[each])
            if row[DAY] != OUT
            for shift in range(
                int(row[DAY]) * self._each_day, (int(row[DAY]) + self._stay[each]) * self._each_day
            )
        }
        return [spot for spot in handed if spot in lie]
