"""List the plans that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.reports import Kept, Reports
from salus.service.guarded import guarded, itself
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.LIST_PLANS, Kind.DECISION, itself)
def list_plans(context: Context, which: str) -> tuple[Kept, ...]:
    """List the plans that are kept, the newest first.

    Parameters
    ----------
    context : Context
        What is in use.
    which : str
        How the audit calls what is listed, such as ``"all"``.

    Returns
    -------
    tuple of Kept

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    del which  # the gate has used it
    return Reports(context.settings.home).latest()
