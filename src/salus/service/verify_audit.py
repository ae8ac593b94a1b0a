"""Check that the audit is as it was written, and the ledger as it was seen then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.service.guarded import guarded, itself
from salus.service.witness import check_record
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.audit import AuditHead
    from salus.service.context import Context


@guarded(Permission.VERIFY_AUDIT, Kind.AUDIT, itself)
def verify_audit(context: Context, name: str) -> AuditHead:
    """Check every link of the audit, this check's own first line included, and the ledger by it.

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
        With every place where the audit is not as it was written, or else every decision that
        was altered, removed or added.
    ForbiddenError
        If the policy does not permit it.
    """
    del name  # the gate has used it
    return check_record(context.store)
