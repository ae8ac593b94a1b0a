"""Frames of all libraries come in, and tables go out twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from salus.core.tables import Frame, arrow, write_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = {"place": ["Mercy, North", '"仁济"', None], "beds": [3, 4, 5]}


@pytest.mark.parametrize(
    "frame",
    [
        lambda: pd.DataFrame(ROWS),
        lambda: pl.DataFrame(ROWS),
        lambda: duckdb.from_arrow(pa.table(ROWS)),
        lambda: pa.table(ROWS).to_batches()[0],
        lambda: pa.table(ROWS).to_reader(),
    ],
    ids=["pandas", "polars", "duckdb", "batch", "reader"],
)
def test_a_frame_of_any_library_becomes_the_same_table(frame: Callable[[], object]) -> None:
    """What speaks the Arrow PyCapsule interface is taken as it is."""
    made = frame()
    assert isinstance(made, Frame) or hasattr(made, "__arrow_c_array__")
    assert arrow(made).to_pydict() == ROWS


def test_a_table_passes_through() -> None:
    """An Arrow table is not copied."""
    table = pa.table(ROWS)
    assert arrow(table) is table


@pytest.mark.parametrize("thing", [[1, 2], {"beds": [1]}, None])
def test_what_is_no_frame_is_refused(thing: object) -> None:
    """The error names the type that was given and what would do."""
    with pytest.raises(TypeError, match=f"__arrow_c_stream__.*{type(thing).__name__}"):
        arrow(thing)


def test_a_table_is_written_for_programs_and_for_people(tmp_path: Path) -> None:
    """Both files hold the same rows, commas and quotes included."""
    table = pa.table({**ROWS, "day": [date(2026, 6, day) for day in (1, 2, 3)]})
    parquet, csv = write_table(table, tmp_path, "flows")
    assert pq.read_table(parquet).equals(table)
    assert pacsv.read_csv(csv)["beds"].to_pylist() == ROWS["beds"]
    assert (parquet.name, csv.name) == ("flows.parquet", "flows.csv")
    assert '"Mercy, North"' in csv.read_text(encoding="utf-8")
