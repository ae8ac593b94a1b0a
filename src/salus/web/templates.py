"""Pages made of templates, in the reader's language; what is shown is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from salus.report.words import capital
from salus.web.door import door_of
from salus.web.frame import frame_of
from salus.web.reader import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

PAGES = Path(__file__).parent / "pages"


def open_templates() -> Environment:
    """Open the templates beside the pages.

    Returns
    -------
    jinja2.Environment
        Which escapes, and refuses a name that was not given.
    """
    return Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def show(
    request: Request, template: str, values: Mapping[str, object], status: int = 200
) -> HTMLResponse:
    """Show a page.

    Parameters
    ----------
    request : Request
        Which asks for it.
    template : str
        Path below the pages, such as ``"city.html.j2"``.
    values : mapping of str to object
        What the template shows, beside ``request``, ``words``, ``say`` (the translating function),
        ``capital``, ``asset`` (the address of a file) and ``frame`` (what stands around it).
    status : int
        Of HTTP.

    Returns
    -------
    HTMLResponse
    """
    door, words = door_of(request), words_of(request)
    given = {"request": request, "words": words, "say": words.say, "capital": capital}
    around = {"asset": door.assets.url, "frame": frame_of(request, words)}
    page = door.templates.get_template(template)
    return HTMLResponse(page.render(**given, **around, **values), status)
