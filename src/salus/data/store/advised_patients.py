"""What was advised for the patients of a day: the one place where it is written to disk and read.

With a seal the file is encrypted; see :class:`Seal`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from salus.core.canonical import canonical
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from salus.core.canonical import Json

KIND = Sensitivity.SENSITIVE
"""Of which class the key is."""


class Seal(Protocol):
    """Encrypts what must not be read on a disk, and opens it again."""

    def seal(self, kind: Sensitivity, plaintext: bytes, *, bound_to: str) -> bytes:
        """Encrypt a content, bound to the name of where it lies."""

    def open(self, kind: Sensitivity, sealed: bytes, *, bound_to: str) -> bytes:
        """Decrypt a content that is bound to a name."""


@dataclass(frozen=True, slots=True, eq=False)
class KeptPatient:
    """What was advised for one patient.

    Parameters
    ----------
    patient : str
        Keyed pseudonym.
    district_id : str or None
        Where the patient lives, when known.
    synthetic : bool
        Whether this person was made up.
    summary : mapping of str to str
        By language: who it is about, in a few words without a name.
    sections : mapping of str to mapping
        By language: what is shown, as a section of a report.
    options : sequence of mapping
        The rows of the table of advice.
    """

    patient: str
    district_id: str | None
    synthetic: bool
    summary: Mapping[str, str]
    sections: Mapping[str, Mapping[str, Json]]
    options: Sequence[Mapping[str, Json]]


def write_patients(
    path: Path, decision: str, patients: Iterable[KeptPatient], seal: Seal | None
) -> None:
    """Write what was advised.

    Parameters
    ----------
    path : Path
        The file, which only its owner may read.
    decision : str
        Id of the decision, which a sealed file is bound to.
    patients : iterable of KeptPatient
        Everybody who was advised.
    seal : Seal or None
        What encrypts it.
    """
    content = canonical([_document(patient) for patient in patients])
    path.touch(mode=0o600)
    path.write_bytes(
        content if seal is None else seal.seal(KIND, content, bound_to=_bound(decision))
    )


def read_patients(path: Path, decision: str, seal: Seal | None) -> tuple[KeptPatient, ...]:
    """Read what was advised; nobody, when there is no file.

    Parameters
    ----------
    path : Path
        As it was written.
    decision : str
        Id of the decision.
    seal : Seal or None
        What encrypted it.

    Returns
    -------
    tuple of KeptPatient
    """
    if not path.is_file():
        return ()
    content = path.read_bytes()
    opened = content if seal is None else seal.open(KIND, content, bound_to=_bound(decision))
    return tuple(KeptPatient(**each) for each in json.loads(opened))


def _document(patient: KeptPatient) -> dict[str, Json]:
    return {name: getattr(patient, name) for name in KeptPatient.__dataclass_fields__}


def _bound(decision: str) -> str:
    return f"reports/{decision}/patients"
