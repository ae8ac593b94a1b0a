"""Each account is what the audit says of it: made or changed by Salus, and by nobody beside it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from salus.core.canonical import canonical
from salus.core.errors import Fault, Where
from salus.core.messages import Message, say
from salus.data.store.accounts import AccountRow, values_of
from salus.trust.audit import AuditEvent, Outcome, chain
from salus.trust.permission import Kind, Permission, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from salus.data.store.accounts import Witness
    from salus.domain.account import Account
    from salus.domain.audit import AuditEntry, AuditHead
    from salus.trust.permission import Principal


def account_witness(asker: Principal, now: datetime, permission: Permission) -> Witness:
    """Name an account in the audit while it is written.

    Parameters
    ----------
    asker : Principal
        For whom it is written.
    now : datetime
        When, with a time zone.
    permission : Permission
        What the use case needed.

    Returns
    -------
    callable
        Seals the entry that follows a head; it holds role, districts and state of the account.
    """

    def seal(account: Account, head: AuditHead) -> AuditEntry:
        resource = Resource(Kind.ACCOUNT, account.name)
        seen = _seen(AccountRow(**values_of(account)))
        return chain(head, AuditEvent(now, asker, permission, resource, Outcome.CHANGED, seen))

    return seal


def unaccounted(entries: Sequence[AuditEntry], accounts: Sequence[AccountRow]) -> Iterator[Fault]:
    """Name every account that is not what the audit says.

    Parameters
    ----------
    entries : sequence of AuditEntry
        The whole audit, found to be as it was written.
    accounts : sequence of AccountRow
        All accounts at the same moment.

    Yields
    ------
    Fault
        An account that was slipped in, removed or given other rights beside Salus.
    """
    start = f"{Kind.ACCOUNT}::"
    told = {
        entry.resource.removeprefix(start): entry.detail
        for entry in entries
        if entry.outcome == Outcome.CHANGED
    }
    kept = {row.name: canonical(_seen(row)).decode() for row in accounts}
    for name in sorted({*told, *kept}):
        if name not in told:
            yield _fault(name, say("the account is in the store, but the audit never saw it"))
        elif name not in kept:
            yield _fault(name, say("the account is in the audit, but gone from the store"))
        elif told[name] != kept[name]:
            what = say("role, districts or state of the account are not what the audit says")
            yield _fault(name, what)


def _seen(row: AccountRow) -> dict[str, str | int | float | None]:
    return {key: value for key, value in asdict(row).items() if key != "name"}


def _fault(name: str, what: Message) -> Fault:
    remedy = say("compare with a copy kept elsewhere, and find out who could write the store")
    return Fault(what, Where(say("account {name}", name=name)), remedy)
