"""Check that the audit is as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import MismatchError
from salus.data.store.audit_log import AuditLog
from salus.service.guarded import guarded, itself
from salus.trust.audit import verify_chain
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.audit import AuditHead
    from salus.service.context import Context


@guarded(Permission.VERIFY_AUDIT, Kind.AUDIT, itself)
def verify_audit(context: Context, name: str) -> AuditHead:
    """Check every link of the audit, this check's own first line included.

    Parameters
    ----------
    context : Context
        What is in use.
    name : str
        Which audit; an installation has one.

    Returns
    -------
    AuditHead
        Where the audit ends: its length and last digest, to be noted elsewhere.

    Raises
    ------
    MismatchError
        With every place where the audit is not as it was written.
    ForbiddenError
        If the policy does not permit it.
    """
    del name  # the gate has used it
    log = AuditLog(context.store)
    entries, head = log.whole()
    faults = verify_chain(entries, head)
    if faults:
        raise MismatchError(*faults)
    return head
