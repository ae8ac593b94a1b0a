"""The folder of keys: the master key, and the ring of data keys that it wraps.

Whatever moment a renewal is interrupted at, one of the files of master keys that are there opens
the ring that is there.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import EnvironmentFaultError, Fault, InputError, Where
from salus.core.files import disk_faults
from salus.core.messages import say
from salus.trust.vault.ring import new_ring, read_ring, renewed, rewrapped, write_ring
from salus.trust.vault.secret import Secret
from salus.trust.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.trust.vault.ring import Ring

MASTER = "master.key"
RING = "ring.json"
OTHERS = 0o077
"""Rights of everybody but the owner."""


class KeyFolder:
    """Where the keys of an installation lie.

    Parameters
    ----------
    folder : Path
        Folder of the ring; made at first use, for its owner only.
    master : Path, optional
        File of the master key; ``master.key`` in the folder when not given.

    Examples
    --------
    >>> keys = KeyFolder(Path(tempfile.mkdtemp()) / "keys")
    >>> keys.vault()
    Vault(keys not shown)
    """

    def __init__(self, folder: Path, master: Path | None = None) -> None:
        self._folder = folder
        self._master = master or folder / MASTER
        self._vault: Vault | None = None

    def vault(self) -> Vault:
        """Open the vault; the first time ever, make its keys.

        Returns
        -------
        Vault

        Raises
        ------
        InputError
            If the master key is not the one of the ring, or one of them was altered.
        EnvironmentFaultError
            If the master key is missing though there is a ring, others may read it, the folder
            cannot be written, or the extra ``[privacy]`` is not installed.
        """
        if self._vault is None:
            if not self._ring_file.exists():
                with self._alone():
                    self._make()
            self._vault = Vault(*self._keys(), again=self._keys)
        return self._vault

    def renew(self) -> Ring:
        """Draw a new data key of each class; what was sealed before still opens.

        Returns
        -------
        Ring
            The old keys and the new ones, which seal from now on.

        Raises
        ------
        InputError, EnvironmentFaultError
            As :meth:`vault`.
        """
        self.vault()
        with self._alone():
            ring = renewed(*self._keys())
            _write(self._ring_file, write_ring(ring))
        self._vault = None
        return ring

    def renew_master(self) -> Ring:
        """Draw a new master key, wrap all data keys under it, and let go of the old one.

        Returns
        -------
        Ring
            The same data keys, wrapped anew.

        Raises
        ------
        InputError, EnvironmentFaultError
            As :meth:`vault`.
        """
        self.vault()
        with self._alone():
            new = Secret.new()
            ring = rewrapped(*self._keys(), new)
            _write(self._next, _line(new))
            _write(self._ring_file, write_ring(ring))
            self._settle()
        self._vault = None
        return ring

    @property
    def _ring_file(self) -> Path:
        return self._folder / RING

    @property
    def _next(self) -> Path:
        return self._master.with_name(f"{self._master.name}.next")

    def _make(self) -> None:
        if self._ring_file.exists():
            return  # another process was first
        master = _read(self._master)
        if master is None:
            master = Secret.new()
            _write(self._master, _line(master))
        _write(self._ring_file, write_ring(new_ring(master)))

    def _keys(self) -> tuple[Ring, Secret]:
        ring, master = self._look()
        # Another process may have renewed the master key between the two looks.
        return (ring, master) if master.fingerprint == ring.master else self._look()

    def _look(self) -> tuple[Ring, Secret]:
        ring, coming = self._ring(), _read(self._next)
        if coming and coming.fingerprint == ring.master:
            return ring, coming  # a renewal goes on, or was interrupted
        master = _read(self._master)
        if master is None:
            what = say("the master key is missing")
            remedy = say("put it back: without it nothing that was sealed can be read again")
            raise EnvironmentFaultError(Fault(what, Where(str(self._master)), remedy))
        return ring, master

    def _settle(self) -> None:
        self._next.replace(self._master)
        _sync(self._master.parent)

    def _ring(self) -> Ring:
        with disk_faults(self._ring_file):
            return read_ring(self._ring_file.read_bytes(), Where(str(self._ring_file)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with disk_faults(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (self._folder / ".lock").open("wb")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._finish()
            yield

    def _finish(self) -> None:
        # What an interrupted renewal left: in use when the ring is wrapped under it, else not.
        coming = _read(self._next)
        if coming and self._ring_file.exists():
            if coming.fingerprint == self._ring().master:
                self._settle()
            else:
                self._next.unlink()


def _read(path: Path) -> Secret | None:
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_mode & OTHERS:
                what = say("others may read the master key")
                remedy = say("take their rights away: chmod 600 {path}", path=str(path))
                raise EnvironmentFaultError(Fault(what, Where(str(path)), remedy))
            text = stream.read(1 << 10).decode("ascii", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        what, remedy = say("the master key cannot be read"), say("let its owner run Salus")
        raise EnvironmentFaultError(Fault(what, Where(str(path)), remedy)) from error
    secret = Secret.read(text)
    if secret is None:
        what = say("this is no master key: one line of base64, 32 bytes long")
        raise InputError(Fault(what, Where(str(path)), say("put the file of the master key back")))
    return secret


def _write(path: Path, content: bytes) -> None:
    with disk_faults(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
            _sync(path.parent)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()


def _line(secret: Secret) -> bytes:
    return f"{secret.text()}\n".encode("ascii")


def _sync(folder: Path) -> None:
    # A new name lasts only when the folder itself has reached the disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
