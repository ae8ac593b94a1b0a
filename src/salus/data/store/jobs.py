"""The jobs of a store: asked for, begun, heard of, over."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from salus.core.canonical import canonical
from salus.core.fault_json import read_faults, write_faults
from salus.core.message_json import read_message, write_message
from salus.data.store.job_tables import JOB
from salus.domain.job import Asker, Job, JobOrder, JobState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import RowMapping

    from salus.core.errors import Fault
    from salus.core.messages import Message
    from salus.data.store.engine import Store


class Jobs:
    """The jobs of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> jobs, now = Jobs(open_store(Path(tempfile.mkdtemp()))), datetime(2026, 6, 27, tzinfo=UTC)
    >>> job = jobs.ask(JobOrder("florida"), Asker("anna", "planner"), now)
    >>> jobs.begin(job.id, now)
    True
    >>> jobs.finish(job.id, JobState.DONE, now, decision="6a28")
    True
    >>> jobs.find(job.id).decision
    '6a28'
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, order: JobOrder, asker: Asker, now: datetime) -> Job:
        """Note that somebody asks for a job, and return it, waiting.

        Parameters
        ----------
        order : JobOrder
            What it is asked to do.
        asker : Asker
            Who asks.
        now : datetime
            When, with a time zone.

        Returns
        -------
        Job
        """
        known = None if asker.districts is None else json.dumps(sorted(asker.districts))
        row = {
            "state": JobState.WAITING.value,
            "order": _order(order),
            "account": asker.account,
            "role": asker.role,
            "districts": known,
            "done": 0.0,
            "asked_at": _moment(now),
            "faults": write_faults(()),
        }
        with self._store.writing() as connection:
            made = connection.execute(insert(JOB).values(row).returning(JOB)).mappings().one()
        return _job(made)

    def begin(self, job: int, now: datetime) -> bool:
        """Note that a job runs; tell whether it was waiting, so that no two processes take it."""
        row = {"state": JobState.RUNNING.value, "started_at": _moment(now)}
        return self._change(job, row, JobState.WAITING)

    def hear(self, job: int, doing: Message, done: float) -> None:
        """Note what a job that runs is doing, and how far it is."""
        self._change(job, {"doing": write_message(doing), "done": done}, JobState.RUNNING)

    def finish(
        self,
        job: int,
        state: JobState,
        now: datetime,
        *,
        decision: str | None = None,
        faults: Iterable[Fault] = (),
    ) -> bool:
        """Note how a job ended, and tell whether it had not ended before.

        Parameters
        ----------
        job : int
            Its number.
        state : JobState
            How it ended.
        now : datetime
            When, with a time zone.
        decision : str, optional
            Id of the decision that it led to.
        faults : iterable of Fault
            Why it failed.
        """
        row = {
            "state": state.value,
            "finished_at": _moment(now),
            "decision": decision,
            "faults": write_faults(faults),
            "doing": None,
            **({"done": 1.0} if state is JobState.DONE else {}),
        }
        return self._change(job, row, JobState.WAITING, JobState.RUNNING)

    def again(self, job: int) -> bool:
        """Let a job that was interrupted wait again, and tell whether it was."""
        row = {
            "state": JobState.WAITING.value,
            "done": 0.0,
            "started_at": None,
            "finished_at": None,
        }
        return self._change(job, row, JobState.INTERRUPTED)

    def find(self, job: int) -> Job | None:
        """Return a job by its number; ``None`` when there is none."""
        with self._store.reading() as connection:
            row = connection.execute(select(JOB).where(JOB.c.id == job)).mappings().first()
        return None if row is None else _job(row)

    def latest(self, count: int) -> tuple[Job, ...]:
        """Return the newest jobs, the last one first; at most ``count``, 1 or more."""
        with self._store.reading() as connection:
            rows = connection.execute(select(JOB).order_by(JOB.c.id.desc()).limit(count))
            return tuple(_job(row) for row in rows.mappings())

    def in_state(self, state: JobState) -> tuple[Job, ...]:
        """Return all jobs in a state, the oldest first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(JOB).where(JOB.c.state == state.value).order_by(JOB.c.id)
            )
            return tuple(_job(row) for row in rows.mappings())

    def _change(self, job: int, row: Mapping[str, Any], *states: JobState) -> bool:
        chosen = (JOB.c.id == job) & JOB.c.state.in_([state.value for state in states])
        with self._store.writing() as connection:
            return bool(connection.execute(update(JOB).where(chosen).values(row)).rowcount)


def _order(order: JobOrder) -> str:
    day = None if order.as_of is None else order.as_of.isoformat()
    return canonical({**asdict(order), "as_of": day}).decode()


def _read_order(text: str) -> JobOrder:
    held = json.loads(text)
    day, stresses = held["as_of"], held["stresses"]
    return JobOrder(
        held["region"],
        None if day is None else date.fromisoformat(day),
        held["horizon"],
        None if stresses is None else tuple(stresses),
        held["seed"],
    )


def _moment(now: datetime) -> str:
    if now.tzinfo is None:
        message = f"the moment must have a time zone, but is {now.isoformat()}"
        raise ValueError(message)
    return now.astimezone(UTC).isoformat()


def _read_moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _job(row: RowMapping) -> Job:
    districts = row["districts"]
    known = None if districts is None else frozenset(json.loads(districts))
    return Job(
        row["id"],
        _read_order(row["order"]),
        Asker(row["account"], row["role"], known),
        JobState(row["state"]),
        None if row["doing"] is None else read_message(row["doing"]),
        row["done"],
        datetime.fromisoformat(row["asked_at"]),
        _read_moment(row["started_at"]),
        _read_moment(row["finished_at"]),
        row["decision"],
        read_faults(row["faults"]),
    )
