"""Contents under their own name."""

from __future__ import annotations

import io
import os
import stat
from typing import TYPE_CHECKING, NoReturn

import pytest

from salus.core.canonical import digest
from salus.core.errors import EnvironmentFaultError, MismatchError, Where
from salus.data.store.objects import Objects

if TYPE_CHECKING:
    from pathlib import Path

WHERE = Where("districts.csv")


def test_a_content_is_kept_once_for_its_owner(tmp_path: Path) -> None:
    """Two equal contents are one file, readable by its owner only, and nothing else stays."""
    kept = Objects(tmp_path / "objects")
    name, size = kept.keep(io.BytesIO(b"salus"))
    assert kept.keep(io.BytesIO(b"salus")) == (name, size) == (digest(b"salus"), 5)
    files = [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert files == [tmp_path / "objects" / name[:2] / name]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_a_large_content_is_kept_in_pieces(tmp_path: Path) -> None:
    """What is larger than one block has the digest of the whole."""
    content = bytes(range(256)) * 10_000
    kept = Objects(tmp_path)
    name, size = kept.keep(io.BytesIO(content))
    assert (name, size) == (digest(content), len(content))
    assert kept.find(name, WHERE).read_bytes() == content


def test_an_altered_content_is_named(tmp_path: Path) -> None:
    """The fault names the file as people know it, and both digests."""
    kept = Objects(tmp_path)
    name, _ = kept.keep(io.BytesIO(b"salus"))
    kept.find(name, WHERE).write_bytes(b"sales")
    with pytest.raises(MismatchError, match=f"districts.csv: .* was altered; .* {name}") as caught:
        kept.find(name, WHERE)
    assert caught.value.faults[0].value == digest(b"sales")


def test_a_missing_content_is_named(tmp_path: Path) -> None:
    """The remedy says where a copy belongs."""
    with pytest.raises(MismatchError, match="the recorded file is missing; put a copy back as"):
        Objects(tmp_path).find("ab" * 32, WHERE)


def test_keeping_again_mends_a_damaged_copy(tmp_path: Path) -> None:
    """The genuine content takes the place of the damaged one."""
    kept = Objects(tmp_path)
    name, _ = kept.keep(io.BytesIO(b"salus"))
    kept.find(name, WHERE).write_bytes(b"sales")
    kept.keep(io.BytesIO(b"salus"))
    assert kept.find(name, WHERE).read_bytes() == b"salus"


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A content is on the disk whole or not at all."""

    def full(_handle: int) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFaultError, match="the disk is full"):
        Objects(tmp_path).keep(io.BytesIO(b"salus"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
