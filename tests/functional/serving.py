"""``salus serve`` in a process of its own, and people who use it over HTTP."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from salus.data.store.engine import open_store
from salus.data.store.invitations import Invitations, Invited
from salus.trust.account.token import digest_of, new_token
from tests.functional.running import PROGRAM, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

PASSWORD = "correct horse battery staple"  # noqa: S105 - of accounts that only tests have
LINK = re.compile(r"(http://[\d.]+:\d+)(?:/invitation/(\S+))?")
API = "/api/v1"


@dataclass
class Service:
    """A service that runs."""

    process: subprocess.Popen[str]
    address: str
    token: str | None
    home: Path
    said: list[str] = field(default_factory=list)

    def client(self, token: str | None = None, **more: Any) -> httpx.Client:
        """Open a client, of the account that a token is of."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=60, **more)

    def invited(self, name: str, role: str, *districts: str) -> str:
        """Invite somebody as the operator of the machine does."""
        token = new_token()
        seen = frozenset(districts) or None
        with open_store(self.home) as store:
            invited = Invited(name, role, seen, _tomorrow())
            Invitations(store).keep(digest_of(token), invited)
        return token

    def person(self, name: str, role: str, *districts: str) -> httpx.Client:
        """Make an account, and return the client of its owner, signed in."""
        return self.accepted(self.invited(name, role, *districts), name)

    def accepted(self, invitation: str, name: str) -> httpx.Client:
        """Take up an invitation in a browser, then sign in as a program."""
        with self.client() as browser:
            form = {"name": name, "password": PASSWORD}
            came = browser.post(
                f"/invitation/{invitation}", data=form, headers={"Origin": self.address}
            )
            assert came.status_code == 303, came.text
        return self.signed_in(name)

    def signed_in(self, name: str) -> httpx.Client:
        """Sign in, and return the client."""
        with self.client() as stranger:
            shown = {"name": name, "password": PASSWORD}
            came = stranger.post(f"{API}/session", json=shown)
            assert came.status_code == 201, came.text
        return self.client(came.json()["token"])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the service, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(40)


@contextmanager
def served(home: Path, *arguments: str, **more: str) -> Iterator[Service]:
    """Serve a home on a free port as long as what is inside."""
    command: tuple[str | Path, ...] = ("serve", "--home", home, "--port", "0", *arguments)
    process = start(*command, cwd=None, program=PROGRAM, stdout=subprocess.PIPE, **more)
    service = Service(process, "", None, home)
    told = threading.Thread(target=_hear, args=(service,), daemon=True)
    told.start()
    try:
        _await_answer(service)
        yield service
    finally:
        service.stop()
        told.join(10)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def finished(client: httpx.Client, job: int, *, seconds: float = 180) -> Any:
    """Wait until a job is over, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = client.get(f"{API}/jobs/{job}").json()
        if found["state"] not in {"waiting", "running"}:
            return found
        time.sleep(0.2)
    message = f"the job did not end: {found}"
    raise AssertionError(message)


def running(client: httpx.Client, job: int, *, seconds: float = 60) -> Any:
    """Wait until a job runs and says what it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = client.get(f"{API}/jobs/{job}").json()
        if found["state"] == "running" and found["doing"]:
            return found
        assert found["state"] in {"waiting", "running"}, found
        time.sleep(0.05)
    message = f"the job did not begin: {found}"
    raise AssertionError(message)


def _hear(service: Service) -> None:
    assert service.process.stdout is not None
    for line in service.process.stdout:
        service.said.append(line.rstrip("\n"))
        found = LINK.search(line)
        if found:
            service.token = service.token or found[2]
            service.address = service.address or found[1]


def _await_answer(service: Service) -> None:
    for _ in range(600):
        if service.process.poll() is not None:
            err = service.process.stderr.read() if service.process.stderr else ""
            message = f"the service ended: {err}"
            raise AssertionError(message)
        try:
            if service.address and httpx.get(f"{service.address}{API}/healthz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    message = "the service does not answer"
    raise AssertionError(message)


def _tomorrow() -> datetime:
    from datetime import timedelta  # noqa: PLC0415 - beside its only use

    from salus.core.clock import SystemClock  # noqa: PLC0415

    return SystemClock().now() + timedelta(days=1)
