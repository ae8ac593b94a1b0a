"""Jobs: a day of a region that somebody asked for, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.checks import named, within

if TYPE_CHECKING:
    from datetime import date, datetime

    from salus.core.errors import Fault
    from salus.core.messages import Message


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """It ended with faults, which it names."""
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """Its process ended before its work did; it can be started again."""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self not in {JobState.WAITING, JobState.RUNNING}


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What a job is asked to do.

    Parameters
    ----------
    region : str or None
        Name of a region that was loaded; ``None`` for the synthetic city of the settings.
    as_of : date or None
        What is known until this day; ``None`` takes the latest date of the sources.
    horizon : int
        Days to plan, 1 to 28.
    stresses : tuple of str or None
        What is planned beside the expected days; ``None`` takes what the region allows.
    seed : int
        Seed of every random stream, 0 to 2**32 - 1.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> JobOrder("florida", horizon=0)
    Traceback (most recent call last):
    ValueError: horizon must be between 1 and 28 days, but is 0
    """

    region: str | None
    as_of: date | None = None
    horizon: int = 7
    stresses: tuple[str, ...] | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse an order that nothing could carry out."""
        within("horizon", self.horizon, 1, 28, "days")
        within("seed", self.seed, 0, 2**32 - 1)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked for a job, as they were then.

    Parameters
    ----------
    account : str
        Name of the account.
    role : str
        Role it acted in.
    districts : frozenset of str or None
        Ids of the districts it sees into; ``None`` is everywhere.

    Raises
    ------
    ValueError
        If account or role is empty.
    """

    account: str
    role: str
    districts: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse a job that nobody asked for."""
        named("account", self.account)
        named("role", self.role)


@dataclass(frozen=True, slots=True)
class Job:
    """A day of a region that somebody asked for.

    Parameters
    ----------
    id : int
        Number of the job, from 1.
    order : JobOrder
        What it is asked to do.
    asker : Asker
        Who asked.
    state : JobState
        How far it is.
    doing : Message or None
        What it is doing; ``None`` before it began and after it ended.
    done : float
        Share of the work that is done, 0 to 1.
    asked_at : datetime
        When it was asked for, in UTC.
    started_at, finished_at : datetime or None
        When it began and ended.
    decision : str or None
        Id of the decision that it led to.
    faults : tuple of Fault
        Why it failed.
    """

    id: int
    order: JobOrder
    asker: Asker
    state: JobState
    doing: Message | None
    done: float
    asked_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    decision: str | None = None
    faults: tuple[Fault, ...] = ()
