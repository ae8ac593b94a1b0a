"""Read the nurses of an instance and their rosters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.competition.names import path_of
from salus.allocate.hospital.site import Nurse
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.hospital.competition.cells import Cells, Row
    from salus.allocate.hospital.fit.breach import Spot


class Rosters:
    """Reads nurses, and remembers where each shift of theirs stands.

    Parameters
    ----------
    cells : Cells
        Gathers what is wrong.
    shifts : tuple of str
        Names of the shifts.
    """

    def __init__(self, cells: Cells, shifts: tuple[str, ...]) -> None:
        self._cells, self._shifts = cells, shifts
        self._spots: dict[tuple[int, int], str] = {}

    def nurses(self, document: Row) -> tuple[Nurse, ...]:
        """Read all nurses."""
        cells = self._cells
        return tuple(
            Nurse(
                cells.text(row, "id", at),
                cells.whole(row, "skill_level", at),
                self._loads(index, row, at),
            )
            for index, (at, row) in enumerate(cells.rows(document, "nurses"))
        )

    def path_of(self, spot: Spot) -> str:
        """Write a spot as a path: of a shift on duty, where it stands in the roster."""
        if spot.part == "nurses" and spot.index is not None and spot.item is not None:
            return f"{self._spots[spot.index, spot.item]}.{spot.inner or 'max_load'}"
        return path_of(spot)

    def _loads(self, index: int, row: Row, at: str) -> dict[int, int]:
        cells, loads = self._cells, dict[int, int]()
        for here, entry in cells.rows(row, "working_shifts", at):
            day = cells.whole(entry, "day", here)
            shift = shift_of(cells, entry, here, self._shifts)
            most = cells.whole(entry, "max_load", here)
            if shift is None or not cells.read(f"{here}day"):
                cells.mark_unread("nurses[*].working_shifts")
                continue
            when = day * len(self._shifts) + shift
            if when in loads:
                what, remedy = say("the nurse has this shift twice"), say("keep one of the two")
                cells.add(here.rstrip("."), what, remedy)
            loads[when] = most
            self._spots[index, when] = here.rstrip(".")
        return loads


def shift_of(cells: Cells, row: Row, at: str, shifts: tuple[str, ...]) -> int | None:
    """Read the name of a shift.

    Parameters
    ----------
    cells : Cells
        Gathers what is wrong.
    row : dict
        Where the name is.
    at : str
        What stands before it.
    shifts : tuple of str
        Names of the shifts.

    Returns
    -------
    int or None
        Its place in the day; ``None`` where there is no such shift.
    """
    name = cells.text(row, "shift", at)
    if name in shifts:
        return shifts.index(name)
    if shifts and cells.read(f"{at}shift") and cells.read("shift_types[*]"):
        what = say("there is no working shift of this name")
        cells.add(f"{at}shift", what, say("name one of {names}", names=shifts), name)
    return None
