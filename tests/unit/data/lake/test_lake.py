"""The lake: each class of columns under its own key, each part known, on any file system."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as pads
import pyarrow.fs as pafs
import pyarrow.parquet as pq
import pytest

from salus.core.errors import (
    EnvironmentFaultError,
    ForbiddenError,
    InputError,
    MismatchError,
    SalusError,
)
from salus.data.lake.lake import Lake, joined
from salus.data.lake.open import open_lake
from salus.data.lake.query import query
from salus.domain.records.clinical import OBSERVATION
from salus.domain.sensitivity import Sensitivity
from salus.trust.vault.folder import KeyFolder
from salus.trust.vault.ring import new_ring, renewed
from salus.trust.vault.secret import Secret
from salus.trust.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MASTER = Secret(bytes(range(32)))
RING = new_ring(MASTER)
VAULT = Vault(RING, MASTER)
NAME = "patient_that_nobody_may_see"


def observations(count: int, first: int = 0) -> pa.Table:
    """Make rows whose unit tells them apart."""
    rows = range(first, first + count)
    return OBSERVATION.take(
        pa.table(
            {
                "observation_id": [f"o{row}" for row in rows],
                "patient_id": [NAME] * count,
                "code": ["2160-0"] * count,
                "observed_at": [datetime(2026, 6, 1, tzinfo=UTC)] * count,
                "value": [float(row) for row in rows],
                "unit": [f"unit {row} of a ward" for row in rows],
                "source": ["test"] * count,
            }
        )
    )


def disk(tmp_path: Path) -> tuple[pafs.FileSystem, str]:
    """Give a folder of this machine."""
    return pafs.LocalFileSystem(), str(tmp_path / "lake")


def below(tmp_path: Path) -> tuple[pafs.FileSystem, str]:
    """Give a file system that begins at a folder."""
    (tmp_path / "top").mkdir()
    return pafs.SubTreeFileSystem(str(tmp_path / "top"), pafs.LocalFileSystem()), "lake"


def memory(tmp_path: Path) -> tuple[pafs.FileSystem, str]:
    """Give a file system that is no disk, as an object store is none."""
    del tmp_path
    return pafs.FileSystem.from_uri("mock:///bucket")[0], "bucket/lake"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Give a lake on a disk with a table of two parts."""
    made = Lake(*disk(tmp_path), VAULT)
    made.write("observation", observations(3), "a")
    made.write("observation", observations(2, 3), "b")
    return made


def parts(tmp_path: Path) -> list[Path]:
    """List the files of the table on the disk."""
    return sorted((tmp_path / "lake" / "observation").glob("*.parquet"))


@pytest.mark.parametrize("place", [disk, below, memory])
def test_a_table_comes_back_from_any_file_system(
    place: Callable[[Path], tuple[pafs.FileSystem, str]], tmp_path: Path
) -> None:
    """Written, replaced, queried, checked and deleted on a disk and on what is none."""
    lake = Lake(*place(tmp_path), VAULT)
    lake.write("observation", observations(3), "a")
    lake.write("observation", observations(2, 3), "b")
    lake.write("observation", observations(4, 9), "a")
    assert lake.tables() == ("observation",)
    assert lake.read("observation") == pa.concat_tables([observations(4, 9), observations(2, 3)])
    answer = query(lake, "SELECT sum(value) AS s FROM observation", ["observation"])
    assert answer["s"].to_pylist() == [49.0]
    assert lake.verify("observation") == 2
    lake.delete("observation")
    lake.delete("observation")
    assert lake.tables() == ()


def test_nothing_of_it_lies_in_clear(lake: Lake, tmp_path: Path) -> None:
    """No name, code or unit, and no name of a column, is found in the files."""
    del lake
    for path in (tmp_path / "lake").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in (NAME, "2160-0", "unit 1 of a ward", "patient_id", "sensitivity"):
            assert word.encode() not in content, path
    with pytest.raises(OSError, match="encrypted"):
        pq.read_table(parts(tmp_path)[0])


def test_a_reader_sees_the_classes_it_has_the_keys_of(lake: Lake, tmp_path: Path) -> None:
    """Plain columns are read without the keys of the others, which are refused."""
    del lake
    reader = Lake(*disk(tmp_path), VAULT.limited({Sensitivity.PLAIN, Sensitivity.QUASI}))
    assert reader.read("observation", ["unit", "observed_at"]).num_rows == 5
    with pytest.raises(ForbiddenError, match="not given to this reader: identifying"):
        reader.read("observation", ["unit", "patient_id"])
    with pytest.raises(ForbiddenError, match="not given to this reader: sensitive"):
        reader.read("observation", ["unit"], pads.field("value") > 1)


def test_sql_sees_the_classes_it_has_the_keys_of(lake: Lake, tmp_path: Path) -> None:
    """DuckDB decrypts the columns it is asked for, and tells the refusal of another."""
    del lake
    reader = Lake(*disk(tmp_path), VAULT.limited({Sensitivity.PLAIN}))
    counted = query(reader, "SELECT count(unit) AS n FROM observation", ["observation"])
    assert counted["n"].to_pylist() == [5]
    with pytest.raises(ForbiddenError, match="not given to this reader: identifying"):
        query(reader, "SELECT DISTINCT patient_id FROM observation", ["observation"])


