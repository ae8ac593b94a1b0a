"""Acknowledge or close an alert."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from salus.domain.alert import Happening
from salus.monitor.alerts import acknowledged, closed
from salus.service.guarded import guarded
from salus.service.live.changing import change_alert, event
from salus.service.live.people import Step
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.alert import Alert
    from salus.service.context import Context
    from salus.service.live.people import Handling


@guarded(Permission.HANDLE_ALERT, Kind.ALERT, attrgetter("alert"))
def handle_alert(context: Context, handling: Handling) -> Alert:
    """Acknowledge or close an alert; who did it stands in its history.

    Parameters
    ----------
    context : Context
        What is in use.
    handling : Handling
        Which alert, and what is done with it.

    Returns
    -------
    Alert
        As it is now.

    Raises
    ------
    InputError
        If there is no such alert in the districts of this principal, or it cannot be done.
    ForbiddenError
        If the policy does not permit it.
    """
    acknowledge = handling.step is Step.ACKNOWLEDGE
    what = Happening.ACKNOWLEDGED if acknowledge else Happening.CLOSED
    row = event(context.principal, context.clock.now(), what, handling.note)
    change = acknowledged if acknowledge else closed
    return change_alert(
        context.store, context.principal, handling.alert, lambda alert: change(alert, row)
    )
