"""The application: routes, pages and what stands around them, wired once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from salus.web.api.routes import API
from salus.web.assets import Assets
from salus.web.door import Door
from salus.web.headers import SecurityHeaders
from salus.web.pages.routes import PAGES
from salus.web.problems import Defects, answer_errors, refuse
from salus.web.same_origin import SameOrigin
from salus.web.shelf import Shelf
from salus.web.templates import open_templates

if TYPE_CHECKING:
    from salus.service.context import Context

HERE = Path(__file__).parent
REPORT = HERE.parent / "report"
STATIC = (HERE / "static", HERE / "vendor", REPORT / "vendor", REPORT / "page")
"""Our own files, and what is shared with the report: tokens, script of charts, chart library."""
PREFIX = "/api/v1"


def create_app(context: Context) -> FastAPI:
    """Wire the application.

    Parameters
    ----------
    context : Context
        What is in use.

    Returns
    -------
    FastAPI
        Not yet served.
    """
    app = FastAPI(
        title="Salus",
        version="1",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # its page fetches script from elsewhere
        redoc_url=None,
    )
    assets = Assets(STATIC)
    app.state.door = Door(context, assets, open_templates(), Shelf())
    for router in API:
        app.include_router(router, prefix=PREFIX)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.mount(assets.mount, assets, name="static")
    answer_errors(app)
    app.add_middleware(SameOrigin, refuse=refuse)
    app.add_middleware(Defects)
    app.add_middleware(SecurityHeaders)  # the last one added stands outermost
    return app
