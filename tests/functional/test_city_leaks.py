"""Nothing that the sidecar says, and nothing that came later, changes a decision."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from salus.data.synthetic.truth import FOLDER
from salus.service.known import KNOWN_AT
from tests.fakes.cities import changed_city
from tests.functional.running import Made, done, objects

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

EARLIER, LATER = "2026-06-10", datetime(2026, 6, 20, 12, tzinfo=UTC)


def hide(truth: Path) -> None:
    """Take the sidecar away."""
    shutil.rmtree(truth)


def twist(truth: Path) -> None:
    """Leave the sidecar its schema, and let every column tell of other rows."""
    for path in truth.glob("*.parquet"):
        table = pq.read_table(path)
        for place, name in enumerate(table.column_names):
            around = [(row + place) % table.num_rows for row in range(table.num_rows)]
            table = table.set_column(place, table.schema.field(name), table[name].take(around))
        pq.write_table(table, path)


@pytest.mark.parametrize("change", [hide, twist])
def test_the_truth_decides_nothing(
    village: Path, villagers: Made, tmp_path: Path, change: Any
) -> None:
    """Without the sidecar, or with nonsense in it, the inputs and the answer are the same."""
    folder = changed_city(village, tmp_path / village.name)
    change(folder / FOLDER)
    run = done(tmp_path / "run", "--region", folder)
    assert run.answer.read_bytes() == villagers.answer.read_bytes()
    assert {path.name for path in objects(run.home)} == {p.name for p in objects(villagers.home)}
    assert (run.document["right"] is None) == (change is hide)
    assert run.document["right"] != villagers.document["right"]


def doubled(name: str) -> Any:
    """Write rows of a table down again, later and with other values."""

    def plant(table: pa.Table) -> pa.Table:
        column = KNOWN_AT[name]
        day = table.schema.field(column).type
        rows = table.slice(0, 300).to_pylist()
        planted = [row | {column: LATER.date() if "date" in str(day) else LATER} for row in rows]
        for number, row in enumerate(planted):
            row |= {key: 1e9 for key in ("value", "occupied", "severity") if key in row}
            row |= {key: f"later-{number}" for key in (f"{name}_id",) if key in row}
        return type(table).from_batches(
            [*table.to_batches(), *type(table).from_pylist(planted, table.schema).to_batches()]
        )

    return plant


def known(run: Made) -> dict[str, Any]:
    """Take what a day says but its figures about the run, its sources and what it says of them."""
    document = run.document
    figures = {k: v for k, v in document["figures"].items() if not k.startswith("run.")}
    tables = {k: v for k, v in document["tables"].items() if k != "sources"}
    said = [each for each in document["assumptions"] if "changed since" not in each]
    return {"figures": figures, "tables": tables, "assumptions": said}


def test_what_came_later_decides_nothing(village: Path, tmp_path: Path) -> None:
    """Rows of a later day, planted into every table, change nothing of an earlier day."""
    folder = changed_city(
        village, tmp_path / village.name, **{name: doubled(name) for name in KNOWN_AT}
    )
    ask = ("--as-of", EARLIER)
    before = done(tmp_path / "before", "--region", village, *ask)
    after = done(tmp_path / "after", "--region", folder, *ask)
    assert known(after) == known(before)
    assert after.document["as_of"] == EARLIER
    assert date.fromisoformat(EARLIER) < LATER.date()
    table = pq.read_table(folder / "tables" / "observation.parquet")
    assert pc.max(table["value"]).as_py() == 1e9
