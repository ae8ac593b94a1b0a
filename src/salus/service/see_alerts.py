"""See the alerts and their history."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from salus.data.store.alerts import Alerts
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.alert import Alert
    from salus.service.context import Context
    from salus.service.live.people import AlertQuery


@guarded(Permission.SEE_ALERTS, Kind.ALERT, attrgetter("key"))
def see_alerts(context: Context, query: AlertQuery) -> tuple[Alert, ...]:
    """List alerts, the latest departure first.

    Parameters
    ----------
    context : Context
        What is in use; a principal that has districts sees the alerts of those only.
    query : AlertQuery
        Which alerts.

    Returns
    -------
    tuple of Alert

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    districts = context.principal.districts
    return Alerts(context.store).listed(query.statuses, districts, query.limit)
