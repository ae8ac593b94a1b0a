"""One plan: what to decide, why, what if, and what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, HTMLResponse

from salus.core.errors import Fault, NotFoundError, Where
from salus.core.messages import say
from salus.service.see_forecast import see_forecast
from salus.service.see_plan import see_plan
from salus.web.behind import behind
from salus.web.door import door_of
from salus.web.pages.standing import planned
from salus.web.reader import Acting, Reads
from salus.web.templates import show

if TYPE_CHECKING:
    from pathlib import Path

    from salus.report.worded import WordedTile
    from salus.web.shelf import Part

router = APIRouter()

OPEN = frozenset({"scenarios", "methods", "worth"})
"""Parts that compare and give reasons: they are open from the beginning."""

TABLE = re.compile(r"[a-z_]{1,40}\.(csv|parquet)")


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What the page of a plan shows.

    Parameters
    ----------
    title, as_of : str
        What needs a decision; which region, and how old what is known.
    synthetic : bool
        Whether the region was made up.
    tiles : tuple of WordedTile
        The few figures above the fold.
    first : Part or None
        What to decide.
    open, folded : tuple of Part
        Scenarios, methods and what a bed is worth; and the rest, which a click opens.
    files : str
        Where its files are.
    replay : str
        How it is rebuilt.
    """

    title: str
    as_of: str
    synthetic: bool
    tiles: tuple[WordedTile, ...]
    first: Part | None
    open: tuple[Part, ...]
    folded: tuple[Part, ...]
    files: str
    replay: str


@router.get("/plan/{decision}")
@behind(see_plan)
def decision(request: Request, context: Acting, words: Reads, decision: str) -> HTMLResponse:
    """Show a plan.

    Parameters
    ----------
    request : Request
        Which asks.
    context : Context
        What is in use, acting for the reader.
    words : Words
        The reader's language.
    decision : str
        Id of its decision.
    """
    found = planned(context, door_of(request).shelf, words, decision)
    first = found.told.part("decision")
    others = [part for part in found.told.parts if part is not first]
    view = DecisionView(
        found.finding,
        found.as_of,
        found.synthetic,
        found.told.tiles,
        first,
        tuple(part for part in others if part.id in OPEN),
        tuple(part for part in others if part.id not in OPEN),
        found.files,
        words.say("{command} rebuilds this decision.", command=f"salus replay {found.decision}"),
    )
    return show(request, "decision.html.j2", {"view": view})


@router.get("/plan/{decision}/files/report.html")
@behind(see_plan)
def report(context: Acting, words: Reads, decision: str) -> FileResponse:
    """Hand out the report as one page, in the reader's language."""
    return _file(see_plan(context, decision).report(words.lang), f"salus-{decision}.html")


@router.get("/plan/{decision}/files/plan.json")
@behind(see_plan)
def plan_json(context: Acting, decision: str) -> FileResponse:
    """Hand out the plan for programs."""
    return _file(see_plan(context, decision).plan, f"plan-{decision}.json")


@router.get("/plan/{decision}/files/forecast.json")
@behind(see_forecast)
def forecast_json(context: Acting, decision: str) -> FileResponse:
    """Hand out the forecast for programs."""
    return _file(see_forecast(context, decision).forecast, f"forecast-{decision}.json")


@router.get("/plan/{decision}/files/tables/{name}")
@behind(see_plan)
def table(context: Acting, decision: str, name: str) -> FileResponse:
    """Hand out a table."""
    folder = see_plan(context, decision).tables
    if not TABLE.fullmatch(name) or not (folder / name).is_file():
        what, remedy = say("the plan has no such table"), say("choose one of its page")
        raise NotFoundError(Fault(what, Where(say("plan")), remedy))
    return _file(folder / name, f"{decision}-{name}")


def _file(path: Path, name: str) -> FileResponse:
    return FileResponse(path, filename=name)
