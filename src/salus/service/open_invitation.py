"""Whether an invitation can still be taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.invitations import Invitations
from salus.trust.account.token import digest_of

if TYPE_CHECKING:
    from salus.service.context import Context


def invitation_is_open(in_use: Context, token: str) -> bool:
    """Say whether an invitation is there and has not expired; nothing else of it is told.

    Parameters
    ----------
    in_use : Context
        With the store and the clock.
    token : str
        Of the one-time link: whoever holds it may know this much.

    Returns
    -------
    bool
    """
    found = Invitations(in_use.store).find(digest_of(token), in_use.clock.now())
    return found is not None
