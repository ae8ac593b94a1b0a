"""The rules of nurses as rows of a programme over the shifts that are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.nurse_rules import DAYS
from salus.allocate.lp.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.hospital.hospital import Hospital

SLACK = 1e-9
"""Less than one nurse can change of any share."""


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """The shifts that nurses offer, one after the other.

    Parameters
    ----------
    nurse, shift, load : ndarray of int, shape (n_offers,)
        Place of the nurse, shift of the horizon, and the most work that is no overload.
    skill : ndarray of int, shape (n_offers,)
        Level of the nurse.
    team : ndarray of str, shape (n_offers,)
        Ward of the nurse; empty for none.
    """

    nurse: NDArray[np.int64]
    shift: NDArray[np.int64]
    load: NDArray[np.int64]
    skill: NDArray[np.int64]
    team: NDArray[np.str_]

    @classmethod
    def of(cls, hospital: Hospital) -> Offers:
        """List the shifts of all nurses, in the order of nurses and shifts."""
        rows = [
            (which, shift, nurse.loads[shift], nurse.skill)
            for which, nurse in enumerate(hospital.problem.nurses)
            for shift in sorted(nurse.loads)
        ]
        numbers = np.array(rows, dtype=np.int64).reshape(-1, 4)
        teams = [hospital.teams.get(each.id, "") for each in hospital.problem.nurses]
        nurse, shift, load, skill = numbers.T
        return cls(nurse, shift, load, skill, np.array(teams, dtype=np.str_)[nurse])


def limited(hospital: Hospital, offers: Offers, short: float | None = None) -> Draft:
    """Write the rules of a hospital over its offers.

    Parameters
    ----------
    hospital : Hospital
        With rules.
    offers : Offers
        Its columns, in their order: 1 where the shift is kept.
    short : float, optional
        What each nurse costs who is missing for a share of skill, in a term ``short``; else none
        may be.

    Returns
    -------
    Draft
        With the block of columns ``kept``.
    """
    draft = Draft()
    kept = draft.columns("kept", offers.shift.shape, upper=1, integral=True)
    for name, upper, members, weights in _most(hospital, offers):
        draft.put(draft.rows(name, (1,), upper=upper), kept[members], weights)
    for name, members, above in _shares(hospital, offers):
        row = draft.rows(name, (1,), lower=-SLACK)
        draft.put(row, kept[members], above)
        if short is not None:
            missing = draft.columns(f"short {name}", (1,))
            draft.put(row, missing, 1.0)
            draft.charge("short", missing, short)
    return draft


def _most(
    hospital: Hospital, offers: Offers
) -> Iterator[tuple[str, float, NDArray[np.int64], NDArray[np.int64]]]:
    """Yield the name of each rule, the most it allows, its offers and what each counts."""
    rules, calendar = hospital.rules, hospital.calendar
    minutes = np.array(calendar.lengths)[offers.shift % calendar.shifts]
    for which in range(len(hospital.problem.nurses)):
        mine = np.flatnonzero(offers.nurse == which)
        if rules.rest is not None:
            for first, second in _close(hospital, offers, mine, rules.rest):
                pair = np.array([first, second])
                yield f"rest {first} {second}", 1.0, pair, np.ones_like(pair)
        if rules.week is not None:
            day = offers.shift[mine] // calendar.shifts
            for first in range(max(1, hospital.problem.days - DAYS + 1)):
                inside = mine[(day >= first) & (day < first + DAYS)]
                if inside.size:
                    yield f"week {which} {first}", rules.week, inside, minutes[inside]
        if rules.whole is not None and mine.size:
            yield f"whole {which}", rules.whole, mine, minutes[mine]


def _close(
    hospital: Hospital, offers: Offers, mine: NDArray[np.int64], rest: int
) -> Iterator[tuple[int, int]]:
    calendar = hospital.calendar
    spans = sorted(
        (calendar.start(s), calendar.end(s), i)
        for i, s in zip(mine.tolist(), offers.shift[mine].tolist(), strict=True)
    )
    for place, (_, end, first) in enumerate(spans):
        for start, _, second in spans[place + 1 :]:
            if start < end + rest:
                yield first, second


def _shares(
    hospital: Hospital, offers: Offers
) -> Iterator[tuple[str, NDArray[np.int64], NDArray[np.float64]]]:
    for level, share in enumerate(hospital.rules.shares):
        for team in np.unique(offers.team).tolist() if share else ():
            for shift in range(hospital.problem.horizon):
                members = np.flatnonzero((offers.team == team) & (offers.shift == shift))
                if members.size:
                    above = np.where(offers.skill[members] >= level, 1 - share, -share)
                    yield f"share {level} {team} {shift}", members, above
