"""Alerts: what departed from its usual range, and what people do about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from sse_starlette import EventSourceResponse, ServerSentEvent

from salus.domain.alert import Alert as Known
from salus.domain.alert import Happening, Origin, Severity, Status
from salus.report.words import Words
from salus.service.follow_alerts import follow_alerts
from salus.service.handle_alert import handle_alert
from salus.service.live.people import AlertQuery, Handling, Step
from salus.service.see_alerts import see_alerts
from salus.web.alert_stream import changes, last_known
from salus.web.behind import behind
from salus.web.reader import Acting, Reads

router = APIRouter(prefix="/alerts", tags=["alerts"])

Key = Annotated[str, Path(max_length=200, description="key of the alert")]
QUANTITY = "LOINC code, or key of an indicator; `together-7` for the weekly ones together"
PING = 15
"""Seconds between two signs of life on a stream where nothing happens."""


class Note(BaseModel, extra="forbid"):
    """What a person says about an alert."""

    note: Annotated[str, Field(max_length=1000, examples=["the ward has been called"])] = ""


SILENT = Note()
"""What is said where no body is sent."""


class Event(BaseModel):
    """One row of an alert's history."""

    at: datetime
    who: Annotated[str, Field(examples=["anna"])]
    what: Happening
    note: str


class Alert(BaseModel):
    """A departure that people are told of."""

    id: str
    origin: Origin
    quantity: Annotated[str, Field(description=QUANTITY)]
    source: Annotated[str, Field(description="the device, or the region of an indicator")]
    place_id: str | None
    district_id: str | None
    severity: Severity
    reason: Annotated[str, Field(description="in the reader's language")]
    since: datetime
    ended: datetime | None
    status: Status
    history: list[Event]

    @classmethod
    def of(cls, alert: Known, words: Words) -> Self:
        """Show an alert in the reader's language."""
        series = alert.series
        return cls(
            id=alert.id,
            origin=alert.origin,
            quantity=series.quantity,
            source=series.source,
            place_id=series.place_id,
            district_id=series.district_id,
            severity=alert.severity,
            reason=words(alert.reason),
            since=alert.since,
            ended=alert.ended,
            status=alert.status,
            history=[
                Event(at=each.at, who=each.who, what=each.what, note=each.note)
                for each in alert.history
            ],
        )


class Alerts(BaseModel):
    """Alerts, the latest departure first."""

    alerts: list[Alert]


@router.get("")
@behind(see_alerts)
def get_alerts(
    context: Acting,
    words: Reads,
    status: Annotated[
        list[Status] | None,
        Query(max_length=3, description="how far they are; open and acknowledged by default"),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Alerts:
    """List the alerts of the own districts, the latest departure first."""
    asked = AlertQuery(frozenset(status), limit) if status else AlertQuery(limit=limit)
    return Alerts(alerts=[Alert.of(each, words) for each in see_alerts(context, asked)])


@router.get(
    "/stream",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
@behind(follow_alerts)
async def stream_alerts(request: Request, context: Acting, words: Reads) -> EventSourceResponse:
    """Follow what happens to alerts as server-sent events; `Last-Event-ID` resumes a stream.

    The first event is `ready`, and says from where on; each `alert` holds the alert as it is now.
    """
    begin, coming = await changes(request, context, last_known(request))

    async def events() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(event="ready", id=str(begin.position), data="{}")
        async for change in coming:
            shown = Alert.of(change.alert, words)
            yield ServerSentEvent(
                event="alert", id=str(change.position), data=shown.model_dump_json()
            )

    return EventSourceResponse(events(), ping=PING)


@router.post("/{alert}/acknowledge")
@behind(handle_alert)
def post_acknowledge(alert: Key, context: Acting, words: Reads, note: Note = SILENT) -> Alert:
    """Say that somebody looks after an alert."""
    return Alert.of(handle_alert(context, Handling(alert, Step.ACKNOWLEDGE, note.note)), words)


@router.post("/{alert}/close")
@behind(handle_alert)
def post_close(alert: Key, context: Acting, words: Reads, note: Note = SILENT) -> Alert:
    """Say that an alert needs nobody any more."""
    return Alert.of(handle_alert(context, Handling(alert, Step.CLOSE, note.note)), words)
