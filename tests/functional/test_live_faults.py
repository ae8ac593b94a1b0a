"""What can go wrong with live readings: each has one clear end, and the stream goes on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from salus.core.errors import EnvironmentFaultError, Where
from salus.core.log import open_log
from salus.core.settings import Settings
from salus.data.store.engine import open_store
from salus.data.store.readings import Readings
from salus.feeds import serve
from salus.feeds.address import read_address
from salus.feeds.mosquitto import find_mosquitto
from salus.feeds.serve import feed
from salus.feeds.topics import NOBODY, READINGS, REFUSED
from salus.service.context import open_context
from tests.fakes.feeding import Devices, Feeding, wait_until
from tests.functional.running import salus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENT = "Jane Roe"


@pytest.fixture
def feeding(tmp_path: Path) -> Iterator[Feeding]:
    """Run a service that only feeds."""
    service = Feeding(tmp_path / "home")
    service.start()
    yield service
    service.end()


def reading(sequence: int, **other: Any) -> bytes:
    """Make a message of one reading."""
    now = datetime.now(UTC).isoformat()
    fields = {"sequence": sequence, "quantity": "8867-4", "measured_at": now, "value": 71.0}
    return json.dumps(fields | {"unit": "/min"} | other).encode()


@pytest.mark.broker
def test_what_is_malformed_is_refused_and_the_stream_goes_on(feeding: Feeding) -> None:
    """No JSON, a clock a day ahead, an unknown unit, no source in the topic; then a good one."""
    ahead = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    wrong = [
        (READINGS + "m-1", PATIENT.encode()),
        (READINGS + "m-1", reading(1, measured_at=ahead)),
        (READINGS + "m-1", reading(2, unit="furlongs")),
        (READINGS + "m-1", reading(3, patient=PATIENT)),
        (READINGS + "m-1", b"\xff" * 10),
        (READINGS + "ward/m-1", reading(4)),
        (READINGS, reading(5)),
    ]
    devices = Devices(feeding.address)
    heard: list[dict[str, Any]] = []
    devices.client.on_message = lambda _c, _u, message: heard.append(json.loads(message.payload))
    devices.client.subscribe([(REFUSED + "m-1", 0), (REFUSED + NOBODY, 0)])
    devices.send([*wrong, (READINGS + "m-1", reading(6))])
    with open_store(feeding.home) as store:
        readings = Readings(store)
        wait_until(lambda: readings.count() == 1)
        wait_until(lambda: len(heard) == len(wrong))
        assert readings.refusals() == len(wrong)
        assert readings.after(0, 10).sequence.tolist() == [6]
    devices.leave()
    assert {each["code"] for each in heard} == {0x99}
    assert any("the clock of the device is more than 5 minutes ahead" in str(e) for e in heard)
    assert any("the unit is not known" in str(each) for each in heard)
    assert sum("the topic names no source" in str(each) for each in heard) == 2
    assert PATIENT not in str(heard)
    assert PATIENT.encode() not in feeding.home.joinpath("salus.db").read_bytes()


@pytest.mark.broker
def test_a_broker_that_dies_is_started_again(feeding: Feeding) -> None:
    """The devices find it under the same address, and what they send is stored."""
    devices = Devices(feeding.address)
    devices.send([(READINGS + "m-1", reading(1))])
    before = feeding.broker
    with open_store(feeding.home) as store:
        readings = Readings(store)
        wait_until(lambda: readings.count() == 1)
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: feeding.broker != before)
        devices.leave()
        again = Devices(feeding.address)
        numbers = iter(range(2, 1000))

        def arrives() -> bool:
            again.send([(READINGS + "m-1", reading(next(numbers)))])
            return readings.count() > 1

        wait_until(arrives)
        again.leave()


@pytest.mark.broker
def test_a_locked_store_is_waited_for(feeding: Feeding) -> None:
    """While another process holds the store nothing is acknowledged; afterwards it is stored."""
    devices = Devices(feeding.address)
    with open_store(feeding.home) as store:
        release = threading.Event()

        def hold() -> None:
            with store.writing():
                release.wait(30)

        holder = threading.Thread(target=hold)
        holder.start()
        devices.send((READINGS + "m-1", reading(number)) for number in range(20))
        readings = Readings(store)
        assert readings.count() == 0
        release.set()
        holder.join()
        wait_until(lambda: readings.count() == 20)
    devices.leave()


@pytest.mark.broker
def test_the_folder_of_the_broker_is_for_its_owner_only(feeding: Feeding) -> None:
    """It holds passwords; and without one nobody publishes."""
    address = feeding.address
    folder = feeding.home / "broker"
    assert folder.stat().st_mode & 0o077 == 0
    private = [path for path in folder.iterdir() if path.suffix not in {".log", ".db"}]
    assert [path.name for path in private if path.stat().st_mode & 0o077] == []
    assert str(address.password) not in (folder / "accounts").read_text()
    nobody = Devices(replace(address, user=None, password=None))
    assert not nobody.client.is_connected()
    nobody.leave()


def test_without_mosquitto_mqtt_is_off_and_scoring_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log says which package to install; the task stays, for readings over HTTP."""
    monkeypatch.setattr(serve, "find_mosquitto", lambda: find_mosquitto(str(tmp_path)))
    assert _logged(Settings(home=tmp_path / "home"), tmp_path) == (
        "install the Debian package mosquitto"
    )


