"""What happens to alerts while a reader looks, as long as they are signed in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from salus.core.errors import SignInError
from salus.service.follow_alerts import Following, follow_alerts
from salus.web.reader import acting_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from salus.data.store.alert_changes import AlertChanges, Change
    from salus.service.context import Context

LOOK = 0.5
"""Seconds between two looks at the store."""

ASK = 30
"""Looks after which it is asked again whether the reader is signed in."""


def last_known(request: Request) -> Following:
    """Read from a request where its reader stopped; a browser sends this when it comes back."""
    text = request.headers.get("last-event-id", "")
    known = text.isascii() and text.isdigit() and len(text) < len(str(2**63))
    return Following(int(text)) if known else Following()


async def changes(
    request: Request, context: Context, following: Following
) -> tuple[AlertChanges, AsyncIterator[Change]]:
    """Follow what happens to the alerts of a reader.

    Parameters
    ----------
    request : Request
        Which keeps the stream open.
    context : Context
        What is in use, acting as the reader.
    following : Following
        From where on.

    Returns
    -------
    AlertChanges and asynchronous iterator of Change
        Where the stream begins, and what comes; it ends when the reader is signed in no more, or
        has other rights by now.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it; before anything is sent.
    """
    found = await asyncio.to_thread(follow_alerts, context, following)
    return found, _follow(request, context, found)


async def _follow(request: Request, context: Context, found: AlertChanges) -> AsyncIterator[Change]:
    looks = 0
    while True:
        for change in await asyncio.to_thread(found.new):
            yield change
        await asyncio.sleep(LOOK)
        looks += 1
        if looks % ASK == 0 and not await asyncio.to_thread(_same_reader, request, context):
            return


def _same_reader(request: Request, context: Context) -> bool:
    try:
        return acting_context(request).principal == context.principal
    except SignInError:
        return False
