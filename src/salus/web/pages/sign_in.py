"""The door: signing in and out, and opening an account by a one-time link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from salus.core.errors import (
    Fault,
    InputError,
    NotFoundError,
    SalusError,
    SignInError,
    Where,
)
from salus.core.messages import say
from salus.service.accept_invitation import Acceptance, accept_invitation
from salus.service.open_invitation import invitation_is_open
from salus.service.sign_in import Credentials, sign_in
from salus.service.sign_out import sign_out
from salus.web.behind import behind
from salus.web.door import door_of
from salus.web.entry import enter, visiting
from salus.web.errors import status_of, waiting
from salus.web.frame import local
from salus.web.reader import SESSION, token_of, words_of
from salus.web.templates import show

router = APIRouter()

Field = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class SignInView:
    """What the page shows of who signs in.

    Parameters
    ----------
    back : str
        Where they go afterwards.
    name : str
        What they typed; the password is never shown again.
    fault : str
        Why it did not work; empty at first.
    """

    back: str
    name: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What the page shows of who opens an account.

    Parameters
    ----------
    token : str
        Of the one-time link.
    name : str
        The name they were invited under, or chose.
    fault : str
        Why it did not work; empty at first.
    """

    token: str
    name: str = ""
    fault: str = ""


@router.get("/sign-in")
def ask(request: Request, next: str = "/") -> HTMLResponse:  # noqa: A002 - its name in the address
    """Ask for name and password."""
    return show(request, "sign_in.html.j2", {"view": SignInView(local(next))})


@router.post("/sign-in")
@behind(sign_in)
def come_in(request: Request, name: Field, password: Field, back: Field = "/") -> Response:
    """Let somebody in, or say why not."""
    try:
        return _in(request, Credentials(name, password), local(back))
    except SignInError as error:
        view = SignInView(local(back), name, _said(request, error))
        page = show(request, "sign_in.html.j2", {"view": view}, status_of(error))
        page.headers.update(waiting(error))
        return page


@router.post("/sign-out")
@behind(sign_out)
def leave(request: Request) -> Response:
    """End the session of this browser."""
    token = token_of(request)
    if token:
        sign_out(visiting(request), token)
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(SESSION)
    return response


@router.get("/invitation/{token}")
def invited(request: Request, token: str, name: str = "") -> HTMLResponse:
    """Ask an invited person for name and password; an invitation that is not good has no form."""
    if not invitation_is_open(door_of(request).context, token):
        what, remedy = (
            say("this invitation is not good, or not any more"),
            say("ask for another one"),
        )
        raise NotFoundError(Fault(what, Where(say("invitation")), remedy))
    return show(request, "invitation.html.j2", {"view": InvitationView(token, name)})


@router.post("/invitation/{token}")
@behind(accept_invitation, sign_in)
def accept(request: Request, token: str, name: Field, password: Field) -> Response:
    """Open the account, and let its owner in."""
    try:
        with door_of(request).turns:
            accept_invitation(visiting(request), Acceptance(token, name, password))
        return _in(request, Credentials(name, password), "/")
    except (SignInError, InputError) as error:
        view = InvitationView(token, name, _said(request, error))
        return show(request, "invitation.html.j2", {"view": view}, status_of(error))


def _in(request: Request, credentials: Credentials, back: str) -> Response:
    signed_in = enter(request, credentials)
    response = RedirectResponse(back, 303)
    response.set_cookie(
        SESSION,
        signed_in.token,
        expires=signed_in.expires_at,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def _said(request: Request, error: SalusError) -> str:
    words = words_of(request)
    return "\n".join(words.fault(fault) for fault in error.faults)
