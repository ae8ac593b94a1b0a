"""A private Mosquitto on loopback, watched over and started again when it dies."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import say
from salus.feeds.broker_folder import READER, BrokerFolder, write_private
from salus.feeds.pauses import Pauses

if TYPE_CHECKING:
    from salus.core.log import Log
    from salus.feeds.address import Address

PLACES = "/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin"
"""Where it lies beside the folders of PATH."""
LOOK, READY_SECONDS = 0.2, 10.0
"""Seconds between looks at the process, and until it must listen."""


def find_mosquitto(path: str | None = None) -> Path:
    """Find the program.

    Parameters
    ----------
    path : str, optional
        Folders to look in, as in ``PATH``; that of the environment when not given.

    Raises
    ------
    EnvironmentFaultError
        If it is not installed.
    """
    folders = os.environ.get("PATH", "") if path is None else path
    found = shutil.which("mosquitto", path=f"{folders}:{PLACES}" if path is None else folders)
    if found is None:
        remedy = say(
            "install the Debian package {package}, or name a broker by the setting {setting}; "
            "readings over HTTP are taken all the same",
            package="mosquitto",
            setting="broker",
        )
        what = say("there is no Mosquitto, so readings over MQTT are off")
        raise EnvironmentFaultError(Fault(what, Where(say("MQTT")), remedy))
    return Path(found)


@dataclass(slots=True)
class PrivateBroker:
    """A Mosquitto of our own.

    A service that was killed leaves its broker running, and with it the messages that wait: the
    next service finds it and goes on with it.

    Parameters
    ----------
    folder : BrokerFolder
        Where everything of it is kept.
    program : Path
        The Mosquitto to run.
    log : Log
        Hears when it is started again.
    port : int
        On which it listens; 0 before it was started.
    """

    folder: BrokerFolder
    program: Path
    log: Log
    port: int = 0
    _number: int = field(default=0, init=False)
    _child: asyncio.subprocess.Process | None = field(default=None, init=False)

    @property
    def address(self) -> Address:
        """Where we reach it."""
        return self.folder.address(READER, self.port)

    @property
    def number(self) -> int:
        """Number of the process."""
        return self._number

    async def start(self) -> None:
        """Take over the broker that a killed service left, or start one.

        Raises
        ------
        EnvironmentFaultError
            If the folder cannot be written, or it does not listen in time.
        """
        left = self._left()
        if left is not None:
            self._number, self.port = left
            return
        self.port = self._free_port()
        self.folder.prepare(self.port)
        self._child = await self._started()
        self._number = self._child.pid
        write_private(self.folder.process, f"{self._number} {self.port}")
        await self._listening()

    async def keep_running(self, stop: asyncio.Event) -> None:
        """Start it again whenever it dies, until no more is wanted; then end it.

        Parameters
        ----------
        stop : asyncio.Event
            Set when no more is wanted.
        """
        pauses = Pauses()
        try:
            while not await pauses.stopped(stop, LOOK):
                if self._lives():
                    continue
                self.log.warning("broker died", port=self.port)
                if await pauses.wait(stop):
                    return
                try:
                    await self.start()
                except EnvironmentFaultError as error:
                    self.log.warning("broker does not start", why=str(error))
        finally:
            await self.end()

    async def end(self) -> None:
        """End it; it writes down what waits before it goes."""
        if not self._lives():
            return
        os.kill(self._number, signal.SIGTERM)
        for _ in range(int(READY_SECONDS / LOOK)):
            if not self._lives():
                return
            await asyncio.sleep(LOOK)

    async def _started(self) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                self.program,
                "-c",
                self.folder.config,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise _deaf(self.folder) from error

    def _lives(self) -> bool:
        if self._child is not None:
            return self._child.returncode is None
        return self._number > 0 and self._ours(self._number)

    def _ours(self, number: int) -> bool:
        """Tell whether a process is a Mosquitto of this folder: numbers are used again."""
        try:
            words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return str(self.folder.config).encode() in words

    def _left(self) -> tuple[int, int] | None:
        try:
            number, port = map(int, self.folder.process.read_text(encoding="utf-8").split())
        except (OSError, ValueError):
            return None
        return (number, port) if self._ours(number) and _listens(port) else None

    def _free_port(self) -> int:
        """Choose the port of before, if it is free, so that devices need not be told."""
        known = self.folder.written_address() if self.folder.path.exists() else None
        for port in (known.port if known else 0, 0):
            with socket.socket() as trial:
                try:
                    trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    trial.bind(("127.0.0.1", port))
                except OSError:
                    continue
                return int(trial.getsockname()[1])
        raise _deaf(self.folder)

    async def _listening(self) -> None:
        for _ in range(int(READY_SECONDS / LOOK)):
            if not self._lives():
                break
            if _listens(self.port):
                return
            await asyncio.sleep(LOOK)
        raise _deaf(self.folder)


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        trial.settimeout(1.0)
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _deaf(folder: BrokerFolder) -> EnvironmentFaultError:
    log = str(folder.path / "mosquitto.log")
    remedy = say("read {log}", log=log)
    return EnvironmentFaultError(
        Fault(say("Mosquitto does not start"), Where(str(folder.config)), remedy)
    )
