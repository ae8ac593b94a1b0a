"""The records of the people of a region, table by table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pyarrow as pa

    from salus.core.messages import Message
    from salus.data.region.region import Source


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """The records of the people of a region.

    Parameters
    ----------
    name : str
        Name of the folder they were read from.
    as_of : date
        The last day that is known in them.
    tables : mapping of str to pyarrow.Table
        Standard tables by name, each with its standard columns.
    queue : pyarrow.Table
        Who waits now, as :data:`salus.data.synthetic.operations.QUEUE` describes it.
    sources : tuple of Source
        The files, with what they held before anything later was hidden.
    notes : tuple of Message
        What a reader must know of them.
    made_up : bool
        Whether all of it was made, also where nobody is in the register.
    wards : mapping of str to pyarrow.Table
        How the hospitals run, as :data:`salus.data.synthetic.operations.OPERATIONS` describes it:
        wards, rooms, theatres, surgeons, nurses, roster and surgery list by name; empty where
        nothing is known of that.
    """

    name: str
    as_of: date
    tables: Mapping[str, pa.Table]
    queue: pa.Table
    sources: tuple[Source, ...] = ()
    notes: tuple[Message, ...] = ()
    made_up: bool = False
    wards: Mapping[str, pa.Table] = field(default_factory=dict)

    @property
    def synthetic(self) -> bool:
        """Tell whether everybody in them was made up; one real person makes them real."""
        marks = self.tables["patient"]["synthetic"]
        return self.made_up or 0 < len(marks) == pc.sum(marks).as_py()

    def having(self, **tables: pa.Table) -> Records:
        """Return the same records with other tables in place of some."""
        return replace(self, tables={**self.tables, **tables})
