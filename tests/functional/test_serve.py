"""The service as people meet it: sign in, load a region, run its day, look at the plan."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from salus.data.region.sample import sample_region
from tests.conftest import SHARED
from tests.functional.running import process
from tests.functional.serving import API, Service, finished, running, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a home that several tests share."""
    more = {"SALUS_PEOPLE": "2000", "SALUS_GUESTS": "6000", "SALUS_MAX_UPLOAD_MB": "1"}
    with served(tmp_path_factory.mktemp("served") / "home", **more) as running:
        yield running


@pytest.fixture(scope="module")
def planner(service: Service) -> Iterator[httpx.Client]:
    """Let a planner of the whole region in, who has loaded the sample."""
    with service.person("paula", "planner") as client:
        assert loaded(client, "coast", sample_region()).status_code == 201
        yield client


@pytest.fixture(scope="module")
def job(planner: httpx.Client) -> Any:
    """Run the day of the sample to its end."""
    asked = planner.post(f"{API}/jobs", json={"region": "coast", "horizon": 1})
    assert asked.status_code == 202
    assert planner.get(asked.headers["Location"]).json()["id"] == asked.json()["id"]
    return finished(planner, asked.json()["id"])


def loaded(client: httpx.Client, name: str, folder: Path, **fields: str) -> httpx.Response:
    """Send the files of a folder as a region."""
    files = [
        ("files", (path.name, path.read_bytes()))
        for path in sorted(folder.iterdir())
        if path.suffix in {".csv", ".geojson"}
    ]
    return client.post(f"{API}/regions", data={"name": name, **fields}, files=files)


def test_the_first_administrator_comes_in_by_the_link(service: Service) -> None:
    """The link is printed in both languages, is good once, and is shown no more afterwards."""
    links = [line for line in service.said if "/invitation/" in line]
    assert len(links) == 2
    assert service.token is not None
    with service.accepted(service.token, "root") as root:
        assert root.get(f"{API}/regions").status_code == 200
    with service.client() as stranger:
        form = {"name": "mallory", "password": "correct horse battery staple"}
        again = stranger.post(
            f"/invitation/{service.token}", data=form, headers={"Origin": service.address}
        )
        assert again.status_code == 401


def test_a_region_is_loaded_planned_and_looked_at(planner: httpx.Client, job: Any) -> None:
    """From the files of a region to its plan, its tables and its page."""
    region = planner.get(f"{API}/regions/coast").json()
    assert (region["districts"], region["facilities"]) == (12, 14)
    assert (job["state"], job["done"], job["faults"]) == ("done", 1.0, [])
    plan = planner.get(f"{API}/plans/{job['plan']}").json()
    assert plan["decision"] == job["plan"]
    assert plan["tables"]["districts"]
    assert "advice" not in plan["tables"]
    listed = planner.get(f"{API}/plans", params={"region": "coast"}).json()["plans"]
    assert [each["id"] for each in listed] == [job["plan"]]
    table = planner.get(f"{API}/plans/{job['plan']}/tables/districts.csv")
    assert "district_id" in table.text.partition("\n")[0]
    page = planner.get(f"{API}/plans/{job['plan']}/report", params={"lang": "zh"})
    assert 'lang="zh' in page.text
    assert page.headers["content-disposition"].startswith("attachment")
    assert planner.get(f"{API}/forecasts/{job['plan']}").json()["tables"]["forecast"]
    assert planner.get(f"{API}/signals/{job['plan']}").json() == {"signals": [], "indicators": []}


