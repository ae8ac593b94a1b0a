"""Gathers what is faulty, each with its place, its reason and its original."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from salus.data.fhir.files import Unread, items
from salus.data.fhir.json_text import written
from salus.data.fhir.reason import Reason
from salus.data.fhir.structure import faulty_elements
from salus.data.fhir.types import RESOURCE_TYPES
from salus.domain.records.quarantine import QUARANTINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.files import ExportFile

    Fault: TypeAlias = "tuple[str | None, Reason, str]"

MOST_SOUGHT = 100_000
"""Originals that are read again, where a fault shows only at the end; of more only the place."""
MOST_KEPT = 2**28
"""Signs of all originals together; of what comes after, the place and the reason are kept."""

MOST_ASKED = 200
"""Resources whose whole structure is looked at; it is slow, and a source errs alike each time."""

STRUCTURAL = {Reason.MISSING, Reason.WRONG_TYPE, Reason.WRONG_CODE, Reason.BAD_MOMENT}


class Quarantine:
    """Gathers what is faulty.

    Parameters
    ----------
    files : sequence of ExportFile
        The export, in order.
    """

    def __init__(self, files: Sequence[ExportFile]) -> None:
        self._files = files
        self._rows: list[tuple[object, ...]] = []
        self._late: list[tuple[int, int, str, Reason, str]] = []
        self._room, self._asked = MOST_KEPT, 0
        self.counts: Counter[tuple[str, Reason, str]] = Counter()

    def add(
        self, file: int, position: int, resource: object, reason: Reason, element: str = ""
    ) -> None:
        """Set something aside while it is at hand.

        Parameters
        ----------
        file, position : int
            Where it was read.
        resource : object
            What was parsed, or what could not be.
        reason : Reason
            Why.
        element : str
            FHIR path below the resource; empty for the whole.
        """
        fault = (type_of(resource), reason, element)
        self._row((file, position), fault, _original(resource), self._elements(resource, fault))

    def add_late(
        self, file: int, position: int, resource_type: str, reason: Reason, element: str
    ) -> None:
        """Set something aside that has been read long ago.

        Parameters
        ----------
        file, position : int
            Where it was read.
        resource_type : str
            Its type.
        reason : Reason
            Why.
        element : str
            FHIR path below the resource.
        """
        self._late.append((file, position, resource_type, reason, element))

    def table(self) -> pa.Table:
        """Return everything that was set aside, by place; originals are read again as needed."""
        originals = self._sought()
        for file, position, kind, reason, element in self._late:
            self._row((file, position), (kind, reason, element), originals.get((file, position)))
        self._late = []
        schema = QUARANTINE.schema()
        columns = zip(*self._rows, strict=True) if self._rows else [[] for _ in schema]
        arrays = [
            pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)
        ]
        return pa.Table.from_arrays(arrays, schema=schema).sort_by(
            [("file_number", "ascending"), ("position", "ascending")]
        )

    def _elements(self, resource: object, fault: Fault) -> str | None:
        kind, reason, _ = fault
        if type(resource) is not dict or reason not in STRUCTURAL or self._asked == MOST_ASKED:
            return None
        self._asked += 1
        return ", ".join(f"{kind}.{each}" for each in faulty_elements(resource)) or None

    def _row(
        self,
        place: tuple[int, int],
        fault: Fault,
        original: str | None,
        elements: str | None = None,
    ) -> None:
        self._room -= len(original or "")
        original = original if self._room >= 0 else None
        kind, reason, element = fault
        self.counts[kind or "", reason, element] += 1
        path = ".".join(filter(None, (kind, element))) or None
        name = self._files[place[0] - 1].name
        self._rows.append((place[0], name, place[1], kind, reason.value, path, elements, original))

    def _sought(self) -> dict[tuple[int, int], str | None]:
        wanted: dict[int, set[int]] = {}
        for file, position, *_ in self._late[:MOST_SOUGHT]:
            wanted.setdefault(file, set()).add(position)
        return {
            (file, position): _original(resource)
            for file, positions in wanted.items()
            for position, resource, _ in items(self._files[file - 1])
            if position in positions
        }


def type_of(resource: object) -> str | None:
    """Return the type of a resource, if it is one of FHIR R4.

    Examples
    --------
    >>> type_of({"resourceType": "Patient"}), type_of({"resourceType": "Jane Roe"}), type_of(7)
    ('Patient', None, None)
    """
    kind = resource.get("resourceType") if type(resource) is dict else None
    return kind if type(kind) is str and kind in RESOURCE_TYPES else None


def _original(resource: object) -> str | None:
    if isinstance(resource, Unread):
        return resource.original or None
    return written(resource)
