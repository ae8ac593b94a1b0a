"""Keeps jobs going: starts those that wait, and notes those whose process is gone."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Fault, Where
from salus.core.messages import say
from salus.data.store.job_lock import holder
from salus.data.store.jobs import Jobs
from salus.domain.job import JobState
from salus.web.worker import settings_text

if TYPE_CHECKING:
    from salus.service.context import Context

ROUND = 0.5
"""Seconds between two looks."""

GRACE = 15.0
"""Seconds that a process has to end by itself when it is asked to."""


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    unwanted_since: float | None = None


class Foreman:
    """Starts a process for each job when its turn comes; what jobs do is known from the store.

    Parameters
    ----------
    context : Context
        What is in use.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._jobs = Jobs(context.store)
        self._children: dict[int, _Child] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Keep jobs going until the event is set; then let all processes end."""
        try:
            while not stop.is_set():
                await asyncio.to_thread(self.look)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), ROUND)
        finally:
            await asyncio.to_thread(self.stop)

    def look(self) -> None:
        """Note which processes are gone, and start what waits while there is room."""
        self._reap()
        self._mark_interrupted()
        for job in self._jobs.in_state(JobState.WAITING):
            if len(self._children) >= self._context.settings.jobs:
                return
            if job.id not in self._children:
                self._children[job.id] = _Child(self._start(job.id))

    def stop(self) -> None:
        """Ask all processes to end, and end those that do not; their jobs can be resumed."""
        for child in self._children.values():
            child.process.terminate()
        for child in self._children.values():
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(GRACE)
                continue
            child.process.kill()
            child.process.wait()
        self._reap()
        self._mark_interrupted()

    def _start(self, job: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "salus.web.worker", str(job)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C at the terminal is for the service alone
        )
        if process.stdin is not None:
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(settings_text(self._context.settings).encode())
        return process

    def _reap(self) -> None:
        for job, child in list(self._children.items()):
            if child.process.poll() is not None:
                del self._children[job]
                self._mark_stillborn(job, child.process.returncode)
                continue
            found = self._jobs.find(job)
            if found is not None and found.state.over:
                self._hurry(child)

    def _hurry(self, child: _Child) -> None:
        now = self._context.clock.ticks()
        child.unwanted_since = child.unwanted_since or now
        if now - child.unwanted_since > GRACE:
            child.process.kill()

    def _mark_stillborn(self, job: int, code: int) -> None:
        # It would be started again and again otherwise.
        found = self._jobs.find(job)
        if found is not None and found.state is JobState.WAITING:
            what = say("the process of the job ended before it began ({code})", code=code)
            fault = Fault(what, Where(say("job")), say("see the log of the service"))
            self._jobs.finish(job, JobState.FAILED, self._context.clock.now(), faults=(fault,))

    def _mark_interrupted(self) -> None:
        # Also those of a service that was killed; whose process lives on is left alone.
        for job in self._jobs.in_state(JobState.RUNNING):
            if holder(self._context.settings.home, job.id) is None:
                now = self._context.clock.now()
                self._jobs.finish(job.id, JobState.INTERRUPTED, now)