def test_advice_is_for_those_who_see_the_district(
    service: Service, planner: httpx.Client, job: Any
) -> None:
    """A clinician sees the patients of the own district; another district tells nothing."""
    plan = job["plan"]
    with service.person("everywhere", "clinician") as client:
        patients = client.get(f"{API}/advice/{plan}").json()["patients"]
        assert patients, "the guests of the sample are advised"
        one = patients[0]
        shown = client.get(f"{API}/advice/{plan}/{one['district_id']}/{one['patient']}").json()
        assert shown["options"]
        assert shown["synthetic"]
    sealed = (service.home / "reports" / plan / "patients").read_bytes()
    assert one["patient"].encode() not in sealed
    with service.person("nearby", "clinician", one["district_id"]) as client:
        own = client.get(f"{API}/advice/{plan}").json()["patients"]
        assert {each["district_id"] for each in own} == {one["district_id"]}
        address = f"{API}/advice/{plan}/{one['district_id']}"
        assert client.get(f"{address}/{one['patient']}").status_code == 200
        assert client.get(f"{address}/nobody").status_code == 404
    with service.person("away", "clinician", "elsewhere") as client:
        assert client.get(f"{API}/advice/{plan}").json()["patients"] == []
        there = client.get(f"{API}/advice/{plan}/{one['district_id']}/{one['patient']}")
        missing = client.get(f"{API}/advice/{plan}/{one['district_id']}/nobody")
        assert there.status_code == missing.status_code == 403
        assert _without(there.json(), one["patient"]) == _without(missing.json(), "nobody")
    assert planner.get(f"{API}/advice/{plan}").status_code == 403


def _without(problem: Any, name: str) -> str:
    return json.dumps(problem).replace(name, "*")


def test_a_job_is_cancelled_and_leaves_nothing(service: Service, planner: httpx.Client) -> None:
    """A job that runs is stopped; its process ends, and nothing half-written stays."""
    job = planner.post(f"{API}/jobs", json={"region": None, "seed": 9}).json()["id"]
    running(planner, job)
    assert planner.delete(f"{API}/jobs/{job}").json()["state"] == "cancelled"
    again = planner.delete(f"{API}/jobs/{job}")
    assert again.status_code == 422
    lock = service.home / "jobs" / f"{job}.lock"
    for _ in range(300):
        if not lock.exists():
            break
        time.sleep(0.1)
    assert not lock.exists()
    found = planner.get(f"{API}/jobs/{job}").json()
    assert (found["state"], found["plan"]) == ("cancelled", None)
    assert [path for path in (service.home / "cities").glob(".*") if path.is_dir()] == []


def test_a_name_that_is_taken_is_told_as_a_name(service: Service, planner: httpx.Client) -> None:
    """The answer says nothing of the disk or of options of commands; the form keeps the name."""
    told = loaded(planner, "coast", sample_region())
    assert told.status_code == 422
    assert "a region called coast is loaded already" in told.json()["detail"]
    assert "replace=true" in told.json()["detail"]
    files = [("files", ("districts.csv", b"district_id,name\n"))]
    headers = {"Origin": service.address}
    page = planner.post("/plan/regions", data={"name": "coast"}, files=files, headers=headers)
    assert page.status_code == 422
    assert 'value="coast" required' in page.text
    for answer in (told.text, page.text):
        assert str(service.home) not in answer
        assert "--" not in answer.replace("<!--", "").replace("-->", "")
    assert loaded(planner, "coast", sample_region(), replace="true").status_code == 201


def test_an_upload_that_is_too_large_leaves_nothing(
    service: Service, planner: httpx.Client, tmp_path: Path
) -> None:
    """It is refused by its stated length, and while it arrives where no length is stated."""
    rows = b"facility_id,name\n" + b"x" * (2 << 20)
    files = {"files": ("facilities.csv", rows)}
    stated = planner.post(f"{API}/regions", data={"name": "large"}, files=files)
    body = planner.build_request("POST", f"{API}/regions", data={"name": "large"}, files=files)
    content = b"".join(body.stream)  # type: ignore[arg-type]  # a synchronous stream
    pieces = (content[at : at + 65536] for at in range(0, len(content), 65536))
    headers = {"Content-Type": body.headers["Content-Type"]}
    streamed = planner.post(f"{API}/regions", content=pieces, headers=headers)
    for answer in (stated, streamed):
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
        assert "max_upload_mb" in answer.json()["detail"]
    assert sorted(path.name for path in (service.home / "regions").iterdir()) == [
        ".incoming",
        "coast",
    ]
    assert list((service.home / "regions" / ".incoming").iterdir()) == []
    del tmp_path


