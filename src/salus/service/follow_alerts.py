"""Follow what happens to alerts from now on, or from where somebody stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.data.store.alert_changes import AlertChanges, newest_change
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class Following:
    """From where on somebody follows.

    Parameters
    ----------
    since : int or None
        Position of the last change that they know; ``None`` begins with the next one.
    """

    since: int | None = None


def _key(following: Following) -> str:
    return "stream" if following.since is None else f"stream from {following.since}"


@guarded(Permission.FOLLOW_ALERTS, Kind.ALERT, _key)
def follow_alerts(context: Context, following: Following) -> AlertChanges:
    """Follow what happens to the alerts of the own districts.

    The gate is passed once, when the following begins; whoever keeps the stream open asks now and
    then whether the reader is still signed in.

    Parameters
    ----------
    context : Context
        What is in use.
    following : Following
        From where on.

    Returns
    -------
    AlertChanges
        Which gives what is new, each time it is asked.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    newest = newest_change(context.store)
    # A position ahead of ours is of another home; it would hide everything that comes.
    known = newest if following.since is None else min(following.since, newest)
    return AlertChanges(context.store, context.principal.districts, known)
