"""Files of a lake: written whole, and known by their digests, on any file system of Arrow."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.fs as pafs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

BLOCK = 1 << 20
TAIL = 8
"""Bytes at the end of a Parquet file: the length of its footer, and what kind of file it is."""


class HashingStream(io.RawIOBase):
    """Writes on, and keeps count and digest of what went through.

    Parameters
    ----------
    stream : pyarrow.NativeFile
        Where to.
    """

    def __init__(self, stream: pafs.NativeFile) -> None:
        super().__init__()
        self._stream, self._sha256, self.size = stream, hashlib.sha256(), 0

    def writable(self) -> bool:
        """Tell that it can be written."""
        return True

    def write(self, block: Buffer, /) -> int:
        """Write a block on."""
        count = memoryview(block).nbytes
        self._sha256.update(block)
        self._stream.write(block)
        self.size += count
        return count

    @property
    def sha256(self) -> str:
        """Return the digest so far, in hexadecimal."""
        return self._sha256.hexdigest()


def digest(filesystem: pafs.FileSystem, path: str) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    sha256 = hashlib.sha256()
    with filesystem.open_input_stream(path) as stream:
        while block := stream.read(BLOCK):
            sha256.update(block)
    return sha256.hexdigest()


def footer_digest(filesystem: pafs.FileSystem, path: str, size: int) -> str:
    """Return the SHA-256 of the footer of a Parquet file, in hexadecimal.

    Parameters
    ----------
    filesystem : pyarrow.fs.FileSystem
        Where the file lies.
    path : str
        The file.
    size : int
        Its bytes.
    """
    with filesystem.open_input_file(path) as stream:
        stream.seek(max(0, size - TAIL))
        length = int.from_bytes(stream.read(TAIL)[:4], "little")
        stream.seek(max(0, size - TAIL - length))
        return hashlib.sha256(stream.read()).hexdigest()


def replace_file(filesystem: pafs.FileSystem, path: str, content: bytes) -> None:
    """Put a small file in the place of the one that is there: readers see either, never a part.

    Parameters
    ----------
    filesystem : pyarrow.fs.FileSystem
        Where the file lies.
    path : str
        The file.
    content : bytes
        All of it.
    """
    temporary = f"{path}.new"
    with filesystem.open_output_stream(temporary) as stream:
        stream.write(content)
    safe(filesystem, temporary)
    filesystem.move(temporary, path)
    safe(filesystem, path.rpartition("/")[0])


def safe(filesystem: pafs.FileSystem, path: str) -> None:
    """Wait until a file or folder of this machine has reached the disk; a store does by itself."""
    here = _local(filesystem, path)
    if here is not None:
        handle = os.open(here, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def alone(filesystem: pafs.FileSystem, folder: str) -> Iterator[None]:
    """Keep other processes of this machine out of a folder; a store has no such lock."""
    here = _local(filesystem, folder)
    if here is None:
        yield
        return
    with (here / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _local(filesystem: pafs.FileSystem, path: str) -> Path | None:
    if isinstance(filesystem, pafs.SubTreeFileSystem):
        return _local(filesystem.base_fs, f"{filesystem.base_path}{path}")
    return Path(path) if isinstance(filesystem, pafs.LocalFileSystem) else None
