"""What all tests share: the data beside the project, no network, the same examples each time."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SALUS_SHARED") or REPOSITORY.parent / "shared") / "data"
WANTS: dict[str, tuple[Callable[[], object], str]] = {
    "shared": (SHARED.is_dir, "wants the data beside the project: set SALUS_SHARED"),
    "browser": (
        lambda: shutil.which("chromium"),
        "wants Debian's chromium: sh scripts/debian_packages chromium",
    ),
    "broker": (
        lambda: shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin"),
        "wants Debian's mosquitto: sh scripts/debian_packages mosquitto",
    ),
    "deep": (lambda: importlib.util.find_spec("torch"), "wants PyTorch: make deep"),
}

hypothesis.settings.register_profile(
    "house", derandomize=True, deadline=None, database=None, max_examples=50
)
hypothesis.settings.register_profile("soak", deadline=None, database=None, max_examples=5000)
hypothesis.settings.load_profile("house")


def pytest_sessionstart() -> None:
    """Let no test reach beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        inside = self.family == socket.AF_UNIX or address[0] in {"127.0.0.1", "::1", "localhost"}
        if not inside:
            message = f"a test may not reach the network, but tried {address[0]}"
            raise PermissionError(message)
        connect(self, address)

    pytest.MonkeyPatch().setattr(socket.socket, "connect", guarded)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose marker names something that is not there."""
    for marker, (there, wants) in WANTS.items():
        if item.get_closest_marker(marker) and not there():
            pytest.skip(wants)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real data beside the project."""
    if not SHARED.is_dir():
        pytest.skip(WANTS["shared"][1])
    return SHARED


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the root of the repository."""
    return REPOSITORY


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a developer has set for the product."""
    for name in [name for name in os.environ if name.startswith("SALUS_")]:
        monkeypatch.delenv(name)
