"""The first page: what needs a decision now, where, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from salus.core.messages import say
from salus.service.list_plans import list_plans
from salus.service.see_alerts import see_alerts
from salus.service.see_plan import see_plan
from salus.trust.permission import Kind, Permission
from salus.web.behind import behind
from salus.web.closed import closed
from salus.web.door import door_of
from salus.web.pages.alerts import open_alerts
from salus.web.pages.regions import RegionChoice, Regions, regions_of, remember
from salus.web.pages.standing import Standing, standing
from salus.web.reader import Acting, Reads
from salus.web.templates import show

if TYPE_CHECKING:
    from salus.core.messages import Message
    from salus.report.worded import WordedTile
    from salus.report.words import Words
    from salus.service.context import Context
    from salus.web.pages.alert_view import AlertsView
    from salus.web.shelf import Picture, Table

router = APIRouter()


@dataclass(frozen=True, slots=True)
class CityPlan:
    """What the newest plan shows of the city.

    Parameters
    ----------
    tiles : tuple of WordedTile
        Figures above the fold.
    map : Picture or None
        Districts by coverage, facilities by load, flows.
    sentences : tuple of str
        What needs a decision, and why.
    tables : tuple of Table
        The tables beside the map.
    address, files : str
        The page of the plan, and the folder of its files.
    """

    tiles: tuple[WordedTile, ...]
    map: Picture | None
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    address: str
    files: str


@dataclass(frozen=True, slots=True)
class CityView:
    """What the page shows.

    Parameters
    ----------
    title : str
        What needs a decision now.
    as_of : str
        Which region this is, and how old what is known.
    synthetic : bool
        Whether the city was made up.
    plan : CityPlan or None
        The newest plan; ``None`` before the first.
    alerts, alerts_closed : AlertsView or None, str
        The alerts that are not closed, or why they are not shown.
    regions : tuple of RegionChoice
        What else may be shown.
    plans_closed : bool
        Whether the reader may see no plan, whatever was planned.
    """

    title: str
    as_of: str
    synthetic: bool
    plan: CityPlan | None
    alerts: AlertsView | None
    alerts_closed: str
    regions: tuple[RegionChoice, ...]
    plans_closed: bool


@router.get("/")
@behind(list_plans, see_plan, see_alerts)
def city(request: Request, context: Acting, words: Reads) -> HTMLResponse:
    """Show the city."""
    plans_not = closed(context, Permission.LIST_PLANS, Kind.DECISION, "all")
    regions = Regions() if plans_not else regions_of(request, context)
    found = standing(context, door_of(request).shelf, words, regions.newest)
    view = _view(context, words, found, plans_not, regions)
    page = show(request, "city.html.j2", {"view": view})
    remember(request, page, regions)
    return page


def _view(
    context: Context,
    words: Words,
    found: Standing | None,
    plans_not: Message | None,
    regions: Regions,
) -> CityView:
    alerts_not = closed(context, Permission.SEE_ALERTS, Kind.ALERT, "all")
    nothing = plans_not or say("Nothing has been planned yet.")
    return CityView(
        words.say("The city") if found is None else found.finding,
        words(nothing) if found is None else found.as_of,
        synthetic=found is not None and found.synthetic,
        plan=None if found is None else _plan(found),
        alerts=None if alerts_not else open_alerts(context, words),
        alerts_closed=words(alerts_not) if alerts_not else "",
        regions=regions.choices,
        plans_closed=plans_not is not None,
    )


def _plan(found: Standing) -> CityPlan:
    places, decision = found.told.part("places"), found.told.part("decision")
    charts = places.charts if places else ()
    return CityPlan(
        found.told.tiles,
        charts[0] if charts else None,
        decision.sentences if decision else (),
        places.tables if places else (),
        found.address,
        found.files,
    )
