"""Change what an account may do, or disable it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from salus.core.errors import Faults, InputError, Where
from salus.core.messages import say
from salus.data.store.accounts import Accounts
from salus.service.guarded import guarded
from salus.service.invite import refuse_role, rights
from salus.trust.permission import ADMINISTRATOR, Kind, Permission

if TYPE_CHECKING:
    from salus.domain.account import Account
    from salus.service.context import Context


def _told(account: Account) -> dict[str, str]:
    return {**rights(account), "state": "disabled" if account.disabled else "open"}


@guarded(Permission.CHANGE_ACCOUNT, Kind.ACCOUNT, attrgetter("name"), told=_told)
def change_account(context: Context, account: Account) -> None:
    """Write role, districts and state of an account anew, and end its sessions.

    Parameters
    ----------
    context : Context
        What is in use.
    account : Account
        As it is to be from now on.

    Raises
    ------
    InputError
        If there is no such account or role, it is the own account of whoever asks, or nobody
        would be left to keep the accounts.
    ForbiddenError
        If the policy does not permit it.
    """
    accounts, faults = Accounts(context.store), Faults()
    before, where = accounts.all(), Where(say("account"))
    if account.name not in {each.name for each in before}:
        remedy = say("see which there are with salus trust account list")
        faults.add(say("there is no such account"), where, remedy, account.name)
    refuse_role(account.role, faults)
    if (context.principal.id, context.principal.role) == (account.name, ADMINISTRATOR):
        remedy = say("ask another administrator")
        faults.add(say("nobody changes their own account"), where, remedy, account.name)
    after = [account if each.name == account.name else each for each in before]
    if _kept_by(before) and not _kept_by(after):
        what = say("nobody would be left to keep the accounts")
        faults.add(what, where, say("make somebody else administrator first"), account.name)
    faults.stop(InputError)
    accounts.change(account)


def _kept_by(accounts: tuple[Account, ...] | list[Account]) -> bool:
    return any(each.role == ADMINISTRATOR and not each.disabled for each in accounts)
