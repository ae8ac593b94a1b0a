"""S1: what is known of people lies encrypted, a key for each class, wherever its parts lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.fs as pafs
import pytest

from salus.core.errors import ForbiddenError, InputError, MismatchError
from salus.core.settings import Settings
from salus.data.lake.lake import Lake, joined
from salus.data.lake.query import query
from salus.data.store.secrets import Secrets
from salus.domain.records.person import PATIENT
from salus.domain.sensitivity import Sensitivity
from salus.service.context import open_context
from salus.service.rotate_keys import Rotation, rotate_keys
from salus.trust.vault.folder import KeyFolder

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Wang Fang of Harbour Street"


def people(*ids: str) -> pa.Table:
    """Make patients who all have one name."""
    return PATIENT.take(
        pa.table(
            {
                "patient_id": list(ids),
                "family_name": [NAME] * len(ids),
                "district_id": ["north"] * len(ids),
                "source": ["clinic"] * len(ids),
            }
        )
    )


def test_s1_people_lie_encrypted_and_in_several_places(tmp_path: Path) -> None:
    """A name is in no file; parts on two file systems are one table; a lost part is named."""
    far = pafs.FileSystem.from_uri("mock:///bucket")[0]
    with open_context(Settings(home=tmp_path / "home")) as context:
        Secrets(context.store, context.vault).put("broker", NAME.encode())
        here, there = context.lake("clinic"), Lake(far, "bucket/lake", context.vault)
        here.write("patient", people("1", "2"), "2026-05")
        there.write("patient", people("3"), "2026-06")
        rotate_keys(context, Rotation())
        rotate_keys(context, Rotation(master=True))
        here.write("patient", people("4"), "2026-07")
        assert joined([here, there], "patient").count_rows() == 4
        assert Secrets(context.store, context.vault).get("broker") == NAME.encode()
        files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
        assert [path for path in files if NAME.encode() in path.read_bytes()] == []
        next((tmp_path / "home").rglob("2026-05-*.parquet")).unlink()
        with pytest.raises(MismatchError, match="a part of the table is missing; put a copy back"):
            here.dataset("patient")


def test_s1_each_reader_has_the_keys_it_is_given(tmp_path: Path) -> None:
    """Districts are counted without the keys of names; another home's keys open nothing."""
    place = (pafs.LocalFileSystem(), str(tmp_path / "lake"))
    vault = KeyFolder(tmp_path / "keys").vault()
    Lake(*place, vault).write("patient", people("1", "2"), "all")
    reader = Lake(*place, vault.limited({Sensitivity.QUASI, Sensitivity.PLAIN}))
    sql = "SELECT district_id, count(*) AS people FROM patient GROUP BY ALL"
    assert query(reader, sql, ["patient"]).to_pylist() == [{"district_id": "north", "people": 2}]
    with pytest.raises(ForbiddenError, match="not given to this reader: identifying"):
        query(reader, "SELECT family_name FROM patient", ["patient"])
    with pytest.raises(InputError, match="sealed with a key that is not here"):
        Lake(*place, KeyFolder(tmp_path / "other").vault()).read("patient")
