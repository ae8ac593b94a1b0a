"""See the newest lines of the audit."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.data.store.audit_log import AuditLog
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.audit import AuditEntry
    from salus.service.context import Context

MOST = 1000


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which lines of the audit somebody wants to see.

    Parameters
    ----------
    count : int
        How many of the newest, 1 to 1,000.
    name : str
        Which audit; an installation has one.

    Raises
    ------
    ValueError
        If the count is out of its range.
    """

    count: int = 200
    name: str = "audit"

    def __post_init__(self) -> None:
        """Refuse to count to nothing, or to read the whole."""
        within("count", self.count, 1, MOST, "lines")


@guarded(Permission.READ_AUDIT, Kind.AUDIT, attrgetter("name"))
def read_audit(context: Context, query: AuditQuery) -> tuple[AuditEntry, ...]:
    """See who asked for what, and what came of it.

    Parameters
    ----------
    context : Context
        What is in use.
    query : AuditQuery
        Which lines.

    Returns
    -------
    tuple of AuditEntry
        The newest first, this question's own first line among them. Whether they are genuine is
        the question of :func:`salus.service.verify_audit.verify_audit`.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    return AuditLog(context.store).newest(query.count)
