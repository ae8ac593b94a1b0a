"""Every decision with its inputs, so that it can be made again and compared."""

from __future__ import annotations

import io
import shutil
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from salus.core.canonical import canonical
from salus.core.errors import Fault, Faults, InputError, MismatchError, Where
from salus.core.files import disk_faults
from salus.core.messages import say
from salus.data.store.audit_log import append_entry
from salus.data.store.engine import driver_of
from salus.data.store.ledger_entry import LedgerEntry, LedgerInput, Origin
from salus.data.store.ledger_rows import next_position, read_entries, write_entry
from salus.data.store.objects import Objects
from salus.data.store.schema import LEDGER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from salus.core.canonical import Json
    from salus.data.store.engine import Store
    from salus.domain.audit import AuditEntry, AuditHead

    Witness = Callable[[LedgerEntry, AuditHead], AuditEntry]

SHOWN = 5


class Ledger:
    """The decisions of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import datetime
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> ledger = Ledger(open_store(Path(tempfile.mkdtemp())))
    >>> entry = ledger.record(
    ...     "plan",
    ...     {},
    ...     {"horizon": 7},
    ...     1,
    ...     b"{}",
    ...     as_of=None,
    ...     made_at=datetime(2026, 6, 27, tzinfo=UTC),
    ...     origin=Origin("0.1.0", "", ""),
    ... )
    >>> ledger.answer(ledger.entry(entry.id[:4]))
    b'{}'
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._objects = Objects(store.home / "objects")

    def record(
        self,
        kind: str,
        inputs: Mapping[str, Path],
        parameters: Mapping[str, Json],
        seed: int,
        answer: bytes,
        *,
        as_of: date | None,
        made_at: datetime,
        origin: Origin,
        witness: Witness | None = None,
    ) -> LedgerEntry:
        """Keep a decision, with copies of its inputs and its answer.

        The files are safe on disk before the entry that names them is written, in one
        transaction: whenever it is interrupted, a decision is recorded whole or not at all.

        Parameters
        ----------
        kind : str
            What was decided, such as ``"run_day"``.
        inputs : mapping of str to Path
            Files it was made from, by their relative path in the folder of inputs.
        parameters : mapping of str to JSON value
            Its settings.
        seed : int
            Seed of its random streams, 0 or more.
        answer : bytes
            The canonical answer, without timings.
        as_of : date or None
            Date the inputs speak of.
        made_at : datetime
            Now, with a time zone.
        origin : Origin
            The code that decided.
        witness : callable, optional
            Makes the entry of the audit that names the decision and follows the head. Both are
            written in one transaction, so that neither is ever there without the other.

        Returns
        -------
        LedgerEntry
            When the same decision is in the ledger already, that first entry: a decision that
            is repeated is still one decision, and the runs tell how often it was made.

        Raises
        ------
        InputError
            If an input cannot be read.
        EnvironmentFaultError
            If the store cannot be written.
        MismatchError
            If the audit that shall name it was altered.
        ValueError
            If a name leads out of the folder, or the moment has no time zone.
        """
        if made_at.tzinfo is None:
            message = f"made_at must have a time zone, but is {made_at.isoformat()}"
            raise ValueError(message)
        kept = tuple(self._keep(name, path) for name, path in sorted(inputs.items()))
        answer_digest, _ = self._objects.keep(io.BytesIO(answer))
        with self._store.writing() as connection:
            entry = LedgerEntry(
                position=next_position(connection),
                made_at=made_at.astimezone(UTC),
                kind=kind,
                as_of=as_of,
                origin=origin,
                seed=seed,
                parameters=canonical(parameters).decode(),
                inputs=kept,
                answer_digest=answer_digest,
            )
            earlier = read_entries(connection, LEDGER.c.digest == entry.digest)
            if earlier:
                entry = earlier[0]
            else:
                write_entry(connection, entry)
            if witness:
                append_entry(driver_of(connection.connection), partial(witness, entry))
        return entry

    def entry(self, name: str) -> LedgerEntry:
        """Find a decision by its id.

        Parameters
        ----------
        name : str
            The id, or so much of its beginning as no other decision has.

        Returns
        -------
        LedgerEntry

        Raises
        ------
        InputError
            If no decision or several begin like this; the remedy names some that are there.
        MismatchError
            If the entry was altered.
        """
        with self._store.reading() as connection:
            known = connection.scalars(select(LEDGER.c.id).order_by(LEDGER.c.position.desc())).all()
            found = [full for full in known if name and full.startswith(name.lower())]
            if len(found) != 1:
                raise InputError(_unclear(name, found, known))
            return read_entries(connection, LEDGER.c.id == found[0])[0]

    def entries(self) -> tuple[LedgerEntry, ...]:
        """Read all decisions, in the order they were recorded.

        Raises
        ------
        MismatchError
            If one of them was altered.
        """
        with self._store.reading() as connection:
            return read_entries(connection)

    def open_inputs(self, entry: LedgerEntry, folder: Path) -> None:
        """Put the inputs of a decision into a folder, as they were.

        Parameters
        ----------
        entry : LedgerEntry
            The decision.
        folder : Path
            Where to; made when it is not there.

        Raises
        ------
        MismatchError
            Naming every input that is missing or was altered; nothing is written then.
        EnvironmentFaultError
            If the folder cannot be written.
        """
        found = self._checked(entry)
        with disk_faults(folder):
            for name, path in found.items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)

    def answer(self, entry: LedgerEntry) -> bytes:
        """Read the answer of a decision, checked.

        Parameters
        ----------
        entry : LedgerEntry
            The decision.

        Returns
        -------
        bytes
            Exactly what was recorded.

        Raises
        ------
        MismatchError
            If it is missing or was altered.
        """
        where = Where(say("decision {id}", id=entry.id), column="answer")
        return self._objects.find(entry.answer_digest, where).read_bytes()

    def _keep(self, name: str, path: Path) -> LedgerInput:
        try:
            stream = path.open("rb")
        except OSError as error:
            what, remedy = say("the input cannot be read"), say("put the file back, and run again")
            raise InputError(Fault(what, Where(str(path)), remedy)) from error
        with stream:
            return LedgerInput(name, *self._objects.keep(stream))

    def _checked(self, entry: LedgerEntry) -> dict[str, Path]:
        faults, found = Faults(), {}
        for item in entry.inputs:
            try:
                found[item.name] = self._objects.find(item.sha256, Where(item.name))
            except MismatchError as error:
                faults.extend(error.faults)
        faults.stop(MismatchError)
        return found


def _unclear(name: str, found: Sequence[str], known: Sequence[str]) -> Fault:
    where = Where(say("ledger"))
    if found:
        what = say("several decisions begin like this")
        return Fault(what, where, say("write more digits: {ids}", ids=tuple(found[:SHOWN])), name)
    what = say("there is no such decision")
    if not known:
        return Fault(what, where, say("none is recorded here; see whether --home is right"), name)
    return Fault(what, where, say("the latest are {ids}", ids=tuple(known[:SHOWN])), name)
