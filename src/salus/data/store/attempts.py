"""Attempts to sign in that have not succeeded yet, by the digest of the name that was typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from salus.data.store.account_tables import ATTEMPT
from salus.data.store.moments import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.data.store.engine import Store


class Attempts:
    """The attempts of a store.

    Parameters
    ----------
    store : Store
        An open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(
        self,
        digest: str,
        now: datetime,
        wait_after: Callable[[int], timedelta],
        forgotten: timedelta,
    ) -> timedelta:
        """Count an attempt before it is made, unless it comes too early.

        It is counted first, so that many at the same moment do not all come before the first
        failure.

        Parameters
        ----------
        digest : str
            Of the name that was typed.
        now : datetime
            With a time zone.
        wait_after : callable
            How long nobody may try after so many failures.
        forgotten : timedelta
            After so long without an attempt, failures no longer count.

        Returns
        -------
        timedelta
            How long to wait yet; zero when it may be made.
        """
        with self._store.writing() as connection:
            old = ATTEMPT.c.last_at <= written(now - forgotten)
            connection.execute(delete(ATTEMPT).where(old))
            failures, last = _known(connection, digest, now)
            left = last + wait_after(failures) - now
            if failures and left > timedelta(0):
                return left
            row = {"digest": digest, "failures": failures + 1, "last_at": written(now)}
            connection.execute(
                insert(ATTEMPT).values(row).on_conflict_do_update(["digest"], set_=row)
            )
        return timedelta(0)

    def forget(self, digest: str) -> None:
        """Forget the attempts of a name, after one that succeeded."""
        with self._store.writing() as connection:
            connection.execute(delete(ATTEMPT).where(ATTEMPT.c.digest == digest))


def _known(connection: Connection, digest: str, now: datetime) -> tuple[int, datetime]:
    row = connection.execute(select(ATTEMPT).where(ATTEMPT.c.digest == digest)).first()
    return (0, now) if row is None else (row.failures, datetime.fromisoformat(row.last_at))
