"""The alerts of the city page: read again whenever something happens to one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from salus.core.errors import InputError
from salus.report.words import Words
from salus.service.context import Context
from salus.service.handle_alert import handle_alert
from salus.service.live.people import LONGEST_NOTE, AlertQuery, Handling, Step
from salus.service.see_alerts import see_alerts
from salus.web.behind import behind
from salus.web.pages.alert_view import AlertsFrame, AlertsView, alerts_view
from salus.web.reader import Acting, Reads
from salus.web.templates import show

router = APIRouter()


@router.get("/alerts")
@behind(see_alerts)
def alerts(request: Request, context: Acting, words: Reads) -> HTMLResponse:
    """Show the alerts alone, for the page that holds them."""
    return show(request, "alerts.html.j2", {"view": AlertsFrame(open_alerts(context, words))})


@router.post("/alerts/{alert}")
@behind(handle_alert, see_alerts)
def handle(
    request: Request,
    context: Acting,
    words: Reads,
    *,
    alert: str,
    step: Annotated[Step, Form()],
    note: Annotated[str, Form(max_length=LONGEST_NOTE)] = "",
) -> Response:
    """Acknowledge or close an alert; a script gets the list, anybody else the page.

    Parameters
    ----------
    request : Request
        Which asks.
    context : Context
        What is in use, acting for the reader.
    words : Words
        The reader's language.
    alert : str
        Key of the alert.
    step : Step
        What is done with it.
    note : str
        What the reader says about it.
    """
    fault = ""
    try:
        handle_alert(context, Handling(alert, step, note))
    except InputError as error:
        fault = "\n".join(words.fault(each) for each in error.faults)
    if request.headers.get("hx-request"):
        view = AlertsFrame(open_alerts(context, words, fault))
        return show(request, "alerts.html.j2", {"view": view})
    return RedirectResponse("/", 303)


def open_alerts(context: Context, words: Words, fault: str = "") -> AlertsView:
    """Read the alerts that are not closed."""
    found = see_alerts(context, AlertQuery())
    return alerts_view(found, context.clock.now(), words, fault)
