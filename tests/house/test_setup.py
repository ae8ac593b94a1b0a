"""Setting up takes what is needed, says why, and can be done again at once."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.house.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = "run serve test check bench soak docs catalogues doors deep lock clean"


def script(folder: Path, user: int, apt: str) -> subprocess.CompletedProcess[str]:
    """Run the script on a machine that has git, lacks chromium, and notes what is installed."""
    tools = {
        "dpkg-query": '[ "$4" = git ] && printf installed || exit 1',
        "id": f"echo {user}",
        "apt-get": f'echo "$@" >> {folder}/asked; {apt}',
    }
    for name, body in tools.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    return subprocess.run(
        ["sh", str(ROOT / "scripts" / "debian_packages"), "git", "chromium"],  # noqa: S607 - Debian's
        env={"PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_root_installs_only_what_is_missing_and_says_why(tmp_path: Path) -> None:
    """Git is there and left alone; chromium is installed after its reason was given."""
    answer = script(tmp_path, user=0, apt="true")
    assert answer.returncode == 0
    assert "chromium is missing; it opens the report" in answer.stdout
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[-1].endswith("--no-install-recommends chromium")


def test_a_user_goes_on_without_and_reads_the_line_to_run(tmp_path: Path) -> None:
    """Nobody is asked for a password in the middle of a test run."""
    answer = script(tmp_path, user=1000, apt="true")
    assert answer.returncode == 0
    assert "sudo apt-get install --no-install-recommends chromium" in answer.stdout
    assert not (tmp_path / "asked").exists()


def test_a_machine_without_network_goes_on(tmp_path: Path) -> None:
    """What Debian cannot install is skipped by the tests that want it."""
    answer = script(tmp_path, user=0, apt="exit 100")
    assert answer.returncode == 0
    assert "going on without" in answer.stdout


@pytest.mark.parametrize("target", TARGETS.split())
def test_a_target_can_be_made(target: str) -> None:
    """Every command of the Makefile is known to make and named by its list."""
    command = ["make", "--dry-run", "--directory", str(ROOT), target]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    listed = subprocess.run(
        ["make", "--silent", "--directory", str(ROOT)],  # noqa: S607 - Debian's
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"make {target} " in listed.stdout


def test_continuous_integration_can_be_started() -> None:
    """The script that decides about a change may be executed."""
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
