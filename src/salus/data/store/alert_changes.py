"""What happened to alerts since somebody last looked, in the order it was written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from salus.data.store.alerts import read_alerts
from salus.data.store.live_tables import ALERT, ALERT_EVENT

if TYPE_CHECKING:
    from salus.data.store.engine import Store
    from salus.domain.alert import Alert

MOST = 200
"""Changes that are read at once."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to an alert.

    Parameters
    ----------
    position : int
        Where it stands among all that happened; the next one has a larger number.
    alert : Alert
        As it is now.
    """

    position: int
    alert: Alert


@dataclass(slots=True)
class AlertChanges:
    """Reads on from a position, each change once.

    Parameters
    ----------
    store : Store
        An open store.
    districts : frozenset of str or None
        Only alerts of these; ``None`` for all.
    position : int
        The last change that is known already.
    """

    store: Store
    districts: frozenset[str] | None
    position: int

    def new(self) -> tuple[Change, ...]:
        """Return what happened since the last call, and remember that it is known now."""
        with self.store.reading() as connection:
            query = (
                select(ALERT_EVENT.c.id, ALERT_EVENT.c.alert_id)
                .where(ALERT_EVENT.c.id > self.position)
                .order_by(ALERT_EVENT.c.id)
                .limit(MOST)
            )
            rows = connection.execute(query).all()
            if not rows:
                return ()
            # Of an alert to which several things happened, the last change tells all.
            last = {row.alert_id: row.id for row in rows}
            found = read_alerts(connection, ALERT.c.id.in_(sorted(last)))
        self.position = rows[-1].id
        mine = [each for each in found if self._sees(each)]
        changes = [Change(last[alert.id], alert) for alert in mine]
        return tuple(sorted(changes, key=lambda change: change.position))

    def _sees(self, alert: Alert) -> bool:
        return self.districts is None or alert.district_id in self.districts


def newest_change(store: Store) -> int:
    """Return the position of the newest change; 0 when nothing has happened yet."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(ALERT_EVENT.c.id))) or 0
