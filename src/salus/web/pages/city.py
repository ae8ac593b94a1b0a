"""The first page: the city as it stands."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from salus.web.reader import Acting
from salus.web.templates import show

router = APIRouter()


@router.get("/")
def city(request: Request, context: Acting) -> HTMLResponse:
    """Show the city."""
    return show(request, "city.html.j2", {"account": context.principal.id})
