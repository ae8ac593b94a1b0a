"""What the audit keeps about one use of Salus: the gate seals it, the store writes it down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of an audit: its last entry, or the place before the first one.

    Parameters
    ----------
    sequence : int
        Number of the last entry; 0 before the first one.
    digest : str
        Digest of the last entry, 64 hexadecimal digits; zeros before the first one.
    """

    sequence: int
    digest: str


START = AuditHead(0, "0" * 64)
"""The head of an audit without entries."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit, as it was written down.

    Nothing is checked here, so that a line somebody tampered with can still be read and named;
    whether it is genuine is the question of :func:`salus.trust.audit.verify_chain`.

    Parameters
    ----------
    sequence : int
        Number of the entry, from 1, without gaps.
    at : str
        Moment, ISO 8601 in UTC with microseconds.
    principal, role : str
        Who asked, and as what.
    permission : str
        What was asked for, as named in :class:`salus.trust.permission.Permission`.
    resource : str
        On what, as ``Kind::id``.
    outcome : str
        What came of it, as named in :class:`salus.trust.audit.Outcome`.
    detail : str
        Canonical JSON of a flat object; never a patient's value.
    previous : str
        Digest of the entry before.
    digest : str
        SHA-256 over everything above.
    """

    sequence: int
    at: str
    principal: str
    role: str
    permission: str
    resource: str
    outcome: str
    detail: str
    previous: str
    digest: str

    @property
    def head(self) -> AuditHead:
        """Return the head of an audit that ends with this entry."""
        return AuditHead(self.sequence, self.digest)
