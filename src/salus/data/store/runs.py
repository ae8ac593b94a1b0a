"""The runs of the main job: when, on what, how it ended, and where the report lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from salus.data.store.schema import RUN

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

    from salus.data.store.engine import Store


class Ending(StrEnum):
    """How a run ended."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Run:
    """One run.

    Parameters
    ----------
    id : int
        Number of the run, from 1.
    command : str
        What was run, such as ``"run"``.
    region : str
        Name of the region.
    started : datetime
        When, in UTC.
    finished : datetime or None
        When it ended; ``None`` while it goes on, or when it was killed.
    outcome : Ending or None
        How it ended.
    out : str or None
        Folder of the report, when one was written.
    """

    id: int
    command: str
    region: str
    started: datetime
    finished: datetime | None
    outcome: Ending | None
    out: str | None


class Runs:
    """The runs of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> runs, now = Runs(open_store(Path(tempfile.mkdtemp()))), datetime(2026, 6, 27, tzinfo=UTC)
    >>> runs.finish(runs.start("run", "florida", now), Ending.DONE, now, "salus-out/1")
    >>> runs.latest(1)[0].outcome.value
    'done'
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def start(self, command: str, region: str, now: datetime) -> int:
        """Note that a run begins, and return its number."""
        values = {"command": command, "region": region, "started": _moment(now)}
        with self._store.writing() as connection:
            return connection.execute(insert(RUN).values(values).returning(RUN.c.id)).scalar_one()

    def finish(self, run: int, outcome: Ending, now: datetime, out: str | None = None) -> None:
        """Note how a run ended.

        Parameters
        ----------
        run : int
            Its number.
        outcome : Ending
            How it ended.
        now : datetime
            When, with a time zone.
        out : str, optional
            Folder of the report.

        Raises
        ------
        KeyError
            If there is no such run.
        """
        values = {"outcome": outcome.value, "finished": _moment(now), "out": out}
        with self._store.writing() as connection:
            done = connection.execute(update(RUN).where(RUN.c.id == run).values(values))
            if not done.rowcount:
                raise KeyError(run)

    def latest(self, count: int) -> tuple[Run, ...]:
        """Return the newest runs, the last one first.

        Parameters
        ----------
        count : int
            At most how many, 1 or more.
        """
        with self._store.reading() as connection:
            rows = connection.execute(select(RUN).order_by(RUN.c.id.desc()).limit(count))
            return tuple(_run(row) for row in rows.mappings())


def _moment(now: datetime) -> str:
    if now.tzinfo is None:
        message = f"the moment must have a time zone, but is {now.isoformat()}"
        raise ValueError(message)
    return now.astimezone(UTC).isoformat()


def _run(row: RowMapping) -> Run:
    return Run(
        id=row["id"],
        command=row["command"],
        region=row["region"],
        started=datetime.fromisoformat(row["started"]),
        finished=datetime.fromisoformat(row["finished"]) if row["finished"] else None,
        outcome=Ending(row["outcome"]) if row["outcome"] else None,
        out=row["out"],
    )
