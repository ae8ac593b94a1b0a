"""A recorded decision: what it was made from, by what, and what came out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from salus.core.canonical import canonical, digest
from salus.core.checks import named, within

if TYPE_CHECKING:
    from datetime import date, datetime

SHORT = 12


@dataclass(frozen=True, slots=True, order=True)
class LedgerInput:
    """One file a decision was made from.

    Parameters
    ----------
    name : str
        Where it belongs in the folder of inputs: a relative path with ``/``.
    sha256 : str
        Digest of its content, in hexadecimal.
    size : int
        Bytes.

    Raises
    ------
    ValueError
        If the name is empty or leads out of the folder.

    Examples
    --------
    >>> LedgerInput("../passwd", "ab" * 32, 1)
    Traceback (most recent call last):
    ValueError: input name must stay inside its folder, but is '../passwd'
    """

    name: str
    sha256: str
    size: int

    def __post_init__(self) -> None:
        """Refuse a name that would be written elsewhere."""
        named("input name", self.name)
        path = PurePosixPath(self.name)
        if path.is_absolute() or ".." in path.parts or "\\" in self.name:
            message = f"input name must stay inside its folder, but is {self.name!r}"
            raise ValueError(message)
        within("size", self.size, 0, unit="bytes")


@dataclass(frozen=True, slots=True)
class Origin:
    """The code that decides.

    Parameters
    ----------
    code_version : str
        Version of Salus.
    commit : str
        Commit it was built from; empty when it is not known.
    requirements_digest : str
        SHA-256 over the pinned requirements; empty when they are not known.
    """

    code_version: str
    commit: str
    requirements_digest: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One decision of the ledger.

    Parameters
    ----------
    position : int
        Place in the ledger, from 1.
    made_at : datetime
        When it was first made, in UTC.
    kind : str
        What was decided, such as ``"run_day"``.
    as_of : date or None
        Date the inputs speak of; ``None`` when no source has one.
    origin : Origin
        The code that decided.
    seed : int
        Seed of its random streams, 0 or more.
    parameters : str
        Canonical JSON of its settings.
    inputs : tuple of LedgerInput
        What it was made from, ordered by name.
    answer_digest : str
        SHA-256 of the canonical answer.

    Raises
    ------
    ValueError
        If the kind is empty or the seed negative.
    """

    position: int
    made_at: datetime
    kind: str
    as_of: date | None
    origin: Origin
    seed: int
    parameters: str
    inputs: tuple[LedgerInput, ...]
    answer_digest: str

    def __post_init__(self) -> None:
        """Refuse a nameless kind and a negative seed."""
        named("kind", self.kind)
        within("seed", self.seed, 0)

    @property
    def digest(self) -> str:
        """Return the SHA-256 over everything but the moment and the position."""
        content = {
            "kind": self.kind,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "origin": asdict(self.origin),
            "seed": self.seed,
            "parameters": self.parameters,
            "inputs": [asdict(item) for item in self.inputs],
            "answer": self.answer_digest,
        }
        return digest(canonical(content))

    @property
    def id(self) -> str:
        """Return the name of the decision: the same decision always has the same."""
        return self.digest[:SHORT]
