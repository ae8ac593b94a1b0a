"""The tables of live readings and of alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Float, ForeignKey, Index, LargeBinary, Table, Text, UniqueConstraint

from salus.data.store.schema import METADATA, WHOLE, plain
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine


def sensitive(name: str, type_: TypeEngine[Any], *, optional: bool = False) -> Column[Any]:
    """Describe a column that says something about a person once it is known whose it is.

    Examples
    --------
    >>> sensitive("value", Float()).info["sensitivity"].value
    'sensitive'
    """
    return Column(name, type_, nullable=optional, info={"sensitivity": Sensitivity.SENSITIVE})


READING = Table(
    "reading",
    METADATA,
    plain("position", WHOLE, key=True),
    plain("source", Text()),
    plain("sequence", WHOLE),
    plain("quantity", Text()),
    plain("measured_ms", WHOLE),
    sensitive("value", Float()),
    plain("unit", Text()),
    plain("place_id", Text(), optional=True),
    plain("district_id", Text(), optional=True),
    plain("received_ms", WHOLE),
    UniqueConstraint("source", "sequence", name="uq_reading_source"),
)
"""Readings in the order they were stored; moments in milliseconds since 1970, UTC."""

REFUSED = Table(
    "refused_message",
    METADATA,
    plain("id", WHOLE, key=True),
    plain("at", Text()),
    plain("channel", Text()),
    plain("source", Text(), optional=True),
    plain("size", WHOLE),
    plain("reason", Text()),
)
"""The newest messages that were refused: which source sent them and why, never what they held."""

CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    plain("detector", Text(), key=True),
    plain("position", WHOLE),
    plain("saved_at", Text()),
    sensitive("state", LargeBinary()),
)
"""How far a detector has read, and what it knows by then."""

ALERT = Table(
    "alert",
    METADATA,
    plain("id", Text(), key=True),
    plain("origin", Text()),
    plain("quantity", Text()),
    plain("source", Text()),
    plain("place_id", Text(), optional=True),
    plain("district_id", Text(), optional=True),
    plain("severity", Text()),
    sensitive("reason", Text()),
    plain("since", Text()),
    plain("ended", Text(), optional=True),
    plain("status", Text()),
    plain("evidence", Text(), optional=True),
    Index("ix_alert_status", "status"),
)
"""The alerts, as :class:`salus.domain.alert.Alert` names them."""

ALERT_EVENT = Table(
    "alert_event",
    METADATA,
    plain("id", WHOLE, key=True),
    plain("alert_id", Text(), ForeignKey("alert.id")),
    plain("at", Text()),
    plain("who", Text()),
    plain("what", Text()),
    sensitive("note", Text()),
    Index("ix_alert_event_alert_id", "alert_id"),
)
"""The history of each alert: who did what and when."""

ACTION = Table(
    "action",
    METADATA,
    plain("alert_id", Text(), ForeignKey("alert.id"), key=True),
    plain("owner", Text()),
    plain("cause", Text()),
    plain("due", Text()),
    plain("began", Text()),
    plain("closed_at", Text(), optional=True),
    plain("effect", Text(), optional=True),
)
"""What is done about an alert, by whom and until when."""
