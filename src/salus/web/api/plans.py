"""The plans that are kept, with their tables and pages."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import FileResponse

from salus.core.errors import Fault, NotFoundError, Where
from salus.core.messages import say
from salus.data.store.reports import Kept
from salus.service.list_plans import list_plans
from salus.service.see_plan import see_plan
from salus.web.behind import behind
from salus.web.reader import Acting, Reads

router = APIRouter(prefix="/plans", tags=["plans"])

Decision = Annotated[
    str, Path(max_length=128, description="id of the plan's decision", examples=["6a288c7ad697"])
]
JSON: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}}
}


class Ending(StrEnum):
    """As what a table is sent."""

    CSV = "csv"
    PARQUET = "parquet"

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return "text/csv; charset=utf-8" if self is Ending.CSV else "application/vnd.apache.parquet"


class Plan(BaseModel):
    """A plan that is kept."""

    id: Annotated[str, Field(description="id of its decision", examples=["6a288c7ad697"])]
    region: Annotated[str, Field(examples=["florida"])]
    synthetic: Annotated[bool, Field(description="whether the whole region was made up")]
    as_of: Annotated[date, Field(description="what was known until this day")]
    first: Annotated[date, Field(description="the first day that was planned")]
    last: Annotated[date, Field(description="the last day that was planned")]
    made_at: datetime

    @classmethod
    def of(cls, kept: Kept) -> Self:
        """Show what a plan is about."""
        about = kept.about
        return cls(
            id=about.decision,
            region=about.region,
            synthetic=about.synthetic,
            as_of=about.as_of,
            first=about.first,
            last=about.last,
            made_at=about.made_at,
        )


class Plans(BaseModel):
    """The plans that are kept, the newest first."""

    plans: list[Plan]


@router.get("")
@behind(list_plans)
def get_plans(
    context: Acting,
    region: Annotated[str | None, Query(max_length=128, description="of this region only")] = None,
) -> Plans:
    """List the plans that are kept, the newest first."""
    kept = list_plans(context, "all")
    return Plans(plans=[Plan.of(each) for each in kept if region in {None, each.about.region}])


@router.get("/{decision}", response_class=FileResponse, responses=JSON)
@behind(see_plan)
def get_plan(decision: Decision, context: Acting) -> FileResponse:
    """Fetch a plan whole: figures by key and every table, as `plan.json` of a run holds them."""
    return FileResponse(see_plan(context, decision).plan, media_type="application/json")


@router.get(
    "/{decision}/tables/{table}.{ending}",
    response_class=FileResponse,
    responses={200: {"content": {each.media_type: {} for each in Ending}}},
)
@behind(see_plan)
def get_table(
    decision: Decision,
    table: Annotated[str, Path(max_length=64, examples=["districts"])],
    ending: Ending,
    context: Acting,
) -> FileResponse:
    """Download a table of a plan, whole."""
    folder = see_plan(context, decision).tables
    # Found by looking, never by joining what was sent to a path.
    found = next((path for path in folder.iterdir() if path.name == f"{table}.{ending}"), None)
    if found is None:
        names = tuple(sorted({path.stem for path in folder.iterdir()}))
        remedy = say("use one of: {names}", names=names)
        raise NotFoundError(Fault(say("the plan has no such table"), Where(say("table")), remedy))
    return FileResponse(
        found, media_type=ending.media_type, filename=f"{decision}-{table}.{ending}"
    )


@router.get(
    "/{decision}/report",
    response_class=FileResponse,
    responses={200: {"content": {"text/html": {}}}},
)
@behind(see_plan)
def get_report(decision: Decision, context: Acting, words: Reads) -> FileResponse:
    """Download the report as one page that opens without a network."""
    kept = see_plan(context, decision)
    name = f"salus-{decision}.{words.lang}.html"
    return FileResponse(kept.report(words.lang), media_type="text/html", filename=name)
