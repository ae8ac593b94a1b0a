"""Which code decides: version, commit and requirements."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from salus.core.canonical import digest
from salus.service.origin import origin

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def _checkout(folder: Path, head: str) -> Path:
    (folder / ".git" / "refs" / "heads").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text(head, encoding="utf-8")
    return folder


def test_the_commit_of_a_branch_is_found(tmp_path: Path) -> None:
    """A branch names its commit in a file of its own."""
    checkout = _checkout(tmp_path, "ref: refs/heads/main\n")
    (tmp_path / ".git" / "refs" / "heads" / "main").write_text(COMMIT + "\n", encoding="utf-8")
    assert origin(checkout).commit == COMMIT


def test_a_packed_branch_is_found(tmp_path: Path) -> None:
    """After packing, the commit stands in one file with all others."""
    packed = f"# pack-refs\n{'f' * 40} refs/heads/other-main\n{COMMIT} refs/heads/main\n"
    checkout = _checkout(tmp_path, "ref: refs/heads/main\n")
    (tmp_path / ".git" / "packed-refs").write_text(packed, encoding="utf-8")
    assert origin(checkout).commit == COMMIT


def test_a_detached_head_is_the_commit(tmp_path: Path) -> None:
    """Without a branch the head names the commit itself."""
    assert origin(_checkout(tmp_path, COMMIT)).commit == COMMIT


def test_elsewhere_the_commit_is_not_known(tmp_path: Path) -> None:
    """An installed package, or a branch without a commit, has none; the version remains."""
    assert origin(tmp_path).commit == ""
    assert origin(_checkout(tmp_path, "ref: refs/heads/new\n")).commit == ""
    assert origin(tmp_path).code_version == metadata.version("salus")


def test_pinned_requirements_are_told_by_their_content(tmp_path: Path) -> None:
    """The digest is that of the pins; without them, of what is installed."""
    installed = origin(tmp_path).requirements_digest
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "core.txt").write_text("numpy==2.4.0\n", encoding="utf-8")
    assert origin(tmp_path).requirements_digest == digest(b"numpy==2.4.0\n") != installed
