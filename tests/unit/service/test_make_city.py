"""The city of a run without a region: made once, and again when it is not what was asked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import ForbiddenError
from salus.data.synthetic.manifest import read_manifest
from salus.service.make_city import make_city
from salus.trust.permission import Principal
from tests.fakes.cities import table_path

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.synthetic.spec import CitySpec
    from salus.service.context import Context


def number(folder: Path) -> int:
    """Tell which folder it is: one that is made again has another number."""
    return folder.stat().st_ino


@pytest.fixture
def copy(hamlet: Path, tmp_path: Path) -> Path:
    """Give a city that a test may damage."""
    return shutil.copytree(hamlet, tmp_path / "city")


def test_a_whole_city_is_taken_as_it_is(in_use: Context, copy: Path, hamlet_spec: CitySpec) -> None:
    """The same spec and untouched files: nothing is made again."""
    before = number(copy)
    make_city(in_use, copy, hamlet_spec)
    assert number(copy) == before


@pytest.mark.parametrize("damage", ["table", "sidecar", "lost", "manifest"])
def test_a_damaged_city_is_made_again(
    in_use: Context, copy: Path, hamlet_spec: CitySpec, damage: str
) -> None:
    """Whatever is not as it was made, down to the sidecar, brings the whole city back."""
    if damage == "table":
        table_path(copy, "patient").write_bytes(b"no table")
    elif damage == "sidecar":
        (copy / "truth" / "planted.parquet").write_bytes(b"no table")
    elif damage == "lost":
        (copy / "districts.csv").unlink()
    else:
        (copy / "city.json").write_text("{}", encoding="utf-8")
    make_city(in_use, copy, hamlet_spec)
    manifest = read_manifest(copy)
    assert (manifest.spec, manifest.changed(copy)) == (hamlet_spec, ())


def test_another_spec_is_another_city(in_use: Context, copy: Path, hamlet_spec: CitySpec) -> None:
    """What lies there from another seed is replaced."""
    other = replace(hamlet_spec, seed=hamlet_spec.seed + 1)
    make_city(in_use, copy, other)
    assert read_manifest(copy).spec == other


def test_it_is_made_where_nothing_is(
    in_use: Context, tmp_path: Path, hamlet_spec: CitySpec
) -> None:
    """Parents are made as needed."""
    folder = tmp_path / "home" / "cities" / "new"
    make_city(in_use, folder, hamlet_spec)
    assert read_manifest(folder).changed(folder) == ()


def test_who_may_not_is_refused(in_use: Context, tmp_path: Path, hamlet_spec: CitySpec) -> None:
    """Nobody fills a disk without permission."""
    visitor = replace(in_use, principal=Principal("bo", "visitor"))
    with pytest.raises(ForbiddenError):
        make_city(visitor, tmp_path / "city", hamlet_spec)
    assert not (tmp_path / "city").exists()
