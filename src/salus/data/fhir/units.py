"""Observations in the usual unit of their code, row by row, as fast as a look into a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from salus.core.errors import InputError
from salus.data.fhir.reason import FaultyError, Reason
from salus.data.fhir.systems import LOINC
from salus.data.terminology.ucum import is_ucum
from salus.data.terminology.units import Conversion, conversion, shown_unit, usual_unit
from salus.domain.records.clinical import OBSERVATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.kinds.kind import Row

    Way: TypeAlias = "tuple[Conversion | None, str | None]"

NAMES = [field.name for field in OBSERVATION.fields]
CODE, SYSTEM, VALUE, UNIT = (NAMES.index(name) for name in ("code", "system", "value", "unit"))
ELEMENT = "valueQuantity.code"


@dataclass(frozen=True, slots=True)
class Converted:
    """Values of one code that were converted.

    Parameters
    ----------
    code, unit, to : str
        LOINC code, unit as it was sent but for annotations, and our usual one.
    count : int
        How many.
    """

    code: str
    unit: str
    to: str
    count: int


class UsualUnits:
    """Brings observations into our usual units, and counts what it converted."""

    def __init__(self) -> None:
        self._ways: dict[tuple[str, str | None, str | None], Way | Reason] = {}
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def rows(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows with each number in the usual unit of its code.

        Parameters
        ----------
        rows : sequence of tuple
            Of the table of observations.

        Returns
        -------
        sequence of tuple

        Raises
        ------
        FaultyError
            If a unit is missing where the code has a usual one, is not known, or measures something
            else.
        """
        return [row if row[VALUE] is None else self._row(row) for row in rows]

    def converted(self) -> tuple[Converted, ...]:
        """List what was converted, the most frequent first."""
        counts = Counter[tuple[str, str, str]]()
        for (code, unit, to), count in self._counts.items():
            counts[code, shown_unit(unit), to] += count
        found = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return tuple(Converted(*key, count) for key, count in found)

    def _row(self, row: Row) -> Row:
        key = (row[CODE], row[SYSTEM], row[UNIT])
        way = self._ways.get(key)
        if way is None:
            way = self._ways[key] = _way(*key)
        if isinstance(way, Reason):
            raise FaultyError(way, ELEMENT)
        line, unit = way
        if line is None:
            return row
        self._counts[row[CODE], row[UNIT], str(unit)] += 1
        value = row[VALUE] * line.scale + line.offset
        return (*row[:VALUE], value, *row[VALUE + 1 : UNIT], unit, *row[UNIT + 1 :])


def _way(code: str, system: str | None, unit: str | None) -> Way | Reason:
    usual = usual_unit(code) if system in {LOINC, None} else None
    if unit is None:
        return (None, None) if usual is None else Reason.UNIT_MISSING
    if unit == usual:
        return None, unit
    if not is_ucum(unit):
        return Reason.UNIT_UNKNOWN
    if usual is None:
        return None, unit
    try:
        return conversion(unit, usual, code), usual
    except InputError:
        return Reason.UNIT_INCOMPATIBLE
