"""Audit and ledger as they are at one moment, to be held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import MismatchError
from salus.data.store.accounts import read_accounts
from salus.data.store.audit_log import read_audit
from salus.data.store.budgets import read_budgets, read_charges
from salus.data.store.ledger_rows import read_entries
from salus.data.store.schema import LEDGER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.errors import Fault
    from salus.data.store.accounts import AccountRow
    from salus.data.store.budgets import Key, Paid
    from salus.data.store.engine import Store
    from salus.data.store.ledger_entry import LedgerEntry
    from salus.domain.audit import AuditEntry, AuditHead
    from salus.domain.budget import Budget


@dataclass(frozen=True, slots=True)
class Record:
    """What a store holds at one moment.

    Parameters
    ----------
    entries : tuple of AuditEntry
        The whole audit, in order.
    head : AuditHead
        Where the audit must end.
    decisions : tuple of LedgerEntry
        The decisions that were asked for, in the order they were recorded; none when one of them
        was altered.
    altered : tuple of Fault
        The decisions that are not what was recorded.
    budgets : mapping of Key to Budget
        All privacy budgets.
    charges : tuple of Paid
        All charges.
    accounts : tuple of AccountRow
        All accounts.
    """

    entries: tuple[AuditEntry, ...]
    head: AuditHead
    decisions: tuple[LedgerEntry, ...]
    altered: tuple[Fault, ...]
    budgets: Mapping[Key, Budget]
    charges: tuple[Paid, ...]
    accounts: tuple[AccountRow, ...]


def read_record(store: Store, name: str = "") -> Record:
    """Read the whole audit and the decisions of a name, in one view.

    Parameters
    ----------
    store : Store
        An open store.
    name : str
        How the id of a decision begins; all of them when nothing is given.

    Returns
    -------
    Record

    Raises
    ------
    MismatchError
        If the head of the audit is missing.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> read_record(open_store(Path(tempfile.mkdtemp()))).head.sequence
    0
    """
    with store.reading() as connection:
        entries, head = read_audit(connection)
        budgets = {key: budget for key, budget, _ in read_budgets(connection)}
        others = budgets, read_charges(connection), read_accounts(connection)
        try:
            chosen = LEDGER.c.id.startswith(name, autoescape=True)
            return Record(entries, head, read_entries(connection, chosen), (), *others)
        except MismatchError as error:
            return Record(entries, head, (), error.faults, *others)
