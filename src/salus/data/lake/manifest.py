"""What a table of a lake consists of: its schema, and each part with its digest; kept sealed."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from salus.core.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.core.canonical import Json


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table.

    Parameters
    ----------
    name : str
        What the writer calls it.
    file : str
        Name of the file; no two are ever the same.
    rows, size : int
        Rows, and bytes.
    sha256 : str
        Of the whole file, in hexadecimal.
    footer : str
        SHA-256 of the file's footer alone, which names the keys of all its pages: read at every
        opening, where the whole file is read only when it is checked.
    """

    name: str
    file: str
    rows: int
    size: int
    sha256: str
    footer: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a table.

    Parameters
    ----------
    schema : pyarrow.Schema
        Of every part, with the sensitivity of each field.
    parts : tuple of Part
        In the order of their names.

    Examples
    --------
    >>> schema = pa.schema([("beds", pa.int64())])
    >>> manifest = Manifest(schema, ()).with_part(Part("1", "1-a.parquet", 3, 90, "", ""))
    >>> read_manifest(write_manifest(manifest)) == manifest
    True
    """

    schema: pa.Schema
    parts: tuple[Part, ...] = field(default=())

    def part(self, name: str) -> Part | None:
        """Find a part by what the writer calls it."""
        return next((part for part in self.parts if part.name == name), None)

    def with_part(self, part: Part) -> Manifest:
        """Return the manifest with a part in the place of the one of its name."""
        others = (each for each in self.parts if each.name != part.name)
        return Manifest(self.schema, tuple(sorted((*others, part), key=lambda each: each.name)))


def write_manifest(manifest: Manifest) -> bytes:
    """Write a manifest as a JSON document, to be sealed."""
    schema = base64.b64encode(manifest.schema.serialize().to_pybytes()).decode()
    parts: Sequence[Json] = [
        {
            "name": part.name,
            "file": part.file,
            "rows": part.rows,
            "size": part.size,
            "sha256": part.sha256,
            "footer": part.footer,
        }
        for part in manifest.parts
    ]
    return canonical({"format": "salus-lake/1", "schema": schema, "parts": parts})


def read_manifest(document: bytes) -> Manifest:
    """Read a manifest that was sealed, and is therefore as it was written."""
    read = json.loads(document)
    schema = pa.ipc.read_schema(pa.py_buffer(base64.b64decode(read["schema"])))
    return Manifest(schema, tuple(Part(**part) for part in read["parts"]))
