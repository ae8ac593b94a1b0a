"""Privacy budgets: charged in one transaction before an answer is made, and never overspent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from salus.data.store.audit_log import append_entry
from salus.data.store.budget_tables import BUDGET, CHARGE
from salus.data.store.engine import driver_of
from salus.data.store.moments import written
from salus.domain.budget import Budget, Loss

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection, Update

    from salus.data.store.engine import Store
    from salus.domain.audit import AuditEntry, AuditHead

    Witness = Callable[[Budget, AuditHead], AuditEntry]


@dataclass(frozen=True, slots=True)
class Key:
    """Which budget.

    Parameters
    ----------
    dataset : str
        Name of the data.
    purpose : str
        What its answers are for.
    """

    dataset: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge that was made.

    Parameters
    ----------
    id : int
        Its number.
    budget : Budget
        As it was left by it.
    """

    id: int
    budget: Budget


@dataclass(frozen=True, slots=True)
class Paid:
    """One charge as the store holds it.

    Parameters
    ----------
    key : Key
        The budget that was charged.
    account : str
        Who asked.
    question : str
        Digest of what was asked.
    units : int
        What it cost, in units of :class:`salus.domain.budget.Loss`.
    answer : str or None
        What was answered; ``None`` when whoever answered was killed before.
    """

    key: Key
    account: str
    question: str
    units: int
    answer: str | None


class Budgets:
    """The budgets of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> Budgets(open_store(Path(tempfile.mkdtemp()))).all()
    ()
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def grant(self, key: Key, loss: Loss, witness: Witness) -> Budget:
        """Add to a budget, and to the audit, in one transaction; make it when there is none.

        Parameters
        ----------
        key : Key
            Which budget.
        loss : Loss
            How much more may be told.
        witness : callable
            Seals the entry of the audit that tells of it.

        Returns
        -------
        Budget
            As it is now.
        """
        with self._store.writing() as connection:
            old = _find(connection, key)
            new = Budget((old.granted if old else Loss()) + loss, old.spent if old else Loss())
            if old is None:
                row = {"dataset": key.dataset, "purpose": key.purpose, "spent": 0}
                connection.execute(insert(BUDGET).values(row | {"granted": new.granted.units}))
            else:
                connection.execute(_of(key).values(granted=new.granted.units))
            append_entry(driver_of(connection.connection), partial(witness, new))
        return new

    def charge(
        self, key: Key, loss: Loss, question: str, asked: tuple[str, datetime], witness: Witness
    ) -> Charge | None:
        """Charge a budget, and tell the audit, in one transaction; or change nothing.

        Parameters
        ----------
        key : Key
            Which budget.
        loss : Loss
            What the answer will tell.
        question : str
            Digest of what is asked, data included.
        asked : tuple of str and datetime
            Who asks, and when, with a time zone.
        witness : callable
            Seals the entry of the audit that tells of it.

        Returns
        -------
        Charge or None
            ``None`` when there is no such budget, or so much is not left of it.
        """
        with self._store.writing() as connection:
            old = _find(connection, key)
            if old is None or not old.allows(loss):
                return None
            new = old + loss
            connection.execute(_of(key).values(spent=new.spent.units))
            row = {
                "dataset": key.dataset,
                "purpose": key.purpose,
                "at": written(asked[1]),
                "account": asked[0],
                "question": question,
                "units": loss.units,
            }
            made = insert(CHARGE).values(row).returning(CHARGE.c.id)
            number = connection.execute(made).scalar_one()
            append_entry(driver_of(connection.connection), partial(witness, new))
            return Charge(number, new)

    def keep_answer(
        self, charge: int, answer: str, seal: Callable[[AuditHead], AuditEntry]
    ) -> None:
        """Keep the answer that a charge has paid for, and tell the audit, in one transaction.

        Parameters
        ----------
        charge : int
            Number of the charge.
        answer : str
            The answer, with its noise.
        seal : callable
            Seals the entry of the audit that tells of it.
        """
        with self._store.writing() as connection:
            paid = update(CHARGE).where(CHARGE.c.id == charge)
            connection.execute(paid.values(answer=answer))
            append_entry(driver_of(connection.connection), seal)

    def answer(self, question: str) -> str | None:
        """Return the first answer that was given to a question; ``None`` when there is none."""
        given = select(CHARGE.c.answer).where(
            CHARGE.c.question == question, CHARGE.c.answer.is_not(None)
        )
        with self._store.reading() as connection:
            return connection.scalar(given.order_by(CHARGE.c.id).limit(1))

    def find(self, key: Key) -> Budget | None:
        """Return a budget; ``None`` when none was granted."""
        with self._store.reading() as connection:
            return _find(connection, key)

    def all(self) -> tuple[tuple[Key, Budget, int], ...]:
        """Return each budget with its key and the number of its charges, in the order of keys."""
        with self._store.reading() as connection:
            return read_budgets(connection)


def read_budgets(connection: Connection) -> tuple[tuple[Key, Budget, int], ...]:
    """Return each budget with its key and the number of its charges, in the order of keys."""
    charges = (
        select(func.count())
        .where(CHARGE.c.dataset == BUDGET.c.dataset, CHARGE.c.purpose == BUDGET.c.purpose)
        .scalar_subquery()
    )
    chosen = select(BUDGET, charges.label("charges")).order_by(BUDGET.c.dataset, BUDGET.c.purpose)
    return tuple(
        (Key(row.dataset, row.purpose), Budget(Loss(row.granted), Loss(row.spent)), row.charges)
        for row in connection.execute(chosen)
    )


def read_charges(connection: Connection) -> tuple[Paid, ...]:
    """Return each charge, in the order they were made."""
    return tuple(
        Paid(
            Key(row.dataset, row.purpose),
            row.account,
            row.question,
            row.units,
            None if row.answer is None else str(row.answer),
        )
        for row in connection.execute(select(CHARGE).order_by(CHARGE.c.id))
    )


def _find(connection: Connection, key: Key) -> Budget | None:
    chosen = select(BUDGET.c.granted, BUDGET.c.spent).where(
        BUDGET.c.dataset == key.dataset, BUDGET.c.purpose == key.purpose
    )
    row = connection.execute(chosen).first()
    return None if row is None else Budget(Loss(row.granted), Loss(row.spent))


def _of(key: Key) -> Update:
    return update(BUDGET).where(BUDGET.c.dataset == key.dataset, BUDGET.c.purpose == key.purpose)
