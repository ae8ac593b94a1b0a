"""Where nothing can or may be written: refused, and nothing half-written stays."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salus.data.region.sample import sample_region
from salus.report import write
from tests.fakes.folders import changed_sample
from tests.functional.running import listing, salus

if TYPE_CHECKING:
    import pyarrow as pa


def test_an_existing_folder_is_not_replaced_unasked(tmp_path: Path) -> None:
    """Without --force the folder stays as it is, and no work is done; with it, it is replaced."""
    out = tmp_path / "report"
    assert salus("run", "--out", out).code == 0
    (out / "plan.json").write_text("mine", encoding="utf-8")
    told = salus("run", "--out", out)
    assert told.code == 2
    assert "--force" in told.err
    assert (out / "plan.json").read_text(encoding="utf-8") == "mine"
    for _ in range(2):
        assert salus("run", "--out", out, "--force").code == 0
    assert json.loads((out / "plan.json").read_text(encoding="utf-8"))["format"]
    assert listing(tmp_path) == {"report", "work"}


def test_force_replaces_nothing_but_a_report(tmp_path: Path) -> None:
    """A folder with anything else in it is kept, whatever is asked."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "wedding.jpg").write_bytes(b"dear")
    told = salus("run", "--out", tmp_path / "photos", "--force")
    assert told.code == 2
    assert "something else than a report" in told.err
    assert listing(tmp_path / "photos") == {"wedding.jpg"}


def test_force_never_takes_the_region_or_the_home_away(tmp_path: Path) -> None:
    """An output that holds the region or the home is refused before any work."""
    folder = changed_sample(tmp_path / "data" / "coast")
    before = listing(folder)
    for out in (folder, tmp_path / "data"):
        told = salus("run", "--region", folder, "--out", out, "--force")
        assert told.code == 2
        assert "would take the place of" in told.err
    assert listing(folder) == before
    told = salus("run", "--out", tmp_path / "all", "--home", tmp_path / "all" / "home")
    assert (told.code, (tmp_path / "all").exists()) == (2, False)


@pytest.mark.parametrize("option", ["--out", "--home"])
def test_a_file_in_the_way_is_named(option: str, tmp_path: Path) -> None:
    """A file, or a file as parent, cannot hold a folder; nothing new appears beside it."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "a" / "b"):
        told = salus("run", option, place)
        assert told.code == 2, place
        assert str(place) in told.err
    assert listing(tmp_path) == {"file", "work"}


def test_a_folder_that_may_not_be_written_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system forbids is found before the home is touched."""
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path or mode == os.R_OK)
    told = salus("run", "--region", sample_region(), "--out", tmp_path / "report")
    assert told.code == 2
    assert "cannot be written" in told.err
    assert listing(tmp_path / "work") == set()


@pytest.mark.parametrize("own", [True, False], ids=["default", "named"])
def test_a_full_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, own: bool
) -> None:
    """When the disk fills while tables are written, the folder and its traces are gone."""

    def full(_table: pa.Table, _folder: Path, _name: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write, "write_table", full)
    parent = tmp_path / "work" / "salus-out" if own else tmp_path / "reports"
    parent.mkdir()
    told = salus("run", *(() if own else ("--out", str(parent / "florida"))))
    assert told.code == 2
    assert "the disk is full" in told.err
    assert listing(parent) == set()


def test_a_full_disk_under_the_home_is_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the record cannot be kept, there is no report either."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = salus("run", "--out", tmp_path / "report")
    assert told.code == 2
    assert "the disk is full" in told.err
    assert listing(tmp_path) == {"work"}


def test_two_runs_at_once_do_not_share_a_folder(tmp_path: Path) -> None:
    """Runs of the same second get folders of their own under ./salus-out."""
    for _ in range(3):
        assert salus("run", "--region", sample_region()).code == 0
    names = listing(tmp_path / "work" / "salus-out")
    assert len(names) == 3
    assert all(name.startswith("sample-") for name in names)
