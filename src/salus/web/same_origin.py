"""No other site may make a browser change anything here in the name of who is signed in.

The cookie of a session is sent with requests of our own pages only (``SameSite=Strict``); this is
the second lock. A program that signs with a bearer token is not asked: no browser adds one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from salus.core.errors import Fault, ForbiddenError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    Refuse = Callable[[Request, Exception], Awaitable[Response]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class SameOrigin:
    """Refuse what another site asks a browser to change.

    Parameters
    ----------
    app : ASGI application
        What answers.
    refuse : callable
        Writes the answer to an error.
    """

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, unless the request comes from elsewhere."""
        if scope["type"] != "http" or own(scope["method"], Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        from starlette.requests import Request  # noqa: PLC0415 - only for a refusal

        what = say("another site asked for this, so nothing was done")
        fault = Fault(what, Where("Origin"), say("use the pages of this service itself"))
        response = await self._refuse(Request(scope), ForbiddenError(fault))
        await response(scope, receive, send)


def own(method: str, headers: Headers) -> bool:
    """Tell whether a request changes nothing, or comes from our own pages or a program.

    Parameters
    ----------
    method : str
        Of the request.
    headers : Headers
        Of the request; ``Sec-Fetch-Site`` is believed first, as no page can set it, then
        ``Origin``. Where a browser sends neither, a cookie must not be there either.

    References
    ----------
    OWASP, Cross-Site Request Forgery Prevention: fetch metadata, with the origin as a fallback.

    Examples
    --------
    >>> own("POST", Headers({"origin": "https://elsewhere.example", "host": "salus.example"}))
    False
    >>> own("POST", Headers({"sec-fetch-site": "same-origin"}))
    True
    """
    if method in SAFE:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host")
    return "cookie" not in headers
