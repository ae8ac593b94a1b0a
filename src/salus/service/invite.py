"""Invite a person to an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.data.store.accounts import Accounts
from salus.data.store.invitations import Invitations, Invited
from salus.domain.account import is_account_name
from salus.service.guarded import guarded
from salus.service.sign_in import account_key
from salus.trust.account.token import digest_of, new_token
from salus.trust.permission import ROLES, Kind, Permission

if TYPE_CHECKING:
    from salus.domain.account import Account
    from salus.service.context import Context

VALID = timedelta(days=3)
"""How long an invitation may be taken up."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is to have an account, and with which rights.

    Parameters
    ----------
    name : str
        Name of the account.
    role : str
        One of :data:`salus.trust.permission.ROLES`.
    districts : frozenset of str or None
        Ids of the districts it sees into; ``None`` is everywhere.
    """

    name: str
    role: str
    districts: frozenset[str] | None = None


def _name(invitation: Invitation) -> str:
    return account_key(invitation.name)


def rights(account: Invitation | Account) -> dict[str, str]:
    """Tell the audit which rights are given.

    Examples
    --------
    >>> rights(Invitation("anna", "clinician", frozenset({"north", "east"})))
    {'role': 'clinician', 'sees': 'east, north'}
    """
    return {"role": account.role, "sees": seen(account.districts)}


def seen(districts: frozenset[str] | None) -> str:
    """Tell the audit which districts are seen into.

    Examples
    --------
    >>> seen(None), seen(frozenset({"north", "east"}))
    ('everywhere', 'east, north')
    """
    return "everywhere" if districts is None else ", ".join(sorted(districts))


@guarded(Permission.INVITE, Kind.ACCOUNT, _name, told=rights)
def invite(context: Context, invitation: Invitation) -> str:
    """Invite a person; an older invitation to the same name is void from now on.

    Parameters
    ----------
    context : Context
        What is in use.
    invitation : Invitation
        Name, role and districts.

    Returns
    -------
    str
        The token to hand to the person, good once and for three days; only its digest is kept.

    Raises
    ------
    InputError
        If the name is none, is taken, or there is no such role.
    ForbiddenError
        If the policy does not permit it.
    """
    _refuse(context, invitation)
    token, until = new_token(), context.clock.now() + VALID
    invited = Invited(invitation.name, invitation.role, invitation.districts, until)
    Invitations(context.store).keep(digest_of(token), invited)
    return token


def refuse_role(role: str, faults: Faults) -> None:
    """Gather a fault unless there is such a role."""
    if role not in ROLES:
        remedy = say("use one of: {names}", names=", ".join(ROLES))
        faults.add(say("there is no such role"), Where(say("account")), remedy, role)


def _refuse(context: Context, invitation: Invitation) -> None:
    faults, where = Faults(), Where(say("account"))
    if not is_account_name(invitation.name):
        remedy = say("use small letters, digits, dots and dashes, at most 64")
        faults.add(say("an account cannot be called so"), where, remedy, invitation.name)
    elif Accounts(context.store).account(invitation.name) is not None:
        what = say("there is an account of this name already")
        faults.add(what, where, say("choose another name"), invitation.name)
    refuse_role(invitation.role, faults)
    faults.stop()
