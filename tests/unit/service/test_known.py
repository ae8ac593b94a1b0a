"""What was not known yet is hidden: later rows, and ends that lie ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.errors import InputError
from salus.data.synthetic.operations import QUEUE, SURGERY_LIST
from salus.domain.records.catalogue import TABLES
from salus.service.known import ENDS, KNOWN_AT, end_of, known_until

if TYPE_CHECKING:
    from salus.domain.records.table import StandardTable

DAY = date(2026, 6, 10)
KINDS: dict[str, StandardTable] = {**TABLES, QUEUE.name: QUEUE, SURGERY_LIST.name: SURGERY_LIST}
FILL: dict[str, Any] = {"string": "x", "double": 1.0, "int64": 1, "bool": True}
WHEN = st.one_of(st.none(), st.integers(-40 * 24, 40 * 24))


def moment(hours: int | None, kind: pa.DataType) -> date | datetime | None:
    """Give so many hours from the end of the day, as the column wants it."""
    if hours is None:
        return None
    at = end_of(DAY) + timedelta(hours=hours)
    return at.date() if pa.types.is_date(kind) else at


def row(name: str, number: int, known: int | None, end: int | None) -> dict[str, Any]:
    """Fill one row that became known at one hour and ended at another, as the table has it."""
    made = {}
    for field in KINDS[name].fields:
        if field.name == KNOWN_AT.get(name):
            made[field.name] = moment(known, field.type)
        elif field.name == ENDS.get(name, ("",))[0]:
            made[field.name] = moment(end, field.type)
        else:
            made[field.name] = FILL.get(str(field.type))
    return made | {f"{name}_id": f"{name}{number}"} if f"{name}_id" in made else made


def lay(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Lay rows out as their table; what is required may be missing."""
    fields = [pa.field(each.name, each.type) for each in KINDS[name].fields]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def test_every_table_tells_when_its_rows_became_known() -> None:
    """Only the register has no such column; columns of ends and of beginnings exist."""
    assert set(KINDS) - set(KNOWN_AT) == {"patient"}
    for name, column in KNOWN_AT.items():
        assert column in KINDS[name].schema().names
    for name, columns in ENDS.items():
        assert set(columns) <= set(KINDS[name].schema().names)


def test_every_end_is_listed() -> None:
    """A column that tells of an end, in any table, is one that is hidden."""
    ends = ("ended_at", "abated_at", "death_date")
    found = {(name, c) for name in KINDS for c in KINDS[name].schema().names if c in ends}
    assert found == {(name, columns[0]) for name, columns in ENDS.items()}


@pytest.mark.parametrize("name", sorted(KNOWN_AT))
def test_the_last_moment_of_the_day_is_known(name: str) -> None:
    """What became known before midnight UTC stays, what did at midnight does not."""
    table = lay(name, [row(name, 0, -1, None), row(name, 1, 0, None), row(name, 2, None, None)])
    kept = known_until({name: table}, DAY)[name]
    assert kept.to_pylist() == [table.to_pylist()[0], table.to_pylist()[2]]


@pytest.mark.parametrize("name", sorted(ENDS))
def test_an_end_that_lies_ahead_is_hidden(name: str) -> None:
    """The end and what tells of it are emptied; an end of before stays."""
    table = lay(name, [row(name, 0, -48, -24), row(name, 1, -48, 24)])
    first, second = known_until({name: table}, DAY)[name].to_pylist()
    assert first == table.to_pylist()[0]
    hidden = dict.fromkeys(ENDS[name])
    assert second == table.to_pylist()[1] | hidden


def test_empty_tables_stay() -> None:
    """Nothing is known of nothing."""
    tables = {name: kind.schema().empty_table() for name, kind in KINDS.items()}
    assert known_until(tables, DAY) == tables


@given(
    name=st.sampled_from(sorted(KNOWN_AT)),
    hours=st.lists(st.tuples(WHEN, WHEN), max_size=8),
    later=st.lists(st.integers(0, 10_000), max_size=4),
)
def test_planted_later_rows_are_never_seen(
    name: str, hours: list[tuple[int | None, int | None]], later: list[int]
) -> None:
    """Rows of a later day, wherever they stand and whatever they say, leave the rest as it is."""
    rows = [row(name, number, *each) for number, each in enumerate(hours)]
    planted = list(rows)
    for number, after in enumerate(later):
        extra = row(name, 100 + number, after, after + 1)
        planted.insert(after % (len(planted) + 1), extra)
    seen, clean = (known_until({name: lay(name, each)}, DAY)[name] for each in (planted, rows))
    assert seen.to_pylist() == clean.to_pylist()


@given(hours=st.lists(st.tuples(st.integers(-900, -1), WHEN), max_size=8))
def test_what_is_hidden_does_not_depend_on_the_end_ahead(
    hours: list[tuple[int, int | None]],
) -> None:
    """An encounter that ends later looks as one that has not ended: when it ends cannot be told."""
    open_ = [(known, None if end is not None and end >= 0 else end) for known, end in hours]
    seen, still = (
        known_until(
            {
                "encounter": lay(
                    "encounter", [row("encounter", n, *each) for n, each in enumerate(h)]
                )
            },
            DAY,
        )["encounter"]
        for h in (hours, open_)
    )
    assert seen.to_pylist() == still.to_pylist()


def test_a_later_day_shows_more() -> None:
    """With the days rows only appear; none is ever lost."""
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    rows = [
        row("observation", n, None, None) | {"observed_at": at + timedelta(days=n)}
        for n in range(20)
    ]
    table = lay("observation", rows)
    counts = [
        known_until({"observation": table}, DAY + timedelta(days=n))["observation"].num_rows
        for n in range(-9, 12)
    ]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (1, 20)


def test_columns_without_dates_are_refused_together() -> None:
    """What does not tell when it became known, or ended, is named in every table."""
    condition = lay("condition", [row("condition", 0, -1, -1)])
    words = pa.chunked_array([["x"]])
    for name in ("recorded_at", "abated_at"):
        condition = condition.set_column(condition.schema.get_field_index(name), name, words)
    patient = lay("patient", []).set_column(0, "death_date", pa.nulls(0, pa.float64()))
    with pytest.raises(InputError) as caught:
        known_until({"condition": condition, "patient": patient.select([0])}, DAY)
    assert [(str(f.where.source), f.where.column) for f in caught.value.faults] == [
        ("condition", "recorded_at"),
        ("condition", "abated_at"),
        ("patient", "death_date"),
    ]
