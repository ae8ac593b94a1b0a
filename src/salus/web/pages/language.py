"""The switch of languages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from salus.web.frame import LANGUAGES, local
from salus.web.reader import LANGUAGE

router = APIRouter()

A_YEAR = 365 * 24 * 3600


@router.get("/language/{code}")
def language(code: str, next: str = "/") -> RedirectResponse:  # noqa: A002 - its name in the address
    """Remember the reader's language, and go back to the page that was open."""
    response = RedirectResponse(local(next), 303)
    if code in LANGUAGES:
        response.set_cookie(LANGUAGE, code, max_age=A_YEAR, httponly=True, samesite="strict")
    return response
