"""What each plan expects to come."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse

from salus.service.see_forecast import see_forecast
from salus.web.api.plans import JSON, Decision
from salus.web.behind import behind
from salus.web.reader import Acting

router = APIRouter(prefix="/forecasts", tags=["forecasts"])


@router.get("/{decision}", response_class=FileResponse, responses=JSON)
@behind(see_forecast)
def get_forecast(decision: Decision, context: Acting) -> FileResponse:
    """Fetch the forecast of a plan: points and intervals, back test and errors."""
    return FileResponse(see_forecast(context, decision).forecast, media_type="application/json")
