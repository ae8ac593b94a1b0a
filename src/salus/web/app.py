"""The application: routes, pages and what stands around them, wired once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from salus.web.api.routes import API
from salus.web.assets import Assets
from salus.web.beside import beside, unheard
from salus.web.bounded import Bounded
from salus.web.door import Door
from salus.web.headers import SecurityHeaders
from salus.web.openapi import PREFIX, TITLE, VERSION, describe
from salus.web.pages.routes import PAGES
from salus.web.problems import Defects, answer_errors, refuse
from salus.web.same_origin import SameOrigin
from salus.web.shelf import Shelf
from salus.web.templates import open_templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.service.context import Context
    from salus.web.beside import Beside, Tell

HERE = Path(__file__).parent
REPORT = HERE.parent / "report"
STATIC = (HERE / "static", HERE / "vendor", REPORT / "vendor", REPORT / "page")
"""Our own files, and what is shared with the report: tokens, script of charts, chart library."""
NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""Nothing about a request leaves this process, whatever the environment asks for."""


def create_app(context: Context, works: Sequence[Beside] = (), tell: Tell = unheard) -> FastAPI:
    """Wire the application.

    Parameters
    ----------
    context : Context
        What is in use.
    works : sequence of callables
        What runs beside the routes while the application is served, such as
        :class:`~salus.web.jobs.Foreman` or a feed.
    tell : callable
        Hears why one of them failed.

    Returns
    -------
    FastAPI
        Not yet served.
    """
    app = FastAPI(
        title=TITLE,
        version=VERSION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # its page fetches script from elsewhere
        redoc_url=None,
        telemetry=NO_TELEMETRY,
        lifespan=lambda _: beside(works, tell, context.log),
        separate_input_output_schemas=False,
    )
    assets = Assets(STATIC)
    app.state.door = Door(context, assets, open_templates(), Shelf())
    for router in API:
        app.include_router(router, prefix=PREFIX)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.mount(assets.mount, assets, name="static")
    app.openapi = partial(describe, app)  # type: ignore[method-assign]  # FastAPI's own way
    answer_errors(app)
    app.add_middleware(Bounded, upload_mb=context.settings.max_upload_mb, refuse=refuse)
    app.add_middleware(SameOrigin, refuse=refuse)
    app.add_middleware(Defects)
    app.add_middleware(SecurityHeaders)  # the last one added stands outermost
    return app
