"""The folder of keys: made once, kept close, renewed without a moment in which nothing opens."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import EnvironmentFaultError, InputError
from salus.domain.sensitivity import Sensitivity
from salus.trust.vault.folder import KeyFolder
from salus.trust.vault.secret import Secret

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = Sensitivity.PLAIN
MAKE = """
import sys
from pathlib import Path
from salus.trust.vault.folder import KeyFolder
from salus.domain.sensitivity import Sensitivity
print(KeyFolder(Path(sys.argv[1])).vault().newest(Sensitivity.PLAIN))
"""
DIE = """
import os, sys
from pathlib import Path
from salus.trust.vault.folder import KeyFolder
steps, at = iter(range(1, 100)), int(sys.argv[3])
def counted(function):  # each replacing of a file, each waiting for the disk, is a step
    def run(*args):
        if next(steps) == at:
            os._exit(9)
        return function(*args)
    return run
Path.replace, os.fsync = counted(Path.replace), counted(os.fsync)
getattr(KeyFolder(Path(sys.argv[1])), sys.argv[2])()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with keys."""
    KeyFolder(tmp_path / "keys").vault()
    return tmp_path / "keys"


def contents(place: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_keys_are_made_once_for_their_owner_only(place: Path) -> None:
    """The files are the owner's, and a second opening finds the same keys."""
    before = contents(place)
    assert {oct(path.stat().st_mode & 0o777) for path in place.glob("[mr]*")} == {"0o600"}
    assert oct(place.stat().st_mode & 0o777) == "0o700"
    KeyFolder(place).vault()
    assert contents(place) == before


def test_two_first_starts_make_one_ring(tmp_path: Path) -> None:
    """The second process waits, and takes what the first one made."""
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path / "keys")], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert len({start.communicate()[0] for start in starts}) == 1


def test_a_master_key_that_others_may_read_is_refused(place: Path) -> None:
    """The remedy is a command."""
    (place / "master.key").chmod(0o640)
    with pytest.raises(EnvironmentFaultError, match=r"others may read .* chmod 600 "):
        KeyFolder(place).vault()


@pytest.mark.parametrize(
    "text", ["", "c2FsdXM=\n", "no key\n", "\udcff".encode("utf-8", "surrogateescape")]
)
def test_a_file_that_is_no_master_key_is_refused(place: Path, text: str | bytes) -> None:
    """It is told what one looks like, and nothing of what was found."""
    (place / "master.key").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match="one line of base64, 32 bytes") as raised:
        KeyFolder(place).vault()
    assert "c2FsdXM" not in str(raised.value)


def test_another_master_key_is_refused_and_changes_nothing(place: Path) -> None:
    """One sentence names the fingerprint that is wanted; renewing is refused as well."""
    (place / "master.key").write_text(f"{Secret.new().text()}\n")
    before = contents(place)
    keys = KeyFolder(place)
    for ask in (keys.vault, keys.renew, keys.renew_master):
        with pytest.raises(InputError, match="not the one that this home was sealed with"):
            ask()
    assert contents(place) == before


def test_a_lost_master_key_is_never_replaced(place: Path) -> None:
    """A new one would open nothing, and hide the loss."""
    (place / "master.key").unlink()
    with pytest.raises(EnvironmentFaultError, match="master key is missing; put it back"):
        KeyFolder(place).vault()
    assert not (place / "master.key").exists()


def test_the_master_key_may_lie_elsewhere(tmp_path: Path) -> None:
    """The home alone is then of no use to whoever takes it."""
    master = tmp_path / "elsewhere" / "salus.key"
    sealed = KeyFolder(tmp_path / "keys", master).vault().seal(PLAIN, b"1", bound_to="a")
    assert not (tmp_path / "keys" / "master.key").exists()
    KeyFolder(tmp_path / "keys", master).renew_master()
    again = KeyFolder(tmp_path / "keys", master).vault()
    assert again.open(PLAIN, sealed, bound_to="a") == b"1"


def test_a_renewal_keeps_what_was_sealed(place: Path) -> None:
    """New data keys and a new master key; the process that ran before goes on."""
    running, other = KeyFolder(place), KeyFolder(place)
    sealed = running.vault().seal(PLAIN, b"old", bound_to="a")
    assert other.renew().number == 2
    newer = other.vault().seal(PLAIN, b"new", bound_to="a")
    before = (place / "master.key").read_bytes()
    other.renew_master()
    assert (place / "master.key").read_bytes() != before
    for keys in (running, other, KeyFolder(place)):
        assert keys.vault().open(PLAIN, sealed, bound_to="a") == b"old"
        assert keys.vault().open(PLAIN, newer, bound_to="a") == b"new"


@pytest.mark.parametrize("renewal", ["renew", "renew_master"])
@pytest.mark.parametrize("step", range(1, 9))
def test_whenever_a_renewal_is_killed_everything_opens(
    place: Path, renewal: str, step: int
) -> None:
    """A process that dies before any of its steps on the disk leaves keys that open all."""
    sealed = KeyFolder(place).vault().seal(PLAIN, b"old", bound_to="a")
    dying = [sys.executable, "-c", DIE, str(place), renewal, str(step)]
    assert subprocess.run(dying, check=False).returncode in {0, 9}
    assert KeyFolder(place).vault().open(PLAIN, sealed, bound_to="a") == b"old"
    getattr(KeyFolder(place), renewal)()
    assert KeyFolder(place).vault().open(PLAIN, sealed, bound_to="a") == b"old"
    assert not (place / "master.key.next").exists()


def test_a_folder_that_cannot_be_made_is_advice(tmp_path: Path) -> None:
    """A file in its place is no defect of ours."""
    (tmp_path / "keys").write_text("")
    with pytest.raises(EnvironmentFaultError, match="cannot be written"):
        KeyFolder(tmp_path / "keys").vault()
