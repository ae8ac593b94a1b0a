"""List the accounts of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.accounts import Accounts
from salus.service.guarded import guarded, itself
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.account import Account
    from salus.service.context import Context


@guarded(Permission.LIST_ACCOUNTS, Kind.ACCOUNT, itself)
def list_accounts(context: Context, name: str) -> tuple[Account, ...]:
    """List all accounts by name, with role, districts and state.

    Parameters
    ----------
    context : Context
        What is in use.
    name : str
        Which accounts; there is one list of them.

    Returns
    -------
    tuple of Account

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    del name  # the gate has used it
    return Accounts(context.store).all()
