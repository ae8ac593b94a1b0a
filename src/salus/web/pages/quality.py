"""Quality: which indicator left its usual range, since when, and what is done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel
from starlette.responses import HTMLResponse, RedirectResponse, Response

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.domain.alert import Origin
from salus.report.words import Words
from salus.service.close_action import close_action
from salus.service.context import Context
from salus.service.guarded import permits
from salus.service.handle_alert import handle_alert
from salus.service.list_plans import list_plans
from salus.service.live.people import ActionRequest, AlertQuery, Handling, Step
from salus.service.open_action import open_action
from salus.service.see_alerts import see_alerts
from salus.service.see_plan import see_plan
from salus.trust.permission import Kind, Permission, Resource
from salus.web.behind import behind
from salus.web.closed import closed
from salus.web.door import door_of
from salus.web.errors import status_of
from salus.web.pages.alert_view import AlertView, alert_view
from salus.web.pages.quality_view import COLUMNS, QualityView, indicators
from salus.web.pages.regions import Regions, regions_of, remember
from salus.web.pages.standing import Standing, standing
from salus.web.reader import Acting, Reads
from salus.web.shelf import Part, Shelf
from salus.web.templates import show

router = APIRouter()


class Agreed(BaseModel):
    """What a form says that was agreed on."""

    owner: str
    cause: str
    due: str

    def request(self, alert: str) -> ActionRequest:
        """Read it, and raise what cannot be read."""
        try:
            return ActionRequest(alert, self.owner, self.cause, date.fromisoformat(self.due))
        except ValueError as error:
            what, remedy = say("not a date"), say("write it like 2026-06-27")
            raise InputError(Fault(what, Where(say("due")), remedy)) from error


@router.get("/quality")
@behind(list_plans, see_plan, see_alerts)
def quality(request: Request, context: Acting, words: Reads) -> HTMLResponse:
    """Show what is watched."""
    plans_not = closed(context, Permission.LIST_PLANS, Kind.DECISION, "all")
    regions = Regions() if plans_not else regions_of(request, context)
    view = _view(context, door_of(request).shelf, words, regions)
    page = show(request, "quality.html.j2", {"view": view})
    remember(request, page, regions)
    return page


@router.post("/quality/alerts/{alert}/acknowledge")
@behind(handle_alert)
def acknowledge(request: Request, context: Acting, words: Reads, alert: str) -> Response:
    """Say that somebody looks after a signal."""
    try:
        handle_alert(context, Handling(alert, Step.ACKNOWLEDGE))
    except InputError as error:
        return _refused(request, context, words, error)
    return RedirectResponse("/quality#actions", 303)


@router.post("/quality/alerts/{alert}/action")
@behind(open_action)
def act(
    request: Request,
    context: Acting,
    words: Reads,
    alert: str,
    agreed: Annotated[Agreed, Form()],
) -> Response:
    """Open an action on a signal."""
    try:
        open_action(context, agreed.request(alert))
    except InputError as error:
        return _refused(request, context, words, error)
    return RedirectResponse("/quality#actions", 303)


@router.post("/quality/alerts/{alert}/action/close")
@behind(close_action)
def close(request: Request, context: Acting, words: Reads, alert: str) -> Response:
    """Close an action, where the chart shows its effect."""
    try:
        close_action(context, alert)
    except InputError as error:
        return _refused(request, context, words, error)
    return RedirectResponse("/quality#actions", 303)


def _view(context: Context, shelf: Shelf, words: Words, regions: Regions) -> QualityView:
    plans_not = closed(context, Permission.LIST_PLANS, Kind.DECISION, "all")
    found = standing(context, shelf, words, regions.newest)
    part = None if found is None else found.told.part("signals")
    nothing = plans_not or (
        say("Nothing has been planned yet; quality is watched with the first plan.")
        if found is None
        else say(
            "{region} has no records of patients, so no quality is watched. The synthetic city "
            "has them.",
            region=found.region,
        )
    )
    signals_not = closed(context, Permission.SEE_ALERTS, Kind.ALERT, "all")
    view = QualityView(
        words.say("Quality of care"),
        "" if found is None else found.as_of,
        synthetic=found is not None and found.synthetic,
        sentences=(),
        lines=(),
        charts=(),
        tables=(),
        files="",
        empty=words(nothing),
        signals=() if signals_not else _signals(context, words),
        signals_closed=words(signals_not) if signals_not else "",
        may_act=permits(context, Permission.OPEN_ACTION, Resource(Kind.ALERT, "all")),
        regions=regions.choices,
    )
    return view if found is None or part is None else _watched(view, found, part, words)


def _watched(view: QualityView, found: Standing, part: Part, words: Words) -> QualityView:
    table = next((each for each in part.tables if len(each.grid.columns) == COLUMNS), None)
    return replace(
        view,
        title=part.title,
        sentences=part.sentences,
        lines=() if table is None else indicators(table.grid, words),
        charts=part.charts,
        tables=tuple(each for each in part.tables if each is not table),
        files=found.files,
        empty="",
    )


def _signals(context: Context, words: Words) -> tuple[AlertView, ...]:
    found = see_alerts(context, AlertQuery())
    today = context.clock.now().date()
    return tuple(
        alert_view(alert, today, words) for alert in found if alert.origin is Origin.SIGNAL
    )


def _refused(request: Request, context: Context, words: Words, error: InputError) -> HTMLResponse:
    fault = "\n".join(words.fault(each) for each in error.faults)
    plans_not = closed(context, Permission.LIST_PLANS, Kind.DECISION, "all")
    regions = Regions() if plans_not else regions_of(request, context)
    view = replace(_view(context, door_of(request).shelf, words, regions), fault=fault)
    return show(request, "quality.html.j2", {"view": view}, status_of(error))
