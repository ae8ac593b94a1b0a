"""Stdout and stderr may be full, closed or gone: one error, the exit code, and no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.functional.running import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="wants a system with /dev/full")


def _ended(arguments: Sequence[str], cwd: Path, full: str) -> tuple[int, str]:
    """Run a command with one stream on a full disk; give its exit code and the other stream."""
    with FULL.open("w", encoding="utf-8") as disk:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, full: disk}
        running = subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments],
            cwd=cwd,
            text=True,
            encoding="utf-8",
            check=False,
            **streams,  # type: ignore[call-overload]  # the streams are chosen by name
        )
    return running.returncode, running.stderr if full == "stdout" else running.stdout


@pytest.mark.parametrize("more", [(), ("--json",)], ids=["words", "json"])
def test_a_full_disk_behind_stdout_is_one_error(tmp_path: Path, more: tuple[str, ...]) -> None:
    """The report is written, and the error says so."""
    code, err = _ended(["run", "--out", "report", *more], tmp_path, "stdout")
    assert code == 2
    errors = [line for line in err.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert "the output cannot be written" in errors[0]
    assert "report" in errors[0]
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    assert (tmp_path / "report" / "report.html").exists()


@pytest.mark.parametrize("command", [("--help",), ("trust", "audit", "verify")])
def test_every_command_ends_with_2(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Help and looking back do not call a full disk a defect either."""
    subprocess.run(
        [sys.executable, "-c", PROGRAM, "run"], cwd=tmp_path, check=True, capture_output=True
    )
    code, err = _ended(command, tmp_path, "stdout")
    assert (code, err.count("Error: "), "Traceback" in err) == (2, 1, False), err


def test_a_full_disk_behind_stderr_changes_no_exit_code(tmp_path: Path) -> None:
    """Where the fault cannot be said, the exit code and the document still tell."""
    assert _ended(["run", "--region", "nowhere"], tmp_path, "stderr") == (2, "")
    code, out = _ended(["run", "--region", "nowhere", "--json"], tmp_path, "stderr")
    assert (code, '"exit_code": 2' in out) == (2, True)


def test_streams_that_were_closed_before_the_start_are_nobodys(tmp_path: Path) -> None:
    """Nothing is said, nothing is written in their place, and the run is done."""
    command = f'exec "{sys.executable}" -c "{PROGRAM}" run --out report >&- 2>&-'
    assert subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, check=False).returncode == 0
    assert (tmp_path / "report" / "report.html").exists()