def test_sql_filters_while_it_reads(lake: Lake) -> None:
    """A comparison of a text is in the scan itself, and so is the choice of columns."""
    plan = query(
        lake,
        "EXPLAIN SELECT source FROM observation WHERE unit = 'unit 2 of a ward'",
        ["observation"],
    ).to_pylist()[0]["explain_value"]
    assert "ARROW_SCAN" in plan
    assert "Filters:" in plan
    assert "value" not in plan


@pytest.mark.parametrize(
    "sql",
    [
        "COPY observation TO 'out.csv'",
        "ATTACH 'out.db'",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SET temp_directory = '/tmp'",
    ],
)
def test_sql_writes_and_reads_no_file(lake: Lake, sql: str) -> None:
    """What was decrypted does not leave by a file, and nothing is spilled in clear."""
    with pytest.raises(Exception, match=r"disabled|locked"):
        query(lake, sql, ["observation"])


def test_tables_are_joined_in_sql(lake: Lake) -> None:
    """A join whose filter comes from the other table is answered."""
    lake.write("few", observations(1, 4), "a")
    sql = "SELECT o.unit FROM observation o JOIN few f USING (observation_id) WHERE f.unit = ?"
    assert query(lake, sql, ["observation", "few"], ["unit 4 of a ward"])["unit"].to_pylist() == [
        "unit 4 of a ward"
    ]


def test_another_home_cannot_read_it(lake: Lake, tmp_path: Path) -> None:
    """With the keys of another installation there is one clear answer, and nothing is read."""
    del lake
    master = Secret.new()
    other = Lake(*disk(tmp_path), Vault(new_ring(master), master))
    for ask in (other.dataset, other.read, other.verify):
        with pytest.raises(InputError, match=r"sealed with a key that is not here: plain\.1"):
            ask("observation")


def test_a_part_of_another_home_is_refused(lake: Lake, tmp_path: Path) -> None:
    """A file that was put in the place of a part is named."""
    master = Secret.new()
    Lake(pafs.LocalFileSystem(), str(tmp_path / "b"), Vault(new_ring(master), master)).write(
        "observation", observations(3), "a"
    )
    strange = next((tmp_path / "b" / "observation").glob("*.parquet"))
    parts(tmp_path)[0].write_bytes(strange.read_bytes())
    with pytest.raises(MismatchError, match="a part of the table was altered"):
        lake.dataset("observation")


def test_keys_that_were_renewed_open_old_parts(lake: Lake, tmp_path: Path) -> None:
    """Parts of before and after a renewal are one table."""
    del lake
    later = Lake(*disk(tmp_path), Vault(renewed(RING, MASTER), MASTER))
    later.write("observation", observations(1, 5), "c")
    assert later.read("observation").num_rows == 6


def test_a_missing_part_is_named(lake: Lake, tmp_path: Path) -> None:
    """Rows do not vanish unseen."""
    parts(tmp_path)[1].unlink()
    for ask in (lake.dataset, lake.read, lake.verify):
        with pytest.raises(MismatchError, match=r"b-\w+.parquet: a part .* is missing"):
            ask("observation")


def test_all_damaged_parts_are_named_at_once(lake: Lake, tmp_path: Path) -> None:
    """One that is missing and one that is cut off are told together."""
    first, second = parts(tmp_path)
    first.unlink()
    second.write_bytes(second.read_bytes()[:-3])
    with pytest.raises(MismatchError) as raised:
        lake.dataset("observation")
    assert [str(fault.what) for fault in raised.value.faults] == [
        "a part of the table is missing",
        "a part of the table was altered",
    ]


def test_an_altered_page_is_named(lake: Lake, tmp_path: Path) -> None:
    """One bit within a page is found when it is read, by Arrow and by SQL, and when checked."""
    path = parts(tmp_path)[0]
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    asks: tuple[Callable[[], object], ...] = (
        lambda: lake.read("observation"),
        lambda: lake.verify("observation"),
        lambda: query(lake, "SELECT * FROM observation", ["observation"]),
    )
    for ask in asks:
        with pytest.raises(MismatchError, match=path.name):
            ask()


def test_a_part_of_before_is_not_taken_for_the_new_one(lake: Lake, tmp_path: Path) -> None:
    """A file with the same keys and rows, put back, is still another file."""
    old = parts(tmp_path)[0].read_bytes()
    lake.write("observation", observations(3), "a")
    parts(tmp_path)[0].write_bytes(old)
    with pytest.raises(MismatchError, match="altered"):
        lake.dataset("observation")


