"""Change one alert of a person's districts, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.alerts import keep_alerts, read_alerts
from salus.data.store.live_tables import ALERT
from salus.domain.alert import AlertEvent
from salus.service.live.people import mine

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from salus.data.store.engine import Store
    from salus.domain.alert import Alert, Happening
    from salus.trust.permission import Principal


def change_alert(
    store: Store, principal: Principal, key: str, change: Callable[[Alert], Alert]
) -> Alert:
    """Read an alert, change it and write it back, so that two people cannot cross.

    Parameters
    ----------
    store : Store
        Where it is.
    principal : Principal
        Who asks.
    key : str
        Which alert.
    change : callable
        Gives the alert as it is afterwards, or refuses.

    Returns
    -------
    Alert

    Raises
    ------
    InputError
        If there is no such alert for this principal, or the change is refused.
    """
    with store.writing() as connection:
        found = next(iter(read_alerts(connection, ALERT.c.id == key, 1)), None)
        alert = change(mine(found, key, principal))
        keep_alerts(connection, [alert])
    return alert


def event(principal: Principal, now: datetime, what: Happening, note: str = "") -> AlertEvent:
    """Write the row of the history that says who did what."""
    return AlertEvent(now, principal.id, what, note)