def test_without_the_extra_mqtt_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log says what to install."""
    monkeypatch.setattr(serve, "find_spec", lambda _name: None)
    assert "run make doors in the checkout, or install the extras [iot]" in _logged(
        Settings(home=tmp_path / "home"), tmp_path
    )


def test_an_address_that_is_none_is_said(tmp_path: Path) -> None:
    """A setting that names no broker turns MQTT off, with an example."""
    told = _logged(Settings(home=tmp_path / "home", broker="broker.example"), tmp_path)
    assert "mqtt://user:password@host:1883" in told


def test_the_demonstration_says_when_no_broker_runs(tmp_path: Path) -> None:
    """One sentence with what to start, and exit code 2."""
    told = salus("demo-feed", "--home", str(tmp_path / "home"))
    assert told.code == 2
    assert "no broker runs for this home" in told.err
    told = salus("demo-feed", "--home", str(tmp_path), "--seconds", "soon", "--rate", "0")
    assert told.code == 2
    assert "--seconds" in told.err
    assert "--rate" in told.err


@pytest.mark.broker
def test_the_demonstration_plays_into_the_service(feeding: Feeding) -> None:
    """The monitors of a made-up city arrive in the store."""
    assert feeding.address.port > 0
    told = salus("demo-feed", "--home", str(feeding.home), "--seconds", "2", "--rate", "300")
    assert told.code == 0, told.err
    assert "readings of" in told.out
    assert "too short to raise a heart rate" in told.out
    with open_store(feeding.home) as store:
        wait_until(lambda: Readings(store).count() > 300)


def test_no_mosquitto_is_advice(tmp_path: Path) -> None:
    """Where the program is not installed, the error says how to get it."""
    with pytest.raises(EnvironmentFaultError, match="Debian package mosquitto"):
        find_mosquitto(str(tmp_path))


@pytest.mark.parametrize(
    "url", ["http://x", "mqtt://", "mqtt://h:99999", "mqtt://h/path", "broker.example"]
)
def test_addresses_that_are_none(url: str) -> None:
    """The text is not repeated: it may hold a password."""
    with pytest.raises(Exception, match="this is no address of a broker") as caught:
        read_address(url, Where("broker"))
    assert url not in str(caught.value).replace("mqtt://user:password@host:1883", "")


def _logged(settings: Settings, folder: Path) -> str:
    """Feed for a moment, and give what the log says."""

    async def whole() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.5, stop.set)
        with (folder / "log").open("w") as out, open_context(settings) as context:
            log = open_log(set(), "warning", out)
            await feed(replace(context, log=log), settings, stop)

    asyncio.run(whole())
    told = (folder / "log").read_text()
    assert "no readings over MQTT" in told
    wanted = "install the Debian package mosquitto"
    return wanted if wanted in told else told
