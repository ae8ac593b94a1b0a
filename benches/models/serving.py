"""The service with Florida loaded and planned: the City page for ten people, and a small route."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

PAGES = 30
"""Times that each person looks at the City page."""
CALLS = 200
"""Times that each program asks the small route."""
WAIT = 600
PROGRAM = "import sys; from benches.models.serving import main; main(*sys.argv[1:])"
SERVE = "from salus.cli.main import main; main()"


def main(home: str, region: str, people: str) -> None:
    """Serve, load and plan the region, then look at it as so many people at the same time."""
    import httpx  # noqa: PLC0415  (the registry must stay light)

    command = [sys.executable, "-c", SERVE, "serve", "--home", home, "--port", "0"]
    service = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        address = _address(service)
        headers = {"Authorization": f"Bearer {_token(Path(home))}"}
        with httpx.Client(base_url=address, headers=headers, timeout=WAIT) as client:
            planned = _plan(client, Path(region))
        found = asyncio.run(_visit(address, headers, int(people), service.pid))
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(60)
    sys.stdout.write(json.dumps({"plan_seconds": planned, **found}) + "\n")


def figures(output: str) -> Mapping[str, float]:
    """Read what one run printed."""
    row: dict[str, Any] = json.loads(output)
    return row


def _address(service: subprocess.Popen[str]) -> str:
    assert service.stdout is not None  # noqa: S101  (it is a pipe)
    for line in service.stdout:
        found = re.search(r"http://[\d.]+:\d+", line)
        if found:
            return found[0]
    message = "the service did not say where it is"
    raise RuntimeError(message)


def _token(home: Path) -> str:
    from datetime import timedelta  # noqa: PLC0415

    from sqlalchemy import insert  # noqa: PLC0415

    from salus.core.clock import SystemClock  # noqa: PLC0415
    from salus.data.store.account_tables import ACCOUNT  # noqa: PLC0415
    from salus.data.store.accounts import values_of  # noqa: PLC0415
    from salus.data.store.engine import open_store  # noqa: PLC0415
    from salus.data.store.moments import written  # noqa: PLC0415
    from salus.data.store.sessions import Sessions  # noqa: PLC0415
    from salus.domain.account import Account  # noqa: PLC0415
    from salus.trust.account.token import digest_of, new_token  # noqa: PLC0415

    token, now = new_token(), SystemClock().now()
    row = {**values_of(Account("bench", "planner")), "password": "none", "made_at": written(now)}
    with open_store(home) as store:
        with store.writing() as connection:
            connection.execute(insert(ACCOUNT).values(row))
        Sessions(store).start(digest_of(token), "bench", now, now + timedelta(hours=1))
    return token


def _plan(client: httpx.Client, region: Path) -> float:
    files = [("files", (path.name, path.read_bytes())) for path in sorted(region.iterdir())]
    loaded = client.post("/api/v1/regions", data={"name": region.name}, files=files)
    loaded.raise_for_status()
    began = time.perf_counter()
    job = client.post("/api/v1/jobs", json={"region": region.name}).raise_for_status().json()["id"]
    while True:
        found = client.get(f"/api/v1/jobs/{job}").raise_for_status().json()
        if found["state"] not in {"waiting", "running"}:
            break
        time.sleep(0.5)
    if found["state"] != "done":
        message = f"the day was not planned: {found}"
        raise RuntimeError(message)
    return time.perf_counter() - began


async def _visit(
    address: str, headers: Mapping[str, str], people: int, service: int
) -> dict[str, float]:
    import httpx  # noqa: PLC0415

    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=WAIT) as client:
        page = (await client.get("/")).raise_for_status()
        before = _cpu(service)
        look = [_times(client, "/", PAGES) for _ in range(people)]
        pages = [each for times in await asyncio.gather(*look) for each in times]
        cpu = (_cpu(service) - before) / len(pages)
        began = time.perf_counter()
        await asyncio.gather(*(_times(client, "/api/v1/jobs/1", CALLS) for _ in range(people)))
        small = people * CALLS / (time.perf_counter() - began)
        began = time.perf_counter()
        await asyncio.gather(*(_times(client, "/api/v1/healthz", CALLS) for _ in range(people)))
        health = people * CALLS / (time.perf_counter() - began)
    return {
        "page_bytes": len(page.content),
        "page_cpu_seconds": cpu,
        "page_seconds_median": statistics.median(pages),
        "page_seconds_p95": statistics.quantiles(pages, n=20)[-1],
        "job_requests_a_second": small,
        "health_requests_a_second": health,
    }


async def _times(client: httpx.AsyncClient, path: str, count: int) -> list[float]:
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        (await client.get(path)).raise_for_status()
        taken.append(time.perf_counter() - began)
    return taken


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


register(
    Benchmark(
        name="serving",
        sentence="Serve a planned region: the City page for people at the same time (goal: 0.3 s "
        "at the 95th percentile for ten), and requests to small routes.",
        sizes={
            f"florida, {people} people": (
                "-c",
                PROGRAM,
                "{home}",
                "{data}/regions/florida",
                str(people),
            )
            for people in (1, 10)
        },
        needs=("regions/florida",),
        figures=figures,
        once=True,
    )
)
