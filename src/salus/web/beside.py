"""What runs beside the routes as long as the service does, such as a feed of readings."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

from salus.core.defect import frames_of
from salus.core.errors import SalusError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from salus.core.log import Log

    Beside: TypeAlias = "Callable[[asyncio.Event], Awaitable[None]]"
    Tell: TypeAlias = "Callable[[SalusError], None]"

GRACE = 10.0
"""Seconds that each has to end after it was asked to."""


@asynccontextmanager
async def beside(works: Sequence[Beside], tell: Tell, log: Log) -> AsyncIterator[None]:
    """Let works go on beside what is inside, and end them afterwards.

    One that fails is told of, and the others go on: a broker that is missing closes no page.

    Parameters
    ----------
    works : sequence of callables
        Each ends soon after the event that it is given is set.
    tell : callable
        Hears of an error of ours, as advice.
    log : Log
        Hears of a defect by its kind and lines of code only.
    """
    stop = asyncio.Event()
    tasks = [asyncio.create_task(_watched(work(stop), tell, log)) for work in works]
    try:
        yield
    finally:
        stop.set()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def unheard(error: SalusError) -> None:
    """Tell nobody."""
    del error


async def _watched(work: Awaitable[None], tell: Tell, log: Log) -> None:
    try:
        await work
    except SalusError as error:
        tell(error)
    except Exception as error:  # noqa: BLE001  # the outermost frame of the work
        # Not log.exception: the message of an error may hold a value of a patient.
        log.error("defect", kind=type(error).__name__, frames=frames_of(error))  # noqa: TRY400
