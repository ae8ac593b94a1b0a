"""See the lines of the audit, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.data.store.audit_log import AuditLog
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import datetime

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
    before : int
        Only lines with a smaller number, to turn the page; 0 for the newest.
    principal, permission, outcome : str
        Only lines that have it; empty for all.
    resource : str
        Only lines whose resource begins so, such as ``Account::``; empty for all.
    since : datetime or None
        Only lines from this moment on, with its time zone.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """

    count: int = 200
    name: str = "audit"
    before: int = 0
    principal: str = ""
    permission: str = ""
    outcome: str = ""
    resource: str = ""
    since: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse to count to nothing, or to read the whole."""
        within("count", self.count, 1, MOST, "lines")
        within("before", self.before, 0)


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
    wanted = {
        name: text
        for name in ("principal", "permission", "outcome")
        if (text := getattr(query, name))
    }
    log = AuditLog(context.store)
    return log.newest(
        query.count, before=query.before, like=query.resource, since=query.since, **wanted
    )
