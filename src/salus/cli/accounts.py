"""``salus trust account``: invite, list, change and disable."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from salus.cli.review import recorded, tell, tell_lines
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.core.settings import read_settings
from salus.service.change_account import AccountChange, change_account
from salus.service.context import open_context
from salus.service.invite import VALID, Invitation, invite
from salus.service.list_accounts import list_accounts
from salus.trust.permission import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salus.domain.account import Account
    from salus.report.words import Words


def invite_command(
    name: str,
    role: str | None,
    districts: Sequence[str] | None,
    options: Mapping[str, str | None],
    words: Words,
    *,
    as_json: bool,
) -> None:
    """Invite a person and print the link.

    Parameters
    ----------
    name : str
        Of the account.
    role : str or None
        Its role, which must be named.
    districts : sequence of str or None
        Where it sees into; everywhere, when not given.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    InputError
        If the name or the role will not do.
    ForbiddenError
        If the policy does not permit it.
    """
    if role is None:
        remedy = say("use one of: {names}", names=", ".join(ROLES))
        raise InputError(Fault(say("the role is missing"), Where("--role"), remedy))
    scope = frozenset(districts) if districts else None
    with open_context(read_settings(os.environ, asked=options)) as context:
        token = invite(context, Invitation(name, role, scope))
        until = context.clock.now() + VALID
    path = f"/invitation/{token}"
    said = say(
        "{name} is invited as {role} ({scope}). The link below is good once, until {until}; open "
        "it at the address where salus serve listens.",
        name=name,
        role=role,
        scope=_scope(scope),
        until=until.isoformat(sep=" ", timespec="minutes"),
    )
    document = {"name": name, "role": role, "path": path, "until": until.isoformat()}
    tell_lines((words(said), path), document, as_json=as_json)


def list_command(options: Mapping[str, str | None], words: Words, *, as_json: bool) -> None:
    """List the accounts.

    Parameters
    ----------
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    with open_context(recorded(options)) as context:
        accounts = list_accounts(context, "all")
    lines = [words(_line(account)) for account in accounts] or [words(say("There is no account."))]
    document = [
        {
            "name": each.name,
            "role": each.role,
            "districts": None if each.districts is None else sorted(each.districts),
            "disabled": each.disabled,
        }
        for each in accounts
    ]
    tell_lines(lines, document, as_json=as_json)


def change_command(change: AccountChange, options: Mapping[str, str | None], words: Words) -> None:
    """Change an account.

    Parameters
    ----------
    change : AccountChange
        What is to be different.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.

    Raises
    ------
    InputError
        If there is no such account, or it cannot be so.
    ForbiddenError
        If the policy does not permit it.
    """
    with open_context(recorded(options)) as context:
        changed = change_account(context, change)
    tell(_line(changed), None, words, as_json=False)


def _line(account: Account) -> Message:
    said = say(
        "{name}: {role} ({scope})",
        name=account.name,
        role=account.role,
        scope=_scope(account.districts),
    )
    return say("{account}, disabled", account=said) if account.disabled else said


def _scope(districts: frozenset[str] | None) -> Message:
    if districts is None:
        return say("everywhere")
    if not districts:
        return say("nowhere")
    return say("districts {names}", names=", ".join(sorted(districts)))
