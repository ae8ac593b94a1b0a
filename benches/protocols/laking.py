"""How much slower an encrypted lake is than a plain one: ``… laking PEOPLE FOLDER``.

The records of a synthetic city are written and scanned in turns, encrypted and plain, and the ratio
is the median over the turns: what else the machine does meets both. The plain lake is Parquet with
the same compression and row groups, as safe on the disk, without digests and manifest.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import duckdb
import pyarrow.dataset as pads
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from salus.data.lake.lake import GROUP, Lake
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.spec import CitySpec
from salus.trust.vault.folder import KeyFolder

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

TABLES = ("patient", "encounter", "condition", "observation", "medication")
TURNS = 9
SQL = {
    "sql_all": "SELECT {every} FROM observation",
    "sql_some": (
        "SELECT c.code, avg(o.value), count(*) FROM observation o"
        " JOIN condition c USING (patient_id) WHERE o.unit = 'mmol/L' GROUP BY ALL"
    ),
}
"""All values of the largest table, and a question that needs some columns of two."""

Clock = tuple[float, float]


def compare(people: int, folder: Path) -> dict[str, float]:
    """Make a city, and return the ratios of encrypted to plain, in processor and in wall time."""
    city = read_city(make_city(CitySpec(people=people), folder / "city").path)
    tables = {name: city.table(name).to_table() for name in TABLES}
    vault = KeyFolder(folder / "keys").vault()
    ratios: dict[str, list[Clock]] = {}
    for turn in range(TURNS + 1):
        lake = Lake(pafs.LocalFileSystem(), str(folder / "lake"), vault)
        pairs = _pairs(lake, folder / "plain", tables)
        for name, (encrypted, plain) in pairs.items():
            # The first of two may find the file cache or the memory in another state.
            first, second = (encrypted, plain) if turn % 2 else (plain, encrypted)
            one, two = _timed(first), _timed(second)
            mine, other = (one, two) if turn % 2 else (two, one)
            if turn:  # the first turn warms both
                ratios.setdefault(name, []).append((mine[0] / other[0], mine[1] / other[1]))
        if turn < TURNS:
            shutil.rmtree(folder / "lake")
            shutil.rmtree(folder / "plain")
    found = {}
    for name, each in ratios.items():
        found[f"{name}_cpu"] = median(cpu for cpu, _ in each)
        found[f"{name}_wall"] = median(wall for _, wall in each)
    return {**found, "rows": float(sum(table.num_rows for table in tables.values()))}


def _pairs(
    lake: Lake, plain: Path, tables: dict[str, pa.Table]
) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    def load() -> None:
        for name, table in tables.items():
            lake.write(name, table, "all")

    def load_plain() -> None:
        for name, table in tables.items():
            (plain / name).mkdir(parents=True)
            path = plain / name / "all.parquet"
            pq.write_table(table, path, compression="zstd", row_group_size=GROUP)
            with path.open("rb") as stream:
                os.fsync(stream.fileno())

    def open_plain(name: str) -> pads.Dataset:
        return pads.dataset(plain / name, format="parquet")

    def scan(open_: Callable[[str], pads.Dataset]) -> Callable[[], object]:
        return lambda: [open_(name).to_table().num_rows for name in TABLES]

    def some(open_: Callable[[str], pads.Dataset]) -> Callable[[], object]:
        chosen = pads.field("unit") == "mmol/L"
        return lambda: open_("observation").to_table(columns=["code", "value"], filter=chosen)

    asked = {
        name: (_asking(sql, lake.dataset, tables), _asking(sql, open_plain, tables))
        for name, sql in SQL.items()
    }
    return {
        "load": (load, load_plain),
        "scan_all": (scan(lake.dataset), scan(open_plain)),
        "scan_some": (some(lake.dataset), some(open_plain)),
        **asked,
    }


def _asking(
    sql: str, open_: Callable[[str], pads.Dataset], tables: dict[str, pa.Table]
) -> Callable[[], object]:
    names = tables["observation"].column_names
    every = ", ".join(f"count({name}), max({name})" for name in names)

    def ask() -> object:
        connection = duckdb.connect(":memory:")
        try:
            for name in ("observation", "condition"):
                connection.register(name, open_(name))
            return connection.execute(sql.format(every=every)).fetchall()
        finally:
            connection.close()

    return ask


def _timed(work: Callable[[], object]) -> Clock:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


if __name__ == "__main__":
    sys.stdout.write(json.dumps(compare(int(sys.argv[1]), Path(sys.argv[2]))) + "\n")
