"""A city folder is whole, is a region, and says what is wrong with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.core.errors import InputError
from salus.data.region.reader import read_region
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.manifest import FILE
from salus.data.synthetic.operations import OPERATIONS
from salus.data.synthetic.spec import CitySpec
from salus.data.synthetic.truth import TRUTH, read_truth
from salus.domain.records.catalogue import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.messages import Message
    from salus.data.synthetic.city import City


def test_the_folder_is_a_region(village_folder: Path) -> None:
    """The planner reads it as it is, without a repair, with outlines and deprivation."""
    region = read_region(village_folder)
    assert region.repairs == ()
    assert all(each.outline and each.deprivation is not None for each in region.districts)
    assert {each.id for each in region.resources} >= {"ward_bed", "icu_bed", "nurse", "antibiotic"}
    assert {key for _, key in region.takes} == {"ward", "icu"}


@pytest.mark.parametrize("name", TABLES)
def test_standard_tables_have_their_schemas(village: City, name: str) -> None:
    """Each standard table takes its file as it is, and its keys name its rows."""
    table = village.table(name).to_table()
    assert TABLES[name].take(table).schema.equals(table.schema, check_metadata=False)
    assert table.group_by(list(TABLES[name].key)).aggregate([]).num_rows == table.num_rows


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_have_their_schemas(village: City, name: str) -> None:
    """Wards, staff, stock and queue are there, and their keys name their rows."""
    table = OPERATIONS[name].take(village.operation(name).to_table())
    assert table.num_rows > 0
    assert table.group_by(list(OPERATIONS[name].key)).aggregate([]).num_rows == table.num_rows


@pytest.mark.parametrize("name", TRUTH)
def test_the_sidecar_has_its_schemas(village_folder: Path, name: str) -> None:
    """What is true can be read, and is not empty."""
    assert read_truth(village_folder, name).num_rows > 0


def test_the_sidecar_has_the_parameters(village_folder: Path) -> None:
    """The figures that the city was made from are kept beside what is true."""
    kept = json.loads((village_folder / "truth" / "parameters.json").read_bytes())
    assert len(kept["diseases"]["disease"]) == 30


def test_the_same_spec_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two processes with other hash seeds make the same files; another seed makes others."""
    ask = (
        "import sys; from pathlib import Path\n"
        "from salus.data.synthetic.city import make_city\n"
        "from salus.data.synthetic.spec import CitySpec\n"
        "make_city(CitySpec(people=2000, seed=int(sys.argv[2]), days=200), Path(sys.argv[1]))"
    )
    made = {}
    for name, seed, hashes in (("a", 5, "1"), ("b", 5, "2"), ("c", 6, "1")):
        command = [sys.executable, "-c", ask, str(tmp_path / name), str(seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": hashes})
        made[name] = (tmp_path / name / FILE).read_bytes()
    assert made["a"] == made["b"] != made["c"]
    assert read_city(tmp_path / "a").manifest.changed(tmp_path / "a") == ()


def test_parts_of_the_people_have_streams_of_their_own(tmp_path: Path) -> None:
    """A longer history leaves the people, their diseases and allergies as they were."""
    tables = [
        read_city(
            make_city(CitySpec(2000, 5, days, date(2026, 6, 28)), tmp_path / str(days)).path
        ).table("patient")
        for days in (200, 300)
    ]
    columns = ["patient_id", "family_name", "birth_date", "district_id"]
    first, second = (
        table.to_table(columns=columns).slice(0, 2000)  # before those registered twice
        for table in tables
    )
    assert first.equals(second)


def test_an_existing_folder_is_kept(village_folder: Path) -> None:
    """Nothing is overwritten unasked."""
    with pytest.raises(InputError, match="exists already"):
        make_city(CitySpec(people=2000), village_folder)


def test_progress_tells_how_far_the_work_is(tmp_path: Path) -> None:
    """The share done grows from 0."""
    heard: list[float] = []

    def note(doing: Message, done: float) -> None:
        assert str(doing)
        heard.append(done)

    make_city(CitySpec(people=2000, days=200), tmp_path / "city", note)
    assert heard[0] == 0
    assert heard == sorted(heard)


def test_damage_is_listed_at_once(village_folder: Path, tmp_path: Path) -> None:
    """A missing table, one that is no Parquet, a lost and a changed column are four faults."""
    folder = tmp_path / "damaged"
    shutil.copytree(village_folder, folder)
    (folder / "tables" / "allergy.parquet").unlink()
    (folder / "tables" / "procedure.parquet").write_bytes(b"no table")
    wards = pq.read_table(folder / "operations" / "ward.parquet")
    pq.write_table(wards.drop_columns("kind"), folder / "operations" / "ward.parquet")
    queue = pq.read_table(folder / "operations" / "queue.parquet")
    worded = queue.set_column(3, "severity", queue["severity"].cast(pa.string()))
    pq.write_table(worded, folder / "operations" / "queue.parquet")
    with pytest.raises(InputError) as caught:
        read_city(folder)
    assert [(fault.where.source, fault.where.column) for fault in caught.value.faults] == [
        ("tables/procedure.parquet", None),
        ("tables/allergy.parquet", None),
        ("operations/ward.parquet", "kind"),
        ("operations/queue.parquet", "severity"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "not a city folder"),
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        (
            (
                '{"format":99,"people":2000,"seed":1,"days":200,"as_of":"2026-06-28",'
                '"made_with":{},"digests":{}}'
            ),
            "version 99",
        ),
    ],
)
def test_a_folder_that_is_no_city_is_refused(tmp_path: Path, text: str | None, says: str) -> None:
    """No manifest, one that is damaged, or one of another version."""
    if text is not None:
        (tmp_path / FILE).write_text(text)
    with pytest.raises(InputError, match=says):
        read_city(tmp_path)


@pytest.mark.parametrize(
    "wrong", [{"people": 1999}, {"people": 2_000_001}, {"seed": -1}, {"days": 100}]
)
def test_an_impossible_city_is_refused(wrong: dict[str, int]) -> None:
    """A number out of range names its field."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        CitySpec(**wrong)  # type: ignore[arg-type]  # a number of days is no date
