"""The cells of a JSON document: each is what it should be, or a fault with its path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

import numpy as np

from salus.allocate.hospital.competition.document import shown
from salus.allocate.hospital.fit.breach import MOST
from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.core.names import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from salus.allocate.hospital.fit.breach import Breach, Spot
    from salus.core.canonical import Json
    from salus.core.errors import Shown
    from salus.core.messages import Message

    Row = dict[str, Json]

_STEP = re.compile(r"[.\[]")


class Cells:
    """Reads cells; where one is wrong, keeps the fault and gives something harmless instead.

    Parameters
    ----------
    source : str
        Name of the file.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.faults = Faults()
        self._unread: set[str] = set()

    def mark_unread(self, path: str) -> None:
        """Mark a path as not read, and with it the same field of every row."""
        self._unread |= {path, re.sub(r"\[\d+\]", "[*]", path, count=1)}

    def read(self, path: str) -> bool:
        """Whether the path and all above it were read."""
        steps = [match.start() for match in _STEP.finditer(path)]
        return self._unread.isdisjoint({path, *(path[:step] for step in steps)})

    def where(self, path: str) -> Where:
        """Name the place of a path."""
        return Where(self.source, column=path)

    def add(self, path: str, what: Message, remedy: Message, value: Shown = None) -> None:
        """Keep a fault of a path."""
        self.mark_unread(path)
        self.faults.add(what, self.where(path), remedy, value)

    def breaches(self, breaches: Iterable[Breach], path_of: Callable[[Spot], str]) -> None:
        """Keep the rules that do not hold, but for those that follow from what was not read.

        Parameters
        ----------
        breaches : iterable of Breach
            All of them.
        path_of : callable
            Writes a spot as a path.
        """
        said: set[tuple[str, Message]] = set()
        for each in breaches:
            path = path_of(each.spot)
            known = (path, each.what) in said
            if not known and all(map(self.read, (path, *map(path_of, each.reads)))):
                said.add((path, each.what))
                self.faults.extend([each.fault(self.where(path))])

    def require(self, row: Row, key: str, path: str) -> bool:
        """Whether a row has a cell; it is a fault where it has not, though the row was read."""
        if key not in row and self.read(path.rstrip(".")):
            self.add(f"{path}{key}", say("the field is missing"), say("add it"))
        return key in row

    def whole(  # bounds that are told have names
        self, row: Row, key: str, path: str, otherwise: int = 0, *, low: int = 0, high: int = MOST
    ) -> int:
        """Read a whole number.

        Parameters
        ----------
        row : dict
            Where the cell is.
        key, path : str
            Its name, and what stands before the name.
        otherwise : int
            Given where the cell is wrong.
        low, high : int
            What may be written, where the number is beyond all bounds.

        Returns
        -------
        int
        """
        if not self.require(row, key, path):
            return otherwise
        return self._whole(row[key], f"{path}{key}", otherwise, (low, high))

    def text(self, row: Row, key: str, path: str, *, tell: bool = True) -> str:
        """Read a name; where it is wrong, its path is given instead.

        Parameters
        ----------
        row : dict
            Where the cell is.
        key, path : str
            Its name, and what stands before the name.
        tell : bool
            Whether the fault may show the value.

        Returns
        -------
        str
        """
        at = f"{path}{key}"
        if not self.require(row, key, path):
            return at
        return self._text(row[key], at, tell=tell)

    def flag(self, row: Row, key: str, path: str) -> bool:
        """Read what is true or false."""
        if not self.require(row, key, path):
            return False
        value = row[key]
        if not isinstance(value, bool):
            what, remedy = say("this is neither true nor false"), say("write true or false")
            self.add(f"{path}{key}", what, remedy, shown(value))
        return value is True

    def row(self, row: Row, key: str) -> Row:
        """Read an object; one that is none is given as empty, its fields unread."""
        return self._row(row[key], key) if self.require(row, key, "") else {}

    def rows(self, row: Row, key: str, path: str = "") -> list[tuple[str, Row]]:
        """Read a list of objects, and what stands before the fields of each.

        Parameters
        ----------
        row : dict
            Where the list is.
        key, path : str
            Its name, and what stands before the name.

        Returns
        -------
        list of tuple
            One that is no object is given as empty, its fields unread.
        """
        found = []
        for index, each in enumerate(self.cells(row, key, path)):
            at = f"{path}{key}[{index}]"
            found.append((f"{at}.", self._row(each, at)))
        return found

    def cells(self, row: Row, key: str, path: str = "") -> list[Json]:
        """Read a list of anything."""
        if not self.require(row, key, path):
            return []
        value = row[key]
        if not isinstance(value, list):
            what, remedy = say("this is no list"), say("write it in square brackets")
            self.add(f"{path}{key}", what, remedy, shown(value))
            return []
        return value

    def texts(self, row: Row, key: str, path: str = "") -> tuple[str, ...]:
        """Read a list of names."""
        return tuple(
            self._text(each, f"{path}{key}[{index}]", tell=True)
            for index, each in enumerate(self.cells(row, key, path))
        )

    def vector(self, row: Row, key: str, path: str) -> NDArray[np.int64]:
        """Read a list of whole numbers; one that is none is given as 0."""
        cells = self.cells(row, key, path)
        if not all(map(_fits, cells)):
            at = f"{path}{key}"
            cells = [self._whole(each, f"{at}[{i}]", 0) for i, each in enumerate(cells)]
        return np.array(cells, dtype=np.int64)

    def _row(self, value: Json, path: str) -> Row:
        if isinstance(value, dict):
            return value
        what, remedy = say("this is no JSON object"), say("write it in braces")
        self.add(path, what, remedy, shown(value))
        return {}

    def _whole(
        self, value: Json, path: str, otherwise: int, bounds: tuple[int, int] = (0, MOST)
    ) -> int:
        if _fits(value):
            return value
        if type(value) is int:
            remedy = say("write a whole number from {low} to {high}", low=bounds[0], high=bounds[1])
            self.add(path, say("out of range"), remedy, shown(value))
        else:
            what, remedy = say("this is no whole number"), say("write digits alone, unquoted")
            self.add(path, what, remedy, shown(value))
        return otherwise

    def _text(self, value: Json, path: str, *, tell: bool) -> str:
        if isinstance(value, str) and not CONTROLS.search(value):
            return value
        what, remedy = say("this is no text"), say("write it in quotes")
        if isinstance(value, str):
            what = say("the text holds a control character")
            remedy = say("leave it out, wherever this text stands")
        self.add(path, what, remedy, shown(value) if tell else None)
        return path


def _fits(value: Json) -> TypeGuard[int]:
    return type(value) is int and abs(value) <= MOST
