"""The way in: nobody is signed in yet, so whoever asks acts as a visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.service.context import Context, acting
from salus.service.sign_in import Credentials, SignedIn, sign_in
from salus.trust.permission import VISITOR, Principal
from salus.web.door import door_of

if TYPE_CHECKING:
    from starlette.requests import Request

STRANGER = Principal("-", VISITOR)


def visiting(request: Request) -> Context:
    """Return what is in use, acting as somebody who has not signed in."""
    return acting(door_of(request).context, STRANGER)


def enter(request: Request, credentials: Credentials) -> SignedIn:
    """Let somebody sign in, when it is their turn.

    A password takes a tenth of a second and much memory to check, so that it cannot be guessed;
    without turns, many at once could take all of the machine.

    Parameters
    ----------
    request : Request
        Which brings them.
    credentials : Credentials
        Name and password.

    Returns
    -------
    SignedIn

    Raises
    ------
    SignInError
        If name and password do not belong together, or it was tried too often.
    """
    with door_of(request).turns:
        return sign_in(visiting(request), credentials)
