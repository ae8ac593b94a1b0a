"""The process of a job: it runs the day as somebody asked for, and is heard of through the store.

Started as ``python -m salus.web.worker NUMBER`` with the settings as JSON on its stdin. It needs
nobody who watches it: when the service ends or is killed, a day that runs goes on to its end.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.defect import defect_of, frames_of
from salus.core.errors import SalusError
from salus.core.settings import Settings
from salus.data.region.loaded import LoadedRegions
from salus.data.store.audit_log import AuditLog
from salus.data.store.job_lock import held
from salus.data.store.jobs import Jobs
from salus.data.synthetic.spec import CitySpec
from salus.domain.job import JobState
from salus.report.keep import keep_report
from salus.report.sections.basis import RunFacts
from salus.service.context import Context, acting, open_context
from salus.service.make_city import make_city
from salus.service.request import DayRequest
from salus.service.rules import PlanningRules
from salus.service.run_day import Decided, run_day
from salus.service.sessions import named_principal
from salus.service.stress import parse_stresses
from salus.trust.permission import OPERATOR, WORKER, Principal

if TYPE_CHECKING:
    from salus.core.messages import Message
    from salus.domain.job import Job

POLITE = 5
"""How far the process stands back, so that pages stay quick."""

PAUSE = 0.25
"""Seconds between two notes of how far it is."""


def work(context: Context, number: int) -> None:
    """Run a job to its end, and note in the store how it ended.

    Parameters
    ----------
    context : Context
        What is in use.
    number : int
        Of the job; quietly nothing when another process has it, or it waits no more.
    """
    jobs, clock = Jobs(context.store), context.clock
    with held(context.settings.home, number) as ours:
        job = jobs.find(number)
        if not ours or job is None or not jobs.begin(number, clock.now()):
            return
        try:
            decision = _day(context, job)
            jobs.finish(number, JobState.DONE, clock.now(), decision=decision)
        except KeyboardInterrupt:
            # Nothing changes where somebody cancelled it: the store knows that already.
            jobs.finish(number, JobState.INTERRUPTED, clock.now())
        except SalusError as error:
            jobs.finish(number, JobState.FAILED, clock.now(), faults=error.faults)
        except Exception as error:  # noqa: BLE001  # the outermost frame of the job
            # Not log.exception: the message of an error may hold a value of a patient.
            context.log.error("defect", kind=type(error).__name__, frames=frames_of(error))  # noqa: TRY400
            faults = defect_of(error).faults
            jobs.finish(number, JobState.FAILED, clock.now(), faults=faults)


def settings_text(settings: Settings) -> str:
    """Write settings down for a process that is to work with the same."""
    return json.dumps({**asdict(settings), "home": str(settings.home)})


def _day(context: Context, job: Job) -> str:
    began = context.clock.ticks()
    told = replace(_principal(context, job), progress=_Telling(context, job.id))
    request, city = _request(context.settings, job)
    if city is not None:
        make_city(told, request.region, city)

    def deliver(decided: Decided) -> Path:
        home = context.settings.home
        facts = RunFacts(
            decided.decision,
            AuditLog(context.store).head(),
            round(context.clock.ticks() - began, 3),
            round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            home,
            home / "reports" / decided.decision.id,
        )
        return keep_report(decided, facts, told.vault)

    return run_day(told, request, deliver).decision.id


def _principal(context: Context, job: Job) -> Context:
    if job.asker.role != OPERATOR:
        named_principal(context.store, job.asker.account)  # who lost the account, lost the job
    return acting(context, Principal(job.asker.account, WORKER))


def _request(settings: Settings, job: Job) -> tuple[DayRequest, CitySpec | None]:
    order = job.order
    city = CitySpec(settings.people, order.seed) if order.region is None else None
    if order.region is None:
        folder = settings.home / "cities" / f"synthetic-{settings.people}-{order.seed}"
    else:
        folder = LoadedRegions(settings.home).folder(order.region)
    stresses = None if order.stresses is None else parse_stresses(order.stresses)
    rules = PlanningRules.of(settings)
    request = DayRequest(
        folder, order.as_of, order.seed, order.horizon, stresses or None, rules, settings.guests
    )
    return request, city


class _Telling:
    """Notes in the store how far the job is, not more often than somebody could read."""

    def __init__(self, context: Context, number: int) -> None:
        self._context, self._number, self._last = context, number, 0.0

    def __call__(self, doing: Message, done: float) -> None:
        now = self._context.clock.ticks()
        if now - self._last >= PAUSE:
            self._last = now
            Jobs(self._context.store).hear(self._number, doing, done)


def main() -> None:
    """Work on the job that the command line names, with the settings on stdin."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    given = json.loads(sys.stdin.read())
    settings = Settings(**{**given, "home": Path(given["home"])})
    os.nice(POLITE)
    with open_context(replace(settings, account="")) as context:
        work(context, int(sys.argv[1]))


if __name__ == "__main__":
    main()
