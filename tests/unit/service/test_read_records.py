"""Reading the records of a city: whole, as they were known, with every fault at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from salus.core.errors import ForbiddenError, InputError
from salus.data.region.sample import sample_region
from salus.data.synthetic.city import KINDS
from salus.domain.records.catalogue import TABLES
from salus.service.read_records import has_records, read_records
from salus.trust.permission import Principal
from tests.fakes.cities import changed_city, emptied, table_path, with_column

if TYPE_CHECKING:
    from pathlib import Path

    from salus.service.context import Context

LAST = date(2026, 6, 28)


def places(error: InputError) -> set[tuple[str, str | None]]:
    """Take the files and columns of the faults."""
    return {(str(fault.where.source), fault.where.column) for fault in error.faults}


def test_a_whole_city_is_read(in_use: Context, hamlet: Path) -> None:
    """Every standard table and the queue are there; every file is a source, with its digest."""
    records = read_records(in_use, hamlet, LAST)
    assert set(records.tables) == set(TABLES)
    assert records.queue.column_names[0] == "queue_id"
    files = {source.file for source in records.sources}
    assert files == {"city.json"} | {f"{kind}/{n}.parquet" for kind in KINDS for n in KINDS[kind]}
    assert records.synthetic
    assert records.notes == ()


def test_what_came_later_is_not_read(in_use: Context, hamlet: Path) -> None:
    """As of an earlier day there are fewer rows, while the sources are the whole files."""
    early, late = (read_records(in_use, hamlet, day) for day in (date(2026, 3, 1), LAST))
    assert early.tables["observation"].num_rows < late.tables["observation"].num_rows
    assert early.sources == late.sources


def test_every_fault_is_told_at_once(in_use: Context, hamlet: Path, tmp_path: Path) -> None:
    """Manifest, a lost table, one that is none, a lost and a changed column."""
    folder = changed_city(
        hamlet,
        tmp_path / "damaged",
        ward=lambda table: table.drop_columns("kind"),
        observation=with_column("value", lambda column: column.cast(pa.string())),
    )
    (folder / "city.json").write_text("[]", encoding="utf-8")
    table_path(folder, "allergy").unlink()
    table_path(folder, "queue").write_bytes(b"no table")
    with pytest.raises(InputError) as caught:
        read_records(in_use, folder, LAST)
    assert places(caught.value) == {
        ("city.json", None),
        ("operations/ward.parquet", "kind"),
        ("operations/queue.parquet", None),
        ("tables/allergy.parquet", None),
        ("tables/observation.parquet", "value"),
    }


@pytest.mark.parametrize("name", ["patient", "queue"])
def test_rows_that_are_torn_are_a_fault(
    in_use: Context, hamlet: Path, tmp_path: Path, name: str
) -> None:
    """The schema of a file may be whole while its rows are not."""
    folder = changed_city(hamlet, tmp_path / "torn")
    path = table_path(folder, name)
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_records(in_use, folder, LAST)
    assert places(caught.value) == {(path.relative_to(folder).as_posix(), None)}


def test_changed_files_are_named(in_use: Context, hamlet: Path, tmp_path: Path) -> None:
    """Tables that are not as they were made are used, and a note names them and counts the rest."""
    names = ("patient", "allergy", "queue", "condition", "procedure", "roster")
    folder = changed_city(hamlet, tmp_path / "changed", **dict.fromkeys(names, emptied))
    (note,) = read_records(in_use, folder, LAST).notes
    assert "are used as they are now" in str(note)
    assert "(6 in all)" in str(note)
    assert str(note).count(".parquet") == 5


def test_a_city_stays_synthetic_without_its_people(
    in_use: Context, hamlet: Path, tmp_path: Path
) -> None:
    """With an empty register what is left was made up as well."""
    folder = changed_city(hamlet, tmp_path / "empty", patient=emptied)
    assert read_records(in_use, folder, LAST).synthetic


def test_which_regions_have_records(hamlet: Path, tmp_path: Path) -> None:
    """A manifest or a folder of tables is enough, so that damage is found; the sample has none."""
    assert has_records(hamlet)
    assert not has_records(sample_region())
    for part in ("tables", "operations"):
        (tmp_path / part / part).mkdir(parents=True)
        assert has_records(tmp_path / part)


def test_who_may_not_is_refused(in_use: Context, hamlet: Path) -> None:
    """The records stand behind the gate."""
    visitor = replace(in_use, principal=Principal("bo", "visitor"))
    with pytest.raises(ForbiddenError):
        read_records(visitor, hamlet, LAST)