@pytest.mark.parametrize("keep", [0, 10, 44])
def test_a_manifest_that_is_cut_off_is_refused(lake: Lake, tmp_path: Path, keep: int) -> None:
    """The list of parts is sealed as the parts are."""
    manifest = tmp_path / "lake" / "observation" / "manifest.sealed"
    manifest.write_bytes(manifest.read_bytes()[:keep])
    with pytest.raises(SalusError, match=r"not sealed by Salus|altered"):
        lake.dataset("observation")


def test_an_interrupted_write_changes_nothing(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the manifest names it, a part does not count, and its file goes."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Lake, "_count", stop)
        with pytest.raises(KeyboardInterrupt):
            lake.write("observation", observations(9), "c")
    assert len(parts(tmp_path)) == 2
    assert lake.read("observation").num_rows == 5


def test_a_killed_write_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    """A file that no manifest names is not read."""
    (tmp_path / "lake" / "observation" / "c-1.parquet").write_bytes(b"PAR1 half")
    assert lake.read("observation").num_rows == 5


def test_a_part_that_is_written_anew_meanwhile_is_advice(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opened the table before is told to ask again, and the table is whole."""
    opened = lake.dataset("observation")
    lake.write("observation", observations(3), "a")
    with monkeypatch.context() as patch:
        patch.setattr(lake, "dataset", lambda _: opened)
        with pytest.raises(EnvironmentFaultError, match="try again"):
            lake.read("observation")
        with pytest.raises(EnvironmentFaultError, match="try again"):
            query(lake, "SELECT * FROM observation", ["observation"])
    assert lake.read("observation").num_rows == 5


def test_parts_lie_on_several_file_systems(lake: Lake, tmp_path: Path) -> None:
    """A table of two lakes, a disk and what is none, is scanned and asked as one."""
    far = Lake(*memory(tmp_path), VAULT)
    far.write("observation", observations(5, 5), "far")
    whole = joined([lake, far], "observation")
    assert whole.to_table(columns=["value"])["value"].to_pylist() == [float(n) for n in range(10)]


def test_other_columns_are_refused(lake: Lake) -> None:
    """A part with another schema would lose columns unseen."""
    with pytest.raises(InputError, match="other columns"):
        lake.write("observation", observations(1).drop_columns(["unit"]), "c")
    assert lake.read("observation").num_rows == 5


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"undeclared": [1]}),
        pa.table(
            {"a": [[1]]},
            schema=pa.schema(
                [pa.field("a", pa.list_(pa.int64()), metadata={"sensitivity": "plain"})]
            ),
        ),
        pa.table(
            {"a,b": [1]},
            schema=pa.schema([pa.field("a,b", pa.int64(), metadata={"sensitivity": "plain"})]),
        ),
    ],
)
def test_what_parquet_would_leave_in_clear_is_refused(lake: Lake, table: pa.Table) -> None:
    """A column that is undeclared, nested, or has a name that Arrow would divide is not written."""
    with pytest.raises(ValueError, match="flat and declare"):
        lake.write("other", table, "a")
    assert lake.tables() == ("observation",)


@pytest.mark.parametrize("name", ["", "..", "a/b", "../a", ".hidden"])
def test_a_name_leads_nowhere_else(lake: Lake, name: str) -> None:
    """Neither a table nor a part leaves its folder."""
    with pytest.raises(ValueError, match="a name must be"):
        lake.write(name, observations(1), "a")
    with pytest.raises(ValueError, match="a name must be"):
        lake.write("observation", observations(1), name)


def test_an_unknown_table_names_the_known(lake: Lake) -> None:
    """Advice says which tables there are."""
    with pytest.raises(InputError, match="use one of: observation"):
        lake.dataset("person")


def test_a_place_that_cannot_be_written_is_advice(tmp_path: Path) -> None:
    """A file where the lake should be is no defect of ours."""
    (tmp_path / "lake").write_text("")
    with pytest.raises(EnvironmentFaultError, match="cannot be read or written"):
        Lake(*disk(tmp_path), VAULT).write("observation", observations(1), "a")


@pytest.mark.parametrize("place", ["nope://bucket/x", "s3//:"])
def test_an_unknown_place_is_advice(place: str) -> None:
    """An address that Arrow does not know is told, with what to write instead."""
    if "://" not in place:
        assert open_lake(place, "x", VAULT).tables() == ()
        return
    with pytest.raises(InputError, match="no lake can lie here"):
        open_lake(place, "x", VAULT)


WRITE = """
import sys
import pyarrow.fs as pafs
from salus.data.lake.lake import Lake
from salus.trust.vault.folder import KeyFolder
from pathlib import Path
from salus.domain.records.person import ENCOUNTER
home = Path(sys.argv[1])
lake = Lake(pafs.LocalFileSystem(), str(home / "lake"), KeyFolder(home / "keys").vault())
for number in range(10):
    lake.write("encounter", ENCOUNTER.schema().empty_table(), f"{sys.argv[2]}{number}")
"""


def test_two_processes_write_one_table(tmp_path: Path) -> None:
    """Each part of both is counted, and both made the same keys."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), name]) for name in "ab"
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert Lake(*disk(tmp_path), KeyFolder(tmp_path / "keys").vault()).verify("encounter") == 20
