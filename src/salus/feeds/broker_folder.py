"""The folder of the private broker: its passwords, its configuration, and where it listens."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Where
from salus.core.files import disk_faults
from salus.feeds.address import Address, read_address
from salus.feeds.topics import READINGS, REFUSED

if TYPE_CHECKING:
    from pathlib import Path

READER, SOURCE = "salus", "source"
"""The accounts: ours, which reads, and that of the devices, which write."""
ROUNDS = 10_000
"""Of PBKDF2; the passwords are random and long, so that few would do."""


@dataclass(frozen=True, slots=True)
class BrokerFolder:
    """The folder ``broker`` of a home, for its owner only.

    Parameters
    ----------
    path : Path
        The folder.
    """

    path: Path

    @property
    def config(self) -> Path:
        """The configuration that Mosquitto is started with."""
        return self.path / "mosquitto.conf"

    @property
    def process(self) -> Path:
        """Holds number and port of the process that runs, or ran."""
        return self.path / "process"

    def password(self, account: str) -> str:
        """Return the password of an account; it is made the first time it is asked for."""
        kept = self.path / f"password-{account}"
        if not kept.exists():
            write_private(kept, secrets.token_urlsafe(32))
        return kept.read_text(encoding="utf-8")

    def address(self, account: str, port: int) -> Address:
        """Return the address of the broker for an account."""
        return Address("127.0.0.1", port, account, self.password(account))

    def prepare(self, port: int) -> None:
        """Write everything Mosquitto needs.

        Parameters
        ----------
        port : int
            On which it will listen, on loopback only.

        Raises
        ------
        EnvironmentFaultError
            If the folder cannot be written.
        """
        with disk_faults(self.path):
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            accounts = {name: self.password(name) for name in (READER, SOURCE)}
            lines = [f"{name}:{hashed(password)}\n" for name, password in accounts.items()]
            write_private(self.path / "accounts", "".join(lines))
            write_private(self.path / "topics", _topics())
            write_private(self.config, self._configuration(port))

    def announce(self, port: int) -> None:
        """Write the address for devices, once what they send is no longer lost.

        Parameters
        ----------
        port : int
            On which the broker listens.
        """
        with disk_faults(self.path):
            write_private(self.path / "address", self.address(SOURCE, port).url)

    def written_address(self) -> Address | None:
        """Read the address that was written for devices; ``None`` when there is none."""
        kept = self.path / "address"
        if not kept.exists():
            return None
        return read_address(kept.read_text(encoding="utf-8").strip(), Where(str(kept)))

    def _configuration(self, port: int) -> str:
        # As root it would become the user mosquitto, who may not read this folder.
        user = "user root\n" if os.geteuid() == 0 else ""
        return (
            f"{user}listener {port} 127.0.0.1\n"
            "allow_anonymous false\n"
            f"password_file {self.path / 'accounts'}\n"
            f"acl_file {self.path / 'topics'}\n"
            "persistence true\n"
            f"persistence_location {self.path}/\n"
            "autosave_interval 5\n"
            "max_queued_messages 0\n"
            "max_inflight_messages 0\n"
            "message_size_limit 1000000\n"
            f"log_dest file {self.path / 'mosquitto.log'}\n"
            "log_type error\n"
            "log_type warning\n"
        )


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all.

    Parameters
    ----------
    path : Path
        The file.
    text : str
        What it holds.
    """
    making = path.with_name(f"{path.name}.new")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    making.replace(path)


def hashed(password: str) -> str:
    """Hash a password as Mosquitto keeps it: PBKDF2 with SHA-512.

    Examples
    --------
    >>> hashed("x").split("$")[1:3]
    ['7', '10000']
    """
    salt = secrets.token_bytes(12)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS)
    text, digest = (base64.b64encode(each).decode() for each in (salt, key))
    return f"$7${ROUNDS}${text}${digest}"


def _topics() -> str:
    return (
        f"user {READER}\ntopic read {READINGS}#\ntopic write {REFUSED}#\n\n"
        f"user {SOURCE}\ntopic write {READINGS}#\ntopic read {REFUSED}#\n"
    )
