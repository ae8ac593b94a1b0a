"""One way to write a value down, so that equal answers have equal bytes and equal hashes."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def canonical(document: Json) -> bytes:
    """Write a document as JSON with sorted keys and without spaces.

    Parameters
    ----------
    document : JSON value
        Finite numbers only; floats are written with their shortest exact digits.

    Returns
    -------
    bytes
        UTF-8.

    Raises
    ------
    ValueError
        If a number is infinite or not a number.

    Examples
    --------
    >>> canonical({"b": 1, "a": [0.1]})
    b'{"a":[0.1],"b":1}'
    """
    text = json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def digest(content: bytes) -> str:
    """Name a content by its SHA-256, in hexadecimal.

    Examples
    --------
    >>> digest(b"salus")[:12]
    'd9738f6fb917'
    """
    return hashlib.sha256(content).hexdigest()


def digest_file(path: Path) -> str:
    """Name the content of a file by its SHA-256, without reading it whole."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def finite(value: float | None) -> float | None:
    """Turn a number that JSON cannot hold into ``None``.

    Examples
    --------
    >>> finite(float("nan")) is None
    True
    """
    return value if value is not None and math.isfinite(value) else None
