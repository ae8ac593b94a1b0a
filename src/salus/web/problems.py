"""Every error as an answer: a problem document for programs, a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse

from salus.core.defect import defect_of, frames_of
from salus.core.errors import Fault, InputError, NotFoundError, SalusError, SignInError, Where
from salus.core.messages import Message, say
from salus.web.bounded import TooLargeBody, too_large
from salus.web.door import door_of
from salus.web.errors import MEDIA_TYPE, problem, status_of, waiting
from salus.web.problem_page import problem_view
from salus.web.reader import words_of
from salus.web.templates import show

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Part

API = "/api/"
SIGN_IN = "/sign-in"
NOT_FOUND = 404

_HTTP = {
    NOT_FOUND: say("there is nothing at this address"),
    405: say("this address does not take this method"),
}
_KINDS = {
    "missing": say("this is missing"),
    "extra_forbidden": say("there is no such field"),
    "json_invalid": say("this is not JSON"),
    "model_attributes_type": say("this is no JSON object, or is not sent as application/json"),
    "int_parsing": say("this is no whole number"),
    "int_type": say("this is no whole number"),
    "string_type": say("this is no text"),
    "string_too_long": say("this text is too long"),
    "list_type": say("this is no list"),
    "enum": say("this is none of the values that are known"),
    "greater_than_equal": say("this number is too small"),
    "less_than_equal": say("this number is too large"),
    "date_from_datetime_parsing": say("this is no date, such as 2026-06-27"),
}


def answer_errors(app: FastAPI) -> None:
    """Let every error of an application be answered here."""
    app.add_exception_handler(SalusError, refuse)
    app.add_exception_handler(RequestValidationError, refuse)
    app.add_exception_handler(HTTPException, refuse)


async def refuse(request: Request, error: Exception) -> Response:
    """Answer an error.

    Parameters
    ----------
    request : Request
        Which led to it.
    error : Exception
        One of ours, of the framework, or a defect.

    Returns
    -------
    Response
        A problem document under ``/api/``, else a page; who must sign in first is sent there, and
        comes back afterwards.
    """
    ours = _ours(error)
    status = error.status_code if isinstance(error, HTTPException) else status_of(ours)
    headers = dict(getattr(error, "headers", None) or {}) | waiting(ours)
    if request.url.path.startswith(API):
        if isinstance(ours, SignInError) and not waiting(ours):
            headers["WWW-Authenticate"] = "Bearer"
        document = {**problem(ours, words_of(request)), "status": status}
        return JSONResponse(document, status, headers, MEDIA_TYPE)
    if isinstance(ours, SignInError) and request.url.path != SIGN_IN:
        return _to_sign_in(request)
    page = show(request, "problem.html.j2", {"view": problem_view(ours, words_of(request))}, status)
    page.headers.update(headers)
    return page


class Defects:
    """Answer what nobody expected, without a word of what was being worked on.

    Parameters
    ----------
    app : ASGI application
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer; a defect is logged by its kind and lines of code only."""
        begun = False

        async def note(part: Part) -> None:
            nonlocal begun
            begun = begun or part["type"] == "http.response.start"
            await send(part)

        try:
            await self._app(scope, receive, note)
        except Exception as error:
            if scope["type"] != "http":
                raise
            from starlette.requests import Request  # noqa: PLC0415 - only for a defect

            request = Request(scope)
            log = door_of(request).context.log
            # Not log.exception: the message of an error may hold a value of a patient.
            log.error("defect", kind=type(error).__name__, frames=frames_of(error))  # noqa: TRY400
            if not begun:
                response = await refuse(request, error)
                await response(scope, receive, send)


def _to_sign_in(request: Request) -> Response:
    # A script that fetches a part of a page is sent as a whole, where htmx follows this header.
    query = f"?{request.url.query}" if request.url.query else ""
    back = f"{request.url.path}{query}" if request.method == "GET" else "/"
    place = f"{SIGN_IN}?next={quote(back, safe='/')}"
    if request.headers.get("hx-request"):
        return JSONResponse(None, 401, {"HX-Redirect": place})
    return RedirectResponse(place, 303)


def _ours(error: Exception) -> SalusError:
    if isinstance(error, SalusError):
        return error
    if isinstance(error, RequestValidationError):
        return InputError(*(_fault(each) for each in error.errors()))
    if isinstance(error, TooLargeBody):
        return too_large(error.most, form=error.form)
    if isinstance(error, HTTPException):
        what = _HTTP.get(error.status_code, say("the request cannot be answered"))
        kind = NotFoundError if error.status_code == NOT_FOUND else InputError
        return kind(
            Fault(what, Where(say("request")), say("see {page}", page="/api/v1/openapi.json"))
        )
    return defect_of(error)


def _fault(found: dict[str, Any]) -> Fault:
    # Where and of which kind, never the value: it may describe a patient.
    source, *path = (str(part) for part in found["loc"])
    kind = str(found["type"])
    what: Message = _KINDS.get(kind) or say("this cannot be used ({kind})", kind=kind)
    where = Where(source, column=".".join(path) or None)
    return Fault(what, where, say("see {page}", page="/api/v1/openapi.json"))
