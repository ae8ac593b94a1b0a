"""A load of records: what was taken in under which name, and from what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import within

if TYPE_CHECKING:
    from datetime import datetime

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""How a load may be called: it names a folder, and stands in the audit."""


@dataclass(frozen=True, slots=True)
class Load:
    """A load of records that is kept.

    Parameters
    ----------
    name : str
        What it is called: small letters, digits, dash, underscore; at most 64.
    digest : str
        SHA-256 of everything it was read from, in hexadecimal.
    loaded_at : datetime
        When, with a zone.
    files, resources, rows, quarantined : int
        What was read, and what became of it.

    Raises
    ------
    ValueError
        If the name is none, or a count is negative.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> Load("clinic", "ab", datetime(2026, 1, 1, tzinfo=UTC), 1, 9, 10, 0).rows
    10
    """

    name: str
    digest: str
    loaded_at: datetime
    files: int
    resources: int
    rows: int
    quarantined: int

    def __post_init__(self) -> None:
        """Refuse a load that cannot be."""
        if not NAME.fullmatch(self.name):
            message = "a load must have a name of small letters, digits, dashes or underscores"
            raise ValueError(message)
        for field in ("files", "resources", "rows", "quarantined"):
            within(field, getattr(self, field), 0)
