"""See a plan that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.reports import Kept, Reports
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context

NO_ID = "-"
"""In the audit, in place of what is no id of a decision."""


def decision_key(decision: str) -> str:
    """Name a decision for the audit, or say that what was sent is no id.

    Examples
    --------
    >>> decision_key("6a288c7ad697"), decision_key("../objects")
    ('6a288c7ad697', '-')
    """
    return decision if decision.isalnum() and decision.isascii() else NO_ID


@guarded(Permission.SEE_PLAN, Kind.DECISION, decision_key)
def see_plan(context: Context, decision: str) -> Kept:
    """See a plan that is kept, with its tables and pages; advice for patients lies apart.

    Parameters
    ----------
    context : Context
        What is in use.
    decision : str
        Id of the decision, whole.

    Returns
    -------
    Kept

    Raises
    ------
    NotFoundError
        If no plan of this decision is kept.
    ForbiddenError
        If the policy does not permit it.
    """
    return Reports(context.settings.home).find(decision)
