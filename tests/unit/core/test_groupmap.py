"""One function on every group: here or in a pool, whatever the frame, the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.groupmap import InProcess, ProcessPool, groupmap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WARDS = pa.table({"ward": ["B", "A", "B", None, "A", None], "beds": [1, 2, 3, 4, 5, 6]})
TOTALS = [{"ward": "B", "beds": 4}, {"ward": "A", "beds": 7}, {"ward": None, "beds": 10}]


def total(group: pa.Table) -> pa.Table:
    """Add up the beds of a ward; importable by name, as a pool needs."""
    return pa.table(
        {"ward": group["ward"].slice(0, 1), "beds": pa.array([pc.sum(group["beds"]).as_py()])}
    )


def unchanged(group: pa.Table) -> pa.Table:
    """Return the rows of a group as they came."""
    return group


def refuse(group: pa.Table) -> pa.Table:
    """Fail as a function with a defect does."""
    message = f"{group.num_rows} rows"
    raise LookupError(message)


@pytest.mark.parametrize("runner", [InProcess(), ProcessPool(2)])
def test_groups_come_in_the_order_of_their_first_row(runner: InProcess | ProcessPool) -> None:
    """Here and in a pool the answer is the same, and null is a group of its own."""
    assert groupmap(WARDS, ["ward"], total, runner).to_pylist() == TOTALS


@pytest.mark.parametrize(
    "frame",
    [
        lambda: pl.from_arrow(WARDS),
        lambda: pd.DataFrame({"ward": ["B", "A", "B"], "beds": [1, 2, 3]}),
        lambda: duckdb.sql("select * from (values ('B', 1), ('A', 2), ('B', 3)) t(ward, beds)"),
        lambda: WARDS,
    ],
    ids=["polars", "pandas", "duckdb", "pyarrow"],
)
def test_a_frame_of_any_library_is_taken(frame: Callable[[], object]) -> None:
    """Nobody has to convert a data frame first."""
    answer = groupmap(frame(), ["ward"], total)  # type: ignore[arg-type]  # duckdb ships no types
    assert answer["beds"].to_pylist()[:2] in ([4, 7], [4, 2])


rows = st.lists(
    st.tuples(st.sampled_from(["A", "B", None]), st.integers(0, 2), st.integers()),
    min_size=1,
    max_size=30,
)


@given(rows)
def test_grouping_agrees_with_the_obvious_way(rows: Sequence[tuple[str | None, int, int]]) -> None:
    """Two keys group as a dictionary of lists does, each row once, in its order."""
    rows = [(a, b, c % 1000) for a, b, c in rows]
    table = pa.table(
        {key: list(column) for key, column in zip("abc", zip(*rows, strict=True), strict=True)}
    )
    groups: dict[tuple[str | None, int], list[tuple[str | None, int, int]]] = {}
    for row in rows:
        groups.setdefault(row[:2], []).append(row)
    expected = [row for group in groups.values() for row in group]
    answer = groupmap(table, ["a", "b"], unchanged).to_pylist()
    assert [tuple(row.values()) for row in answer] == expected


def test_an_empty_table_is_refused() -> None:
    """Without a row nobody knows what the answer would look like."""
    with pytest.raises(ValueError, match="at least one row"):
        groupmap(WARDS.slice(0, 0), ["ward"], total)


def test_an_unknown_column_is_named() -> None:
    """A key that is misspelt is not taken for an empty one."""
    with pytest.raises(KeyError, match="wrad"):
        groupmap(WARDS, ["wrad"], total)


@pytest.mark.parametrize("runner", [InProcess(), ProcessPool(2)])
def test_a_failing_function_fails_the_map(runner: InProcess | ProcessPool) -> None:
    """An error in a worker reaches the caller as it is."""
    with pytest.raises(LookupError, match="2 rows"):
        groupmap(WARDS, ["ward"], refuse, runner)


def test_a_pool_needs_a_worker() -> None:
    """A pool of nobody would never answer."""
    with pytest.raises(ValueError, match="workers must be at least 1"):
        ProcessPool(0)