def test_every_fault_of_a_region_is_told_and_nothing_kept(
    service: Service, planner: httpx.Client, tmp_path: Path
) -> None:
    """Faults stand by file, row and column, as the command line tells them."""
    for path in sample_region().glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "facilities.csv").read_text().splitlines()
    text[3] = text[3].rpartition(",")[0] + ",many"
    (tmp_path / "facilities.csv").write_text("\n".join(text))
    (tmp_path / "weekly_admissions.csv").write_text("week_ending,indicator,value\nsoon,flu,-1\n")
    answer = loaded(planner, "spoiled", tmp_path)
    assert answer.status_code == 422
    told = {fault["where"] for fault in answer.json()["faults"]}
    assert any(where.startswith("facilities.csv, row 4") for where in told), told
    assert any(where.startswith("weekly_admissions.csv, row 2") for where in told), told
    assert planner.get(f"{API}/regions/spoiled").status_code == 404
    assert list((service.home / "regions" / ".incoming").iterdir()) == []


@pytest.mark.parametrize("name", ["../../evil.csv", "..\\evil.csv", "/etc/passwd", "evil.csv"])
def test_no_name_of_a_file_leads_out_of_the_home(
    service: Service, planner: httpx.Client, name: str
) -> None:
    """What is written is named by us, never by whoever sends it."""
    before = sorted(path for path in service.home.parent.rglob("*evil*"))
    files = {"files": (name, b"a,b\n1,2\n")}
    answer = planner.post(f"{API}/regions", data={"name": "trick"}, files=files)
    assert answer.status_code == 422
    assert sorted(path for path in service.home.parent.rglob("*evil*")) == before
    files = {"files": ("facilities.csv", b"a,b\n1,2\n")}
    outside = planner.post(f"{API}/regions", data={"name": f"../{name}"}, files=files)
    assert outside.status_code == 422
    assert not (service.home / "regions" / "trick").exists()


def test_readings_raise_events_on_the_stream(service: Service, planner: httpx.Client) -> None:
    """A device departs from its usual range, and whoever watches hears of it and acknowledges."""
    del planner
    heard: list[tuple[str, str]] = []
    ready = threading.Event()
    with service.person("watcher", "dispatcher") as watcher:
        listener = threading.Thread(target=_listen, args=(watcher, heard, ready), daemon=True)
        listener.start()
        assert ready.wait(20)
        with service.person("monitors", "feed") as device:
            _send(device, [71 + n % 3 for n in range(240)])
            _send(device, [180] * 40, first=240)
        for _ in range(400):
            if any(kind == "alert" for kind, _ in heard):
                break
            time.sleep(0.1)
        alerts = [json.loads(data) for kind, data in heard if kind == "alert"]
        assert alerts, heard
        key = alerts[0]["id"]
        note = {"note": "the ward has been called"}
        done = watcher.post(f"{API}/alerts/{key}/acknowledge", json=note)
        assert done.status_code == 200, done.text
        assert done.json()["status"] == "acknowledged"
        assert done.json()["history"][-1]["who"] == "watcher"


def _send(device: httpx.Client, values: list[int], first: int = 0) -> None:
    from datetime import timedelta  # noqa: PLC0415 - beside its only use

    from salus.core.clock import SystemClock  # noqa: PLC0415

    begin = SystemClock().now() - timedelta(hours=2)
    sent = [
        {
            "source": "m-1",
            "sequence": first + n,
            "quantity": "8867-4",
            "measured_at": (begin + timedelta(seconds=20 * (first + n))).isoformat(),
            "value": value,
            "unit": "/min",
        }
        for n, value in enumerate(values)
    ]
    answer = device.post(f"{API}/readings", json=sent)
    assert answer.status_code == 201, answer.text
    assert answer.json()["stored"] == len(sent)


