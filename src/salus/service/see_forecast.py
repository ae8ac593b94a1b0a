"""See the forecast of a plan that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.reports import Kept, Reports
from salus.service.guarded import guarded
from salus.service.see_plan import decision_key
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.SEE_FORECAST, Kind.DECISION, decision_key)
def see_forecast(context: Context, decision: str) -> Kept:
    """See the forecast that a plan was made with.

    Parameters
    ----------
    context : Context
        What is in use.
    decision : str
        Id of the decision, whole.

    Returns
    -------
    Kept
        Whose ``forecast`` is meant.

    Raises
    ------
    NotFoundError
        If no plan of this decision is kept.
    ForbiddenError
        If the policy does not permit it.
    """
    return Reports(context.settings.home).find(decision)
