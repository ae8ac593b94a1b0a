"""Invite the first administrator of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.accounts import Accounts
from salus.data.store.invitations import Invitations, Invited
from salus.service.guarded import guarded, itself
from salus.service.invite import VALID
from salus.trust.account.token import digest_of, new_token
from salus.trust.permission import ADMINISTRATOR, Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.FIRST_ADMINISTRATOR, Kind.ACCOUNT, itself)
def first_administrator(context: Context, name: str) -> str | None:
    """Give a token for the first administrator while there is no account at all.

    Whoever takes it up chooses name and password. A token that was given before is void from now
    on, and so is this one as soon as there is an account.

    Parameters
    ----------
    context : Context
        What is in use.
    name : str
        How the audit calls the account to be.

    Returns
    -------
    str or None
        For :func:`salus.service.accept_invitation.accept_invitation`; ``None`` when there is an
        account already.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    del name  # the gate has used it
    if Accounts(context.store).all():
        return None
    token, until = new_token(), context.clock.now() + VALID
    invited = Invited("", ADMINISTRATOR, None, until)
    Invitations(context.store).keep(digest_of(token), invited)
    return token
