"""Sign in with a name and a password."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salus.core.errors import Fault, SignInError, Where
from salus.core.messages import say
from salus.data.store.accounts import Accounts
from salus.data.store.attempts import Attempts
from salus.data.store.sessions import Sessions
from salus.domain.account import Account, is_account_name
from salus.service.guarded import guarded
from salus.service.sessions import LONGEST
from salus.trust.account.password import hash_password, is_old, is_password
from salus.trust.account.throttle import FORGOTTEN, wait_after
from salus.trust.account.token import digest_of, new_token
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import datetime

    from salus.core.messages import Message
    from salus.service.context import Context

NO_NAME = "-"
"""In the audit, in place of what is no name of an account: a password in the wrong box, perhaps."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows at the door.

    Parameters
    ----------
    name : str
        Name of the account, as it was typed.
    password : str
        As it was typed; no print shows it.
    """

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who came in.

    Parameters
    ----------
    token : str
        What they show from now on; it is kept nowhere, and no print shows it.
    account : Account
        Who they are.
    expires_at : datetime
        When the session ends at the latest, in UTC.
    """

    token: str = field(repr=False)
    account: Account
    expires_at: datetime


def account_key(name: str) -> str:
    """Name an account for the audit, or say that what was typed is no name.

    Examples
    --------
    >>> account_key("anna"), account_key("My Secret 1!")
    ('anna', '-')
    """
    return name if is_account_name(name) else NO_NAME


def _name(credentials: Credentials) -> str:
    return account_key(credentials.name)


@guarded(Permission.SIGN_IN, Kind.ACCOUNT, _name)
def sign_in(context: Context, credentials: Credentials) -> SignedIn:
    """Let somebody in who knows the password of an account.

    An unknown name, a wrong password and a disabled account take the same work and get the same
    answer. After some failures in a row there is a growing wait, also for names nobody has.

    Parameters
    ----------
    context : Context
        What is in use; whoever asks need not be signed in.
    credentials : Credentials
        Name and password.

    Returns
    -------
    SignedIn
        With the token of a new session.

    Raises
    ------
    SignInError
        If name and password do not belong together, or it was tried too often.
    EnvironmentFaultError
        If argon2-cffi is not installed.
    """
    accounts, attempts = Accounts(context.store), Attempts(context.store)
    now, tried = context.clock.now(), digest_of(credentials.name)
    left = attempts.begin(tried, now, wait_after, FORGOTTEN)
    if left:
        seconds = int(left.total_seconds()) + 1
        refused = _refused(
            say("there were too many failed attempts for this name"),
            say("wait {seconds} seconds, then try again", seconds=seconds),
        )
        refused.wait_seconds = seconds
        raise refused
    kept = accounts.password(credentials.name)
    matches = is_password(credentials.password, kept)
    account = accounts.account(credentials.name)
    if not matches or account is None or account.disabled or kept is None:
        what = say("name and password do not belong together")
        raise _refused(what, say("try again, or ask the administrator for an invitation"))
    attempts.forget(tried)
    if is_old(kept):
        accounts.keep_password(account.name, hash_password(credentials.password))
    signed_in = SignedIn(new_token(), account, now + LONGEST)
    sessions = Sessions(context.store)
    sessions.start(digest_of(signed_in.token), account.name, now, signed_in.expires_at)
    return signed_in


def _refused(what: Message, remedy: Message) -> SignInError:
    return SignInError(Fault(what, Where(say("sign-in")), remedy))
