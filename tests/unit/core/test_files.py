"""A folder appears whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from salus.core import files
from salus.core.errors import EnvironmentFaultError, InputError
from salus.core.files import disk_faults, refuse_existing, whole_folder


def test_a_whole_folder_appears_with_its_parents(tmp_path: Path) -> None:
    """What was written is there, readable, and nothing else is."""
    target = tmp_path / "plans" / "monday"
    with whole_folder(target) as folder:
        (folder / "plan.json").write_text("{}")
        assert not target.exists()
    assert [path.name for path in target.iterdir()] == ["plan.json"]
    assert [path.name for path in target.parent.iterdir()] == ["monday"]
    assert target.stat().st_mode & 0o777 == 0o755


def test_after_an_error_nothing_stays(tmp_path: Path) -> None:
    """A defect half-way leaves the disk as it was."""
    with pytest.raises(TypeError), whole_folder(tmp_path / "plan") as folder:
        (folder / "plan.json").write_text(None)  # type: ignore[arg-type]  # the defect
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_run_leaves_nothing(tmp_path: Path) -> None:
    """A person who presses Ctrl-C finds no half-written folder."""
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "plan"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_not_overwritten_unasked(tmp_path: Path) -> None:
    """Refusing happens before any work, and the remedy names the option."""
    (tmp_path / "old.json").write_text("old")
    with pytest.raises(InputError, match="--force") as caught, whole_folder(tmp_path):
        pytest.fail("the work began")
    assert caught.value.exit_code == 2
    assert (tmp_path / "old.json").read_text() == "old"


def test_replacing_takes_the_old_folder_away(tmp_path: Path) -> None:
    """With leave to replace, the new folder stands alone in the old one's place."""
    target = tmp_path / "plan"
    target.mkdir()
    (target / "old.json").write_text("old")
    with whole_folder(target, replace=True) as folder:
        (folder / "new.json").write_text("new")
    assert [path.name for path in target.iterdir()] == ["new.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_failed_replacement_keeps_the_old_folder(tmp_path: Path) -> None:
    """The old answer is gone only when the new one stands."""
    target = tmp_path / "plan"
    target.mkdir()
    (target / "old.json").write_text("old")
    with pytest.raises(KeyError), whole_folder(target, replace=True):
        raise KeyError
    assert [path.name for path in target.iterdir()] == ["old.json"]


def test_a_rename_that_fails_brings_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even the last step can fail, and then nothing is lost."""
    target = tmp_path / "plan"
    target.mkdir()
    (target / "old.json").write_text("old")
    rename = type(tmp_path).rename

    def refuse_the_new(self: Path, to: Path) -> Path:
        if to == target and self.name != target.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(self, to)

    monkeypatch.setattr(type(tmp_path), "rename", refuse_the_new)
    with (
        pytest.raises(EnvironmentFaultError, match="the disk is full"),
        whole_folder(target, replace=True) as folder,
    ):
        (folder / "new.json").write_text("new")
    assert [path.name for path in target.iterdir()] == ["old.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    """A file is never replaced by a folder, not even with leave to replace."""
    (tmp_path / "plan").write_text("a file")
    with pytest.raises(InputError, match="not a folder"):
        refuse_existing(tmp_path / "plan", replace=True)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EFBIG, "the disk is full"),
        (errno.EACCES, "cannot be written"),
        (errno.EROFS, "cannot be written"),
        (errno.ENOTDIR, "cannot be written"),
    ],
)
def test_what_the_system_refuses_becomes_advice(code: int, words: str, tmp_path: Path) -> None:
    """A full disk and a forbidden place are faults of the environment, with exit code 2."""
    with pytest.raises(EnvironmentFaultError, match=words) as caught, disk_faults(tmp_path):
        raise OSError(code, "refused")
    assert caught.value.exit_code == 2


def test_an_odd_system_error_stays_what_it_is(tmp_path: Path) -> None:
    """What we do not understand is not dressed up as advice."""
    with pytest.raises(OSError, match="odd"), disk_faults(tmp_path):
        raise OSError(errno.EIO, "odd")


def test_a_file_as_parent_is_a_fault_of_the_place(tmp_path: Path) -> None:
    """An output below a file says that the place cannot be written."""
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFaultError), whole_folder(tmp_path / "file" / "plan"):
        pytest.fail("the work began")


def test_a_file_without_an_end_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A device, or a pipe that is never closed; a file of just the most bytes is."""
    monkeypatch.setattr(files, "MOST_BYTES", 2 * files.BLOCK)
    with pytest.raises(OSError, match="File too large") as caught:
        files.read_whole(Path("/dev/zero"))
    assert caught.value.errno == errno.EFBIG
    whole = tmp_path / "whole"
    whole.write_bytes(b"a" * 2 * files.BLOCK)
    assert len(files.read_whole(whole)) == 2 * files.BLOCK
