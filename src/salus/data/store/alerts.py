"""The alerts of a store, each with its history, written together with what they rest on."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from salus.core.canonical import canonical
from salus.core.message_json import read_message, write_message
from salus.data.store.live_tables import ACTION, ALERT, ALERT_EVENT
from salus.data.store.moments import written
from salus.domain.alert import (
    Action,
    Alert,
    AlertEvent,
    Evidence,
    Happening,
    Origin,
    SeriesKey,
    Severity,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import ColumnElement, Connection, RowMapping

    from salus.data.store.engine import Store


class Alerts:
    """The alerts of a store.

    Parameters
    ----------
    store : Store
        An open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> Alert | None:
        """Read one alert; ``None`` when there is none of this key."""
        with self._store.reading() as connection:
            return next(iter(read_alerts(connection, ALERT.c.id == key)), None)

    def listed(
        self, statuses: Collection[Status], districts: frozenset[str] | None, limit: int
    ) -> tuple[Alert, ...]:
        """List alerts, the newest first.

        Parameters
        ----------
        statuses : collection of Status
            How far they are.
        districts : frozenset of str or None
            Only those of these districts; ``None`` for all.
        limit : int
            At most how many, 1 or more.
        """
        chosen: ColumnElement[bool] = ALERT.c.status.in_([each.value for each in statuses])
        if districts is not None:
            chosen = chosen & ALERT.c.district_id.in_(sorted(districts))
        with self._store.reading() as connection:
            return read_alerts(connection, chosen, limit)

    def count(self) -> int:
        """Count all alerts."""
        with self._store.reading() as connection:
            return connection.scalar(select(func.count()).select_from(ALERT)) or 0


def read_alerts(
    connection: Connection, chosen: ColumnElement[bool], limit: int = 100_000
) -> tuple[Alert, ...]:
    """Read the alerts that a condition chooses, the latest departure first.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        In a transaction.
    chosen : sqlalchemy condition
        On the columns of ``ALERT``.
    limit : int
        At most how many.
    """
    query = select(ALERT).where(chosen).order_by(ALERT.c.since.desc(), ALERT.c.id).limit(limit)
    rows = connection.execute(query).mappings().all()
    keys = [row["id"] for row in rows]
    history: dict[str, list[AlertEvent]] = {key: [] for key in keys}
    events = select(ALERT_EVENT).where(ALERT_EVENT.c.alert_id.in_(keys)).order_by(ALERT_EVENT.c.id)
    for row in connection.execute(events).mappings():
        history[row["alert_id"]].append(_event(row))
    taken = connection.execute(select(ACTION).where(ACTION.c.alert_id.in_(keys))).mappings()
    actions = {row["alert_id"]: _action(row) for row in taken}
    return tuple(_alert(row, history[row["id"]], actions.get(row["id"])) for row in rows)


def keep_alerts(connection: Connection, alerts: Iterable[Alert]) -> None:
    """Write alerts as they are now; rows of a history that are there are left as they were.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        In a transaction that holds the write lock, in which the alerts were read.
    alerts : iterable of Alert
        New ones and changed ones.
    """
    for alert in alerts:
        values = _values(alert)
        changed = connection.execute(update(ALERT).where(ALERT.c.id == alert.id).values(values))
        if not changed.rowcount:
            connection.execute(insert(ALERT).values(id=alert.id, **values))
        mine = ALERT_EVENT.c.alert_id == alert.id
        known = connection.scalar(select(func.count()).select_from(ALERT_EVENT).where(mine)) or 0
        rows = [_event_values(alert.id, each) for each in alert.history[known:]]
        if rows:
            connection.execute(insert(ALERT_EVENT), rows)
        if alert.action is not None:
            connection.execute(delete(ACTION).where(ACTION.c.alert_id == alert.id))
            connection.execute(insert(ACTION).values(_action_values(alert.id, alert.action)))


def _values(alert: Alert) -> dict[str, object]:
    series = alert.series
    return {
        "origin": alert.origin.value,
        "quantity": series.quantity,
        "source": series.source,
        "place_id": series.place_id,
        "district_id": series.district_id,
        "severity": alert.severity.value,
        "reason": write_message(alert.reason),
        "since": written(alert.since),
        "ended": None if alert.ended is None else written(alert.ended),
        "status": alert.status.value,
        "evidence": None if alert.evidence is None else _evidence_text(alert.evidence),
    }


def _alert(row: RowMapping, history: list[AlertEvent], action: Action | None) -> Alert:
    return Alert(
        row["id"],
        Origin(row["origin"]),
        SeriesKey(row["quantity"], row["source"], row["place_id"], row["district_id"]),
        Severity(row["severity"]),
        read_message(row["reason"]),
        datetime.fromisoformat(row["since"]),
        datetime.fromisoformat(row["ended"]) if row["ended"] else None,
        Status(row["status"]),
        tuple(history),
        action,
        _evidence(row["evidence"]) if row["evidence"] else None,
    )


def _event(row: RowMapping) -> AlertEvent:
    return AlertEvent(
        datetime.fromisoformat(row["at"]), row["who"], Happening(row["what"]), row["note"]
    )


def _event_values(key: str, event: AlertEvent) -> dict[str, object]:
    return {
        "alert_id": key,
        "at": written(event.at),
        "who": event.who,
        "what": event.what.value,
        "note": event.note,
    }


def _action(row: RowMapping) -> Action:
    return Action(
        row["owner"],
        row["cause"],
        date.fromisoformat(row["due"]),
        date.fromisoformat(row["began"]),
        datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None,
        read_message(row["effect"]) if row["effect"] else None,
    )


def _action_values(key: str, action: Action) -> dict[str, object]:
    return {
        "alert_id": key,
        "owner": action.owner,
        "cause": action.cause,
        "due": action.due.isoformat(),
        "began": action.began.isoformat(),
        "closed_at": None if action.closed_at is None else written(action.closed_at),
        "effect": None if action.effect is None else write_message(action.effect),
    }


def _evidence_text(evidence: Evidence) -> str:
    document: dict[str, Any] = {
        "as_of": evidence.as_of.isoformat(),
        "until": evidence.until.isoformat(),
        "lasting": evidence.lasting,
        "settled": evidence.settled,
        "period_days": evidence.period_days,
    }
    return canonical(document).decode()


def _evidence(text: str) -> Evidence:
    held = json.loads(text)
    return Evidence(
        date.fromisoformat(held["as_of"]),
        date.fromisoformat(held["until"]),
        held["lasting"],
        held["settled"],
        held["period_days"],
    )
