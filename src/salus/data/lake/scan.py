"""Datasets that may be handed to DuckDB although their keys come from Python.

A reader of Arrow starts its threads while it holds the lock of the interpreter
(``pyarrow/_dataset.pyx``, ``Scanner.to_reader``). When they ask for a key, they wait for that lock,
and it waits for them: once in some ten queries DuckDB stood still for ever. Read in batches, Arrow
lets go of the lock.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.dataset as pads


class Scan:
    """A scanner of Arrow whose reader waits for nobody.

    Parameters
    ----------
    scanner : pyarrow.dataset.Scanner
        What it stands for.
    """

    def __init__(self, scanner: pads.Scanner) -> None:
        self._scanner = scanner

    def to_reader(self) -> pa.RecordBatchReader:
        """Return a reader of the batches, which are read when they are asked for."""
        batches = self._scanner.to_batches()
        return pa.RecordBatchReader.from_batches(self._scanner.projected_schema, batches)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  as the scanner has it
        """Do all else as the scanner does."""
        return getattr(self._scanner, name)


class LakeDataset(pads.FileSystemDataset):  # type: ignore[misc]  # pyarrow ships no types
    """Files of one file system."""

    def scanner(self, *args: object, **kwargs: object) -> Scan:
        """Scan as Arrow does, with a reader that waits for nobody."""
        return Scan(super().scanner(*args, **kwargs))


class JoinedDataset(pads.UnionDataset):  # type: ignore[misc]  # pyarrow ships no types
    """Datasets of several places, as one."""

    def scanner(self, *args: object, **kwargs: object) -> Scan:
        """Scan as Arrow does, with a reader that waits for nobody."""
        return Scan(super().scanner(*args, **kwargs))
