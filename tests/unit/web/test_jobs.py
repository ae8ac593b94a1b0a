"""Jobs are kept going, and those whose process is gone are seen."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from salus.data.store.job_lock import held
from salus.data.store.jobs import Jobs
from salus.domain.job import Asker, JobOrder, JobState
from salus.web.jobs import Foreman
from salus.web.worker import work

if TYPE_CHECKING:
    import pytest

    from salus.domain.job import Job
    from tests.unit.web.conftest import Browser


def asked(browser: Browser, region: str | None = "nowhere") -> Job:
    """Ask for a job as the operator, past the checks of the use case."""
    context = browser.context
    asker = Asker(context.principal.id, context.principal.role)
    return Jobs(context.store).ask(JobOrder(region), asker, context.clock.now())


def test_a_job_that_fails_names_its_faults(browser: Browser) -> None:
    """Whoever looks is told what to do, in their language."""
    job = asked(browser)
    work(browser.context, job.id)
    token = browser.person("paula", "planner")
    found = browser.ask("GET", f"/api/v1/jobs/{job.id}", token).json()
    assert found["state"] == "failed"
    assert found["faults"] == ["region: no region of this name is loaded. Load it first."]


def test_the_job_of_a_closed_account_does_not_run(browser: Browser) -> None:
    """Who lost the account, lost the job."""
    jobs, now = Jobs(browser.context.store), browser.context.clock.now()
    job = jobs.ask(JobOrder(None), Asker("gone", "planner"), now)
    work(browser.context, job.id)
    found = jobs.find(job.id)
    assert found is not None
    assert found.state is JobState.FAILED


def test_a_defect_of_a_job_tells_nothing_of_the_data(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its kind stands in the job and in the log, its message nowhere."""

    def fail(*_: object) -> None:
        message = "Jane Roe"
        raise KeyError(message)

    monkeypatch.setattr("salus.web.worker._day", fail)
    job = asked(browser)
    work(browser.context, job.id)
    found = Jobs(browser.context.store).find(job.id)
    assert found is not None
    told = f"{found.faults} {capsys.readouterr().err}"
    assert "KeyError" in told
    assert "Jane Roe" not in told


def test_two_processes_do_not_take_one_job(browser: Browser) -> None:
    """The second one finds the lock held, and leaves the job alone."""
    job = asked(browser)
    with held(browser.context.settings.home, job.id):
        work(browser.context, job.id)
    found = Jobs(browser.context.store).find(job.id)
    assert found is not None
    assert found.state is JobState.WAITING


def test_a_job_whose_process_is_gone_is_interrupted(browser: Browser) -> None:
    """Nobody holds its lock, so nobody works on it."""
    jobs, context = Jobs(browser.context.store), browser.context
    job = asked(browser)
    jobs.begin(job.id, context.clock.now())
    with held(context.settings.home, job.id):
        Foreman(context).look()
        assert _state(browser, job) is JobState.RUNNING
    Foreman(context).look()
    assert _state(browser, job) is JobState.INTERRUPTED


def test_a_process_that_cannot_begin_is_not_started_again(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its job fails, instead of being started over and over."""

    def start(_foreman: Foreman, _job: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])

    monkeypatch.setattr(Foreman, "_start", start)
    job, foreman = asked(browser), Foreman(browser.context)
    foreman.look()
    foreman.stop()
    found = Jobs(browser.context.store).find(job.id)
    assert found is not None
    assert found.state is JobState.FAILED
    assert "before it began" in str(found.faults[0])


def test_only_so_many_jobs_run_as_the_settings_say(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others wait for their turn, the oldest first."""
    started: list[int] = []

    def start(_foreman: Foreman, job: int) -> subprocess.Popen[bytes]:
        started.append(job)
        return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    monkeypatch.setattr(Foreman, "_start", start)
    first, second, foreman = asked(browser), asked(browser), Foreman(browser.context)
    foreman.look()
    foreman.look()
    assert started == [first.id]
    assert _state(browser, second) is JobState.WAITING
    foreman.stop()


def _state(browser: Browser, job: Job) -> JobState | None:
    found = Jobs(browser.context.store).find(job.id)
    return None if found is None else found.state
