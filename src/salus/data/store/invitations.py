"""Who may make an account: each invitation once, and until it expires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from salus.data.store.account_tables import ACCOUNT, INVITATION
from salus.data.store.accounts import read_districts, values_of, written_districts
from salus.data.store.audit_log import append_entry
from salus.data.store.engine import driver_of
from salus.data.store.moments import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from salus.data.store.accounts import Witness
    from salus.data.store.engine import Store
    from salus.domain.account import Account


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation promises.

    Parameters
    ----------
    name : str
        Of the account to be; empty when it is to be chosen, by the first administrator.
    role : str
        Role of the account.
    districts : frozenset of str or None
        Where it sees into; ``None`` is everywhere.
    expires_at : datetime
        Until when, with a time zone.
    """

    name: str
    role: str
    districts: frozenset[str] | None
    expires_at: datetime


class Invitations:
    """The open invitations of a store, each by the digest of its token.

    Parameters
    ----------
    store : Store
        An open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, digest: str, invited: Invited) -> None:
        """Keep an invitation; an older one to the same name is void from now on."""
        row = {
            "digest": digest,
            "name": invited.name,
            "role": invited.role,
            "districts": written_districts(invited.districts),
            "expires_at": written(invited.expires_at),
        }
        with self._store.writing() as connection:
            connection.execute(delete(INVITATION).where(INVITATION.c.name == invited.name))
            connection.execute(insert(INVITATION).values(row))

    def find(self, digest: str, now: datetime) -> Invited | None:
        """Return the invitation of a token; ``None`` when there is none, or it has expired."""
        with self._store.reading() as connection:
            return _find(connection, digest, now)

    def take_up(
        self,
        digest: str,
        now: datetime,
        make: Callable[[Invited], tuple[Account, str]],
        witness: Witness,
    ) -> Account | None:
        """Turn an invitation into an account, in one transaction: of two who try, one gets it.

        Parameters
        ----------
        digest : str
            Of the token.
        now : datetime
            With a time zone.
        make : callable
            Gives the account and the hash of its password; what it raises leaves all as it was.
        witness : callable
            Seals the entry of the audit that tells of it.

        Returns
        -------
        Account or None
            ``None`` when there is no such invitation, it has expired, or its name is taken; one
            without a name holds only while there is no account at all.
        """
        with self._store.writing() as connection:
            invited = _find(connection, digest, now)
            if invited is None:
                return None
            account, password = make(invited)
            taken = select(ACCOUNT.c.name)
            if invited.name:
                taken = taken.where(ACCOUNT.c.name == account.name)
            if connection.execute(taken).first() is not None:
                return None
            row = values_of(account) | {"password": password, "made_at": written(now)}
            connection.execute(insert(ACCOUNT).values(row))
            connection.execute(delete(INVITATION).where(INVITATION.c.digest == digest))
            append_entry(driver_of(connection.connection), partial(witness, account))
            return account


def _find(connection: Connection, digest: str, now: datetime) -> Invited | None:
    open_ = INVITATION.c.expires_at > written(now)
    chosen = select(INVITATION).where(INVITATION.c.digest == digest, open_)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        return None
    until = datetime.fromisoformat(row["expires_at"])
    return Invited(row["name"], row["role"], read_districts(row["districts"]), until)
