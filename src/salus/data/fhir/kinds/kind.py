"""What a kind of resource promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.domain.records.table import StandardTable

    Row: TypeAlias = "tuple[Any, ...]"


class Rows(Protocol):
    """Makes rows of a resource."""

    def __call__(self, resource: Object, keys: Keys, /) -> Sequence[Row]:
        """Return its rows: the columns of the table in order, without ``source``.

        Raises
        ------
        FaultyError
            If the resource must be set aside.
        OmittedError
            If a rule leaves it out.
        """


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of resource that becomes rows of one table.

    Parameters
    ----------
    types : tuple of str
        FHIR R4 resource types.
    table : StandardTable
        Where its rows go.
    rows : Rows
        Makes them.
    """

    types: tuple[str, ...]
    table: StandardTable
    rows: Rows
