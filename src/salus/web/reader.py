"""Who reads: the signed-in person behind a request, and the language they read."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from salus.core.errors import Fault, SignInError, Where
from salus.core.messages import say
from salus.core.settings import LANGUAGES, language
from salus.report.words import Words
from salus.service.context import Context, acting
from salus.service.sessions import principal_of
from salus.web.door import door_of

SESSION = "salus-session"
"""Cookie of a signed-in browser: HttpOnly, SameSite=Strict."""

LANGUAGE = "salus-lang"
"""Cookie of a language that was chosen; also the name by which a page asks for it is ``lang``."""

BEARER = "bearer "


def token_of(request: Request) -> str | None:
    """Find what a request signs in with: a bearer token, else the cookie of the session."""
    header = request.headers.get("authorization", "")
    if header.lower().startswith(BEARER):
        return header[len(BEARER) :].strip()
    return request.cookies.get(SESSION)


def acting_context(request: Request) -> Context:
    """Return what is in use, acting as the signed-in person of a request.

    Parameters
    ----------
    request : Request
        With a bearer token or the cookie of a session.

    Returns
    -------
    Context

    Raises
    ------
    SignInError
        If nobody is signed in, or the session is over.
    """
    context, token = door_of(request).context, token_of(request)
    if not token:
        what, remedy = say("nobody is signed in"), say("sign in first")
        raise SignInError(Fault(what, Where(say("session")), remedy))
    request.state.principal = principal_of(context.store, context.clock, token)
    return acting(context, request.state.principal)


def words_of(request: Request) -> Words:
    """Choose the language of an answer: query, cookie, what the browser prefers, the settings.

    Parameters
    ----------
    request : Request
        Whose query may hold ``lang``.

    Returns
    -------
    Words
    """
    prefers = request.headers.get("accept-language", "")
    named = (
        request.query_params.get("lang", ""),
        request.cookies.get(LANGUAGE, ""),
        *(part.partition(";")[0].strip() for part in prefers.split(",")),
        door_of(request).context.settings.lang,
    )
    return Words(next(filter(None, map(language, named)), LANGUAGES[0]))


Acting = Annotated[Context, Depends(acting_context)]
"""What a route that needs somebody to be signed in takes as its context."""

Reads = Annotated[Words, Depends(words_of)]
"""The language of an answer."""
