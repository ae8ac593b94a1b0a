"""Change what an account may do, or disable it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.messages import say
from salus.data.store.accounts import Accounts
from salus.service.accounted import account_witness
from salus.service.guarded import guarded
from salus.service.invite import refuse_role, seen
from salus.service.sign_in import account_key
from salus.trust.permission import ADMINISTRATOR, Kind, Permission

if TYPE_CHECKING:
    from salus.domain.account import Account
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What is to be different about an account; ``None`` leaves it as it is.

    Parameters
    ----------
    name : str
        Of the account.
    role : str or None
        Its role.
    districts : frozenset of str or None
        Ids of the districts it sees into.
    everywhere : bool
        Whether it is to see into all districts.
    disabled : bool or None
        Whether nobody may sign in with it.

    Examples
    --------
    >>> from salus.domain.account import Account
    >>> AccountChange("anna", disabled=True).of(Account("anna", "planner"))
    Account(name='anna', role='planner', districts=None, disabled=True)
    """

    name: str
    role: str | None = None
    districts: frozenset[str] | None = None
    everywhere: bool = False
    disabled: bool | None = None

    @classmethod
    def to(cls, account: Account) -> Self:
        """Change all of an account to what is given."""
        everywhere = account.districts is None
        return cls(account.name, account.role, account.districts, everywhere, account.disabled)

    def of(self, account: Account) -> Account:
        """Return an account as it is to be."""
        scope = account.districts if self.districts is None else self.districts
        return replace(
            account,
            role=self.role or account.role,
            districts=None if self.everywhere else scope,
            disabled=account.disabled if self.disabled is None else self.disabled,
        )


def _name(change: AccountChange) -> str:
    return account_key(change.name)


def _told(change: AccountChange) -> dict[str, str]:
    told = {} if change.role is None else {"role": change.role}
    if change.everywhere or change.districts is not None:
        told["sees"] = seen(None if change.everywhere else change.districts)
    if change.disabled is not None:
        told["state"] = "disabled" if change.disabled else "open"
    return told


@guarded(Permission.CHANGE_ACCOUNT, Kind.ACCOUNT, _name, told=_told)
def change_account(context: Context, change: AccountChange) -> Account:
    """Write role, districts and state of an account anew, and end its sessions.

    Parameters
    ----------
    context : Context
        What is in use.
    change : AccountChange
        What is to be different from now on.

    Returns
    -------
    Account
        As it is now.

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
    found = next((each for each in before if each.name == change.name), None)
    if found is None:
        remedy = say("see which there are with salus trust account list")
        what = say("there is no such account")
        raise InputError(Fault(what, where, remedy, change.name))
    account = change.of(found)
    refuse_role(account.role, faults)
    if (context.principal.id, context.principal.role) == (account.name, ADMINISTRATOR):
        remedy = say("ask another administrator")
        faults.add(say("nobody changes their own account"), where, remedy, account.name)
    after = [account if each.name == account.name else each for each in before]
    if _kept_by(before) and not _kept_by(after):
        what = say("nobody would be left to keep the accounts")
        faults.add(what, where, say("make somebody else administrator first"), account.name)
    faults.stop(InputError)
    now = context.clock.now()
    accounts.change(account, account_witness(context.principal, now, Permission.CHANGE_ACCOUNT))
    return account


def _kept_by(accounts: tuple[Account, ...] | list[Account]) -> bool:
    return any(each.role == ADMINISTRATOR and not each.disabled for each in accounts)
