"""Readings over MQTT: from the device through a private broker into the store, and scored."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from salus.feeds.address import Address

SECONDS = 20
SOURCES = 200
SIGNS = (("8867-4", "/min", 70.0), ("9279-1", "/min", 16.0), ("59408-5", "%", 96.0))
SERVE = "import sys; from benches.models.live import serve; serve(sys.argv[1])"
PUBLISH = "import sys; from benches.models.live import main; main(int(sys.argv[1]))"


def serve(home: str) -> None:
    """Feed until a signal asks to stop, and print what it took of the processor."""
    from salus.core.settings import Settings  # noqa: PLC0415  (the registry must stay light)
    from salus.feeds.serve import feed  # noqa: PLC0415
    from salus.service.context import open_context  # noqa: PLC0415

    async def whole() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        with open_context(Settings(home=Path(home))) as context:
            await feed(context, context.settings, stop)

    asyncio.run(whole())
    took = os.times()
    own, broker = took.user + took.system, took.children_user + took.children_system
    sys.stdout.write(json.dumps({"service_cpu": own, "broker_cpu": broker}))


def main(rate: int) -> None:
    """Publish so many readings a second, one in each message, and wait until all are scored."""
    from salus.data.store.engine import open_store  # noqa: PLC0415
    from salus.data.store.readings import Readings  # noqa: PLC0415
    from salus.feeds.broker_folder import BrokerFolder  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        command = [sys.executable, "-c", SERVE, str(home)]
        service = subprocess.Popen(command, stdout=subprocess.PIPE)
        written = BrokerFolder(home.resolve() / "broker").written_address
        _until(lambda: written() is not None)
        address = written()
        assert address is not None  # noqa: S101  (just waited for)
        began = time.perf_counter()
        before = os.times()
        _publish(address, rate)
        sent, after = time.perf_counter() - began, os.times()
        with open_store(home) as store:
            readings = Readings(store)
            _until(lambda: readings.end() >= rate * SECONDS)
            stored = time.perf_counter() - began
            _until(lambda: readings.checkpoint("stream").position >= readings.end())
            scored, count = time.perf_counter() - began, readings.count()
        service.send_signal(signal.SIGTERM)
        out, _ = service.communicate(timeout=60)
    figures = {
        "readings": count,
        "sent_seconds": sent,
        "stored_seconds": stored,
        "scored_seconds": scored,
        "publisher_cpu": after.user + after.system - before.user - before.system,
        **json.loads(out),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def figures(output: str) -> Mapping[str, float]:
    """Read what one run printed, with the rates that follow from it."""
    row: dict[str, Any] = json.loads(output)
    return row | {
        "stored_a_second": row["readings"] / row["stored_seconds"],
        "scored_a_second": row["readings"] / row["scored_seconds"],
        "seconds_from_last_sent_to_scored": row["scored_seconds"] - row["sent_seconds"],
        "cores": (row["publisher_cpu"] + row["service_cpu"] + row["broker_cpu"])
        / row["scored_seconds"],
    }


def _publish(address: Address, rate: int) -> None:
    import paho.mqtt.client as paho  # noqa: PLC0415
    from paho.mqtt.enums import CallbackAPIVersion  # noqa: PLC0415

    client = paho.Client(CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
    client.username_pw_set(address.user, address.password)
    client.max_inflight_messages_set(2000)
    client.connect(address.host, address.port)
    client.loop_start()
    began, last = time.perf_counter(), None
    for number, (topic, payload) in enumerate(_messages(rate * SECONDS)):
        ahead = number / rate - (time.perf_counter() - began)
        if ahead > 0.01:  # noqa: PLR2004  (shorter sleeps cost more than they wait)
            time.sleep(ahead)
        last = client.publish(topic, payload, qos=1)
    if last is not None:
        last.wait_for_publish(60)
    client.disconnect()
    client.loop_stop()


def _messages(count: int) -> Iterator[tuple[str, str]]:
    from salus.core.clock import SystemClock  # noqa: PLC0415
    from salus.core.rng import stream  # noqa: PLC0415

    clock, noise = SystemClock(), stream(1, "bench/live").normal(0, 1.5, count)
    for number in range(count):
        quantity, unit, usual = SIGNS[number % len(SIGNS)]
        source = number // len(SIGNS) % SOURCES
        reading = {
            "sequence": number,
            "quantity": quantity,
            "measured_at": clock.now().isoformat(),
            "value": usual + noise[number],
            "unit": unit,
            "place_id": "H001",
        }
        yield f"salus/v1/readings/monitor-{source}", json.dumps(reading)


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(2400):
        if holds():
            return
        time.sleep(0.05)
    message = "it did not happen in two minutes"
    raise RuntimeError(message)


register(
    Benchmark(
        name="live",
        sentence="Publish readings for 20 seconds; broker, storing and scoring keep pace.",
        sizes={f"{rate:,} readings/s": ("-c", PUBLISH, str(rate)) for rate in (500, 2_000, 4_000)},
        figures=figures,
        once=True,
    )
)
