"""No request is read beyond what the settings allow; it is counted while it arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request

from salus.core.errors import Fault, TooLargeError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from salus.web.same_origin import Refuse

MEBIBYTE = 1 << 20
SMALL = 4
"""Most that a request without files may hold, MiB: some ten thousand readings."""

FORM = "multipart/form-data"


class Bounded:
    """Refuse a request that is too large, before or while it is read.

    Parameters
    ----------
    app : ASGI application
        What answers.
    upload_mb : int
        Most that a form with files may hold, MiB.
    refuse : callable
        Writes the answer to an error.
    """

    def __init__(self, app: ASGIApp, upload_mb: int, refuse: Refuse) -> None:
        self._app = app
        self._upload_mb = upload_mb
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application read no more than is allowed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        form = headers.get("content-type", "").startswith(FORM)
        most = self._upload_mb if form else SMALL
        # A length that is no number is none; what arrives is counted in any case.
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > most * MEBIBYTE:
            response = await self._refuse(Request(scope), too_large(most, form=form))
            await response(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most, form=form), send)


class TooLargeBody(HTTPException):
    """What reading raises when more arrives than is allowed; the framework lets only such pass.

    Parameters
    ----------
    most : int
        What is allowed, MiB.
    form : bool
        Whether it is a form with files.
    """

    def __init__(self, most: int, *, form: bool) -> None:
        super().__init__(413)
        self.most, self.form = most, form


def too_large(most: int, *, form: bool) -> TooLargeError:
    """Say that a request is too large.

    Parameters
    ----------
    most : int
        What is allowed, MiB.
    form : bool
        Whether it is a form with files, whose limit is a setting.

    Examples
    --------
    >>> print(too_large(4, form=False))
    request: this is too large; send at most 4 MiB at a time
    >>> print(too_large(50, form=True))
    request: this is too large; send at most 50 MiB, or let the setting max_upload_mb be raised
    """
    remedy = say("send at most {most} MiB at a time", most=most)
    if form:
        remedy = say(
            "send at most {most} MiB, or let the setting {name} be raised",
            most=most,
            name="max_upload_mb",
        )
    return TooLargeError(Fault(say("this is too large"), Where(say("request")), remedy))


def _counted(receive: Receive, most: int, *, form: bool) -> Receive:
    size = 0

    async def count() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most * MEBIBYTE:
            raise TooLargeBody(most, form=form)
        return message

    return count
