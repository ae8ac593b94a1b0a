"""Take up an invitation: the account is made, with a password of its owner's choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, SignInError, Where
from salus.core.messages import say
from salus.data.store.invitations import Invitations, Invited
from salus.domain.account import Account, is_account_name
from salus.service.accounted import account_witness
from salus.service.guarded import guarded
from salus.service.sign_in import account_key
from salus.trust.account.password import hash_password, refuse_weak
from salus.trust.account.token import digest_of
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What an invited person sends back.

    Parameters
    ----------
    token : str
        Of the invitation; no print shows it.
    name : str
        The name they were invited under; the first administrator chooses one.
    password : str
        Of their choice; no print shows it.
    """

    token: str = field(repr=False)
    name: str
    password: str = field(repr=False)


def _name(acceptance: Acceptance) -> str:
    return account_key(acceptance.name)


@guarded(Permission.ACCEPT_INVITATION, Kind.ACCOUNT, _name)
def accept_invitation(context: Context, acceptance: Acceptance) -> Account:
    """Make the account that an invitation promises; it can be taken up once.

    Parameters
    ----------
    context : Context
        What is in use; whoever asks need not be signed in.
    acceptance : Acceptance
        Token, name and password.

    Returns
    -------
    Account
        The person signs in with it next.

    Raises
    ------
    SignInError
        If the invitation is unknown, expired, taken up or void, or was made out to another name.
    InputError
        If name or password will not do; the invitation stays good.
    EnvironmentFaultError
        If argon2-cffi is not installed.
    """
    invitations, digest, now = (
        Invitations(context.store),
        digest_of(acceptance.token),
        context.clock.now(),
    )
    invited = invitations.find(digest, now)
    if invited is None or invited.name not in {"", acceptance.name}:
        raise _void()
    if not is_account_name(acceptance.name):
        remedy = say("use small letters, digits, dots and dashes, at most 64")
        what = say("an account cannot be called so")
        raise InputError(Fault(what, Where(say("account")), remedy))
    refuse_weak(acceptance.password, acceptance.name)
    # Hashed before the transaction: it takes a tenth of a second, in which all others would wait.
    kept = hash_password(acceptance.password)

    def make(found: Invited) -> tuple[Account, str]:
        return Account(acceptance.name, found.role, found.districts), kept

    seal = account_witness(context.principal, now, Permission.ACCEPT_INVITATION)
    account = invitations.take_up(digest, now, make, seal)
    if account is None:
        raise _void()
    return account


def _void() -> SignInError:
    what = say("this invitation is not good, or not any more")
    return SignInError(Fault(what, Where(say("invitation")), say("ask for another one")))
