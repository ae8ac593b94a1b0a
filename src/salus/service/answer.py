"""The canonical answer of a day: what the ledger keeps and a replay must rebuild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.canonical import canonical
from salus.service.figures import figures
from salus.service.tables.tables import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from salus.core.canonical import Json
    from salus.service.day import Day
    from salus.service.figure import Figure

FORMAT = "salus-day/1"


def answer(day: Day, found: Mapping[str, Figure], flat: Mapping[str, pa.Table]) -> dict[str, Json]:
    """Write a day down as one document, without timings, places on disk or language.

    Parameters
    ----------
    day : Day
        What was forecast and planned.
    found : mapping of str to Figure
        Its figures.
    flat : mapping of str to pyarrow.Table
        Its tables.

    Returns
    -------
    dict
        ``format``, ``region``, ``as_of``, ``synthetic``, ``days``, ``figures`` (by key: value,
        unit, label), ``assumptions`` and every table by name as a list of rows.
    """
    return {
        "format": FORMAT,
        "region": day.region.name,
        "as_of": day.as_of.isoformat(),
        "synthetic": day.synthetic,
        "days": [when.isoformat() for when in day.need.expected.days],
        "figures": {
            key: {"value": figure.value, "unit": str(figure.unit), "label": str(figure.label)}
            for key, figure in found.items()
        },
        "assumptions": [str(message) for message in day.assumptions],
        "tables": {name: table.to_pylist() for name, table in flat.items()},
    }


def answer_bytes(day: Day) -> bytes:
    """Write the answer in its one canonical form."""
    return canonical(answer(day, figures(day), tables(day)))
