"""Who stands at the door: from a token or the name of an account to a principal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salus.core.errors import Fault, SignInError, Where
from salus.core.messages import say
from salus.data.store.accounts import Accounts
from salus.data.store.sessions import Sessions
from salus.trust.account.token import digest_of
from salus.trust.permission import Principal

if TYPE_CHECKING:
    from salus.core.clock import Clock
    from salus.core.messages import Message
    from salus.data.store.engine import Store
    from salus.domain.account import Account

LONGEST = timedelta(hours=12)
"""A session ends after so long, whatever its owner does: a shift."""
IDLE = timedelta(minutes=30)
"""A session ends when its owner was away for so long."""
NOTED = timedelta(minutes=1)
"""How often it is noted that they are here: not at each request, for each note is a write."""


def principal_of(store: Store, clock: Clock, token: str) -> Principal:
    """Tell who shows a token.

    Parameters
    ----------
    store : Store
        An open store.
    clock : Clock
        What time it is.
    token : str
        As :func:`salus.service.sign_in.sign_in` handed it out.

    Returns
    -------
    Principal
        With role and districts as the account has them now.

    Raises
    ------
    SignInError
        If the session is unknown, has ended or expired, or its account is disabled.
    """
    sessions, digest, now = Sessions(store), digest_of(token), clock.now()
    session = sessions.find(digest)
    if session is None or session.account.disabled:
        raise _stranger(say("nobody is signed in with this session"))
    if now >= min(session.expires_at, session.seen_at + IDLE):
        sessions.end(digest)
        raise _stranger(say("the session has expired"))
    if now - session.seen_at >= NOTED:
        sessions.seen(digest, now)
    return principal(session.account)


def named_principal(store: Store, name: str) -> Principal:
    """Tell who an account of this installation is, for the command line that names it.

    Parameters
    ----------
    store : Store
        An open store.
    name : str
        Name of the account.

    Returns
    -------
    Principal

    Raises
    ------
    SignInError
        If there is no such account, or it is disabled.
    """
    account = Accounts(store).account(name)
    if account is None or account.disabled:
        what = say("no account of this name may be used")
        remedy = say("name another account, or none to act as the operator")
        raise SignInError(Fault(what, Where("SALUS_ACCOUNT"), remedy))
    return principal(account)


def principal(account: Account) -> Principal:
    """Return an account as the policies see it."""
    return Principal(account.name, account.role, account.districts)


def _stranger(what: Message) -> SignInError:
    return SignInError(Fault(what, Where(say("session")), say("sign in again")))
