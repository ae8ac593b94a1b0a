"""The accounts of an installation."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from salus.data.store.account_tables import ACCOUNT, SESSION
from salus.data.store.audit_log import append_entry
from salus.data.store.engine import driver_of
from salus.domain.account import Account

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, RowMapping

    from salus.data.store.engine import Store
    from salus.domain.audit import AuditEntry, AuditHead

    Witness = Callable[[Account, AuditHead], AuditEntry]


class Accounts:
    """The accounts of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> Accounts(open_store(Path(tempfile.mkdtemp()))).all()
    ()
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def account(self, name: str) -> Account | None:
        """Return the account of a name; ``None`` when there is none."""
        row = self._row(name)
        return None if row is None else account_of(row)

    def all(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.name))
            return tuple(account_of(row) for row in rows.mappings())

    def password(self, name: str) -> str | None:
        """Return the hash of an account's password; ``None`` when there is no account."""
        row = self._row(name)
        return None if row is None else row["password"]

    def keep_password(self, name: str, kept: str) -> None:
        """Put another hash of the same password in its place."""
        with self._store.writing() as connection:
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(password=kept))

    def change(self, account: Account, witness: Witness) -> None:
        """Write an account anew, end its sessions and tell the audit, in one transaction.

        Parameters
        ----------
        account : Account
            As it is to be.
        witness : callable
            Seals the entry of the audit that tells of it.

        Raises
        ------
        KeyError
            If there is no account of this name.
        """
        with self._store.writing() as connection:
            mine = ACCOUNT.c.name == account.name
            done = connection.execute(update(ACCOUNT).where(mine).values(values_of(account)))
            if not done.rowcount:
                raise KeyError(account.name)
            connection.execute(delete(SESSION).where(SESSION.c.account == account.name))
            append_entry(driver_of(connection.connection), partial(witness, account))

    def _row(self, name: str) -> RowMapping | None:
        with self._store.reading() as connection:
            chosen = select(ACCOUNT).where(ACCOUNT.c.name == name)
            return connection.execute(chosen).mappings().first()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """What the store holds of an account, as it lies there, even if it is none.

    Parameters
    ----------
    name : str
        Its name.
    role : str
        Its role.
    districts : str or None
        A JSON list of districts.
    disabled : int
        1 when nobody may sign in with it.
    """

    name: str
    role: str
    districts: str | None
    disabled: int


def read_accounts(connection: Connection) -> tuple[AccountRow, ...]:
    """Return what lies in the store of each account, by name."""
    columns = (ACCOUNT.c[item.name] for item in fields(AccountRow))
    rows = connection.execute(select(*columns).order_by(ACCOUNT.c.name))
    return tuple(AccountRow(*map(_text, row)) for row in rows)


def _text(value: Any) -> Any:  # noqa: ANN401  # what a tampered row holds
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def account_of(row: RowMapping) -> Account:
    """Read an account from a row that holds its columns."""
    return Account(
        row["name"], row["role"], read_districts(row["districts"]), bool(row["disabled"])
    )


def values_of(account: Account) -> dict[str, Any]:
    """Write an account as the columns of its row."""
    return {
        "name": account.name,
        "role": account.role,
        "districts": written_districts(account.districts),
        "disabled": int(account.disabled),
    }


def written_districts(districts: frozenset[str] | None) -> str | None:
    """Write districts as a JSON list; ``None`` for everywhere.

    Examples
    --------
    >>> written_districts(frozenset({"b", "a"}))
    '["a", "b"]'
    """
    return None if districts is None else json.dumps(sorted(districts))


def read_districts(text: str | None) -> frozenset[str] | None:
    """Read what :func:`written_districts` wrote."""
    return None if text is None else frozenset(json.loads(text))
