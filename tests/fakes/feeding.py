"""A service that only feeds, in a process of its own that a test may kill, and its devices."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from salus.core.settings import Settings
from salus.feeds.broker_folder import BrokerFolder
from salus.feeds.serve import feed
from salus.service.context import open_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salus.feeds.address import Address

ROOT = Path(__file__).resolve().parents[2]


class Feeding:
    """The task that ``salus serve`` starts, as a process with a home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.feeding", str(self.home)],
            env=os.environ | {"PYTHONPATH": paths},
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Kill it with SIGKILL: it can do nothing more."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Ask it to end, which ends its broker too."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)

    @property
    def address(self) -> Address:
        """Where its devices reach the broker, once it listens."""
        folder = BrokerFolder(self.home.resolve() / "broker")
        wait_until(lambda: folder.written_address() is not None)
        return cast("Address", folder.written_address())

    @property
    def broker(self) -> int:
        """Number of the process of the broker."""
        return int(BrokerFolder(self.home.resolve() / "broker").process.read_text().split()[0])


class Devices:
    """A connection of devices to a broker, which takes each message once it has it for good."""

    def __init__(self, address: Address) -> None:
        self.client = paho.Client(CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
        self.client.username_pw_set(address.user, address.password)
        self.client.max_inflight_messages_set(1000)
        self.client.reconnect_delay_set(1, 1)
        wait_until(lambda: self._connects(address))
        self.client.loop_start()

    def send(self, messages: Iterable[tuple[str, bytes]], pause: float = 0.0) -> None:
        """Publish messages by topic, and wait until the broker has them all."""
        waiting = []
        for topic, payload in messages:
            waiting.append(self.client.publish(topic, payload, qos=1))
            if pause:
                time.sleep(pause)
        for each in waiting:
            each.wait_for_publish(60)

    def leave(self) -> None:
        """Disconnect."""
        self.client.disconnect()
        self.client.loop_stop()

    def _connects(self, address: Address) -> bool:
        try:
            return self.client.connect(address.host, address.port) == paho.MQTT_ERR_SUCCESS
        except OSError:
            return False


def wait_until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds, and fail when it does not in time."""
    for _ in range(int(seconds / 0.05)):
        if holds():
            return
        time.sleep(0.05)
    message = f"it did not happen in {seconds} seconds"
    raise AssertionError(message)


async def main(home: Path) -> None:
    """Feed until somebody asks the process to end."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with open_context(Settings(home=home)) as context:
        await feed(context, context.settings, stop)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