def _listen(client: httpx.Client, heard: list[tuple[str, str]], ready: threading.Event) -> None:
    with client.stream("GET", f"{API}/alerts/stream") as stream:
        kind = ""
        for line in stream.iter_lines():
            if line.startswith("event:"):
                kind = line.removeprefix("event:").strip()
            if line.startswith("data:"):
                heard.append((kind, line.removeprefix("data:").strip()))
                ready.set()
            if kind == "alert" and not line:
                return


def test_a_killed_service_goes_on_when_it_is_started_again(tmp_path: Path) -> None:
    """The service is killed in the middle of a job: its process lives on; killed, it is resumed."""
    home = tmp_path / "home"
    left = home / "regions" / ".incoming" / "half" / "facilities.csv"
    left.parent.mkdir(parents=True)
    left.write_text("half an upload")
    with served(home) as service, service.person("paula", "planner") as client:
        assert not left.exists()
        kept = client.post(f"{API}/jobs", json={"region": None}).json()["id"]
        running(client, kept)
        worker = int((home / "jobs" / f"{kept}.lock").read_text())
        os.kill(worker, signal.SIGSTOP)  # or it would be done before we look again
        service.stop(signal.SIGKILL)
    with served(home) as service, service.signed_in("paula") as client:
        assert client.get(f"{API}/jobs/{kept}").json()["state"] == "running"
        os.kill(worker, signal.SIGKILL)
        job = finished(client, kept)
        assert job["state"] == "interrupted"
        assert client.post(f"{API}/jobs/{kept}/resume").status_code == 202
        assert finished(client, kept)["state"] == "done"


def test_a_service_that_is_stopped_interrupts_its_jobs(tmp_path: Path) -> None:
    """A kind request ends the service with exit code 0, and its jobs can be resumed."""
    home = tmp_path / "home"
    with served(home) as service, service.person("paula", "planner") as client:
        job = client.post(f"{API}/jobs", json={"region": None}).json()["id"]
        running(client, job)
        assert service.stop() == 0
    with served(home) as service, service.signed_in("paula") as client:
        assert client.get(f"{API}/jobs/{job}").json()["state"] == "interrupted"


def test_a_port_that_is_in_use_is_one_clear_answer(service: Service, tmp_path: Path) -> None:
    """The second service says what to do, and makes no home."""
    port = service.address.rpartition(":")[2]
    told = process("serve", "--home", tmp_path / "other", "--port", port)
    assert told.code == 2
    assert "another program listens there already" in told.err
    assert "--port" in told.err
    assert not (tmp_path / "other").exists()


def test_one_home_has_one_service(service: Service, planner: httpx.Client) -> None:
    """A second one is told that the first runs, and the first and its broker go on."""
    told = process("serve", "--home", service.home, "--port", "0")
    assert told.code == 2
    assert "a service already runs on this home" in told.err
    assert str(service.process.pid) in told.err
    assert "--home" in told.err
    assert planner.get(f"{API}/regions").status_code == 200


@pytest.mark.shared
def test_florida_is_loaded_and_planned(planner: httpx.Client) -> None:
    """The real region goes the same way, and the City page shows it."""
    assert loaded(planner, "florida", SHARED / "regions" / "florida").status_code == 201
    order = {"region": "florida", "horizon": 1, "stresses": []}
    job = finished(planner, planner.post(f"{API}/jobs", json=order).json()["id"])
    assert (job["state"], job["faults"]) == ("done", [])
    plan = planner.get(f"{API}/plans/{job['plan']}").json()
    assert len({row["district_id"] for row in plan["tables"]["districts"]}) == 67
    page = planner.get("/")
    assert page.status_code == 200
    assert "Hillsborough" in page.text
