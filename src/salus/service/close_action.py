"""Close the action of an alert, when the chart shows its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.domain.alert import Happening
from salus.monitor.improvement import effective
from salus.service.guarded import guarded, itself
from salus.service.live.changing import change_alert, event
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.alert import Alert
    from salus.service.context import Context


@guarded(Permission.CLOSE_ACTION, Kind.ALERT, itself)
def close_action(context: Context, alert: str) -> Alert:
    """Close the action of an alert, if the newest chart shows its effect.

    Parameters
    ----------
    context : Context
        What is in use.
    alert : str
        Key of the alert.

    Returns
    -------
    Alert
        With its action closed, and the effect that the chart shows.

    Raises
    ------
    InputError
        If there is no such alert with an open action, or the chart does not show its effect: the
        reason says what it shows instead.
    ForbiddenError
        If the policy does not permit it.
    """
    row = event(context.principal, context.clock.now(), Happening.ACTION_CLOSED)
    return change_alert(
        context.store, context.principal, alert, lambda found: effective(found, row)
    )
