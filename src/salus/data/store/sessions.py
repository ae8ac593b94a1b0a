"""Who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from salus.data.store.account_tables import ACCOUNT, SESSION
from salus.data.store.accounts import account_of
from salus.data.store.moments import written

if TYPE_CHECKING:
    from salus.data.store.engine import Store
    from salus.domain.account import Account


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in.

    Parameters
    ----------
    account : Account
        Who, as the account is now.
    seen_at : datetime
        When they were last here, in UTC, to the minute.
    expires_at : datetime
        When the session ends whatever they do, in UTC.
    """

    account: Account
    seen_at: datetime
    expires_at: datetime


class Sessions:
    """The sessions of a store, each by the digest of its token.

    Parameters
    ----------
    store : Store
        An open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def start(self, digest: str, name: str, now: datetime, expires_at: datetime) -> None:
        """Note that somebody signed in, and forget the sessions that have expired.

        Parameters
        ----------
        digest : str
            Of the token.
        name : str
            Of the account.
        now, expires_at : datetime
            With a time zone.
        """
        row = {
            "digest": digest,
            "account": name,
            "started_at": written(now),
            "seen_at": written(now),
            "expires_at": written(expires_at),
        }
        with self._store.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.expires_at <= written(now)))
            connection.execute(insert(SESSION).values(row))

    def find(self, digest: str) -> Session | None:
        """Return the session of a token; ``None`` when there is none."""
        chosen = select(ACCOUNT, SESSION.c.seen_at, SESSION.c.expires_at).join_from(
            SESSION, ACCOUNT, SESSION.c.account == ACCOUNT.c.name
        )
        with self._store.reading() as connection:
            row = connection.execute(chosen.where(SESSION.c.digest == digest)).mappings().first()
        if row is None:
            return None
        moments = (datetime.fromisoformat(row[name]) for name in ("seen_at", "expires_at"))
        return Session(account_of(row), *moments)

    def seen(self, digest: str, now: datetime) -> None:
        """Note that they are here."""
        with self._store.writing() as connection:
            here = update(SESSION).where(SESSION.c.digest == digest)
            connection.execute(here.values(seen_at=written(now)))

    def end(self, digest: str) -> None:
        """Forget a session; quietly when there is none."""
        with self._store.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.digest == digest))
