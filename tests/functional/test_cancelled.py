"""Ctrl-C, a kill, a closed pipe and a defect of ours: nothing half-written stays."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING

import pytest

from salus.service import run_day
from tests.functional.running import listing, process, salus, start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from salus.service.context import Context

WAITING = """
import signal, sys
from salus.cli.main import main
from salus.service import run_day

def plan(context, *_, **__):
    print("planning", file=sys.stderr, flush=True)
    while True:
        pass

run_day.plan_city = plan
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # one under nohup ignores this
main()
"""

LOADING = """
import signal, sys

class Early:
    def find_spec(self, name, *_):
        if name == "{module}" and not hasattr(self, "asked"):
            self.asked = True
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Early())
signal.signal(signal.SIGINT, signal.default_int_handler)
from salus.cli.main import main
main()
"""
ENDING = """
import atexit, os, signal, threading, time
from salus.cli import outermost
from salus.cli.main import main

def ask():
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.5)

outermost.run = lambda _: 6
if {late}:
    atexit.register(signal.raise_signal, signal.SIGINT)
else:
    threading.Thread(target=ask).start()
main()
"""


def _outcomes(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "salus.db")
    found = [row[0] for row in connection.execute("select outcome from run")]
    connection.close()
    return found


@pytest.mark.parametrize("module", ["salus.core.interrupts", "salus.report.words", "typer"])
def test_ctrl_c_while_the_program_loads_is_advice(tmp_path: Path, module: str) -> None:
    """Whoever typed the wrong command sees a line, no traceback."""
    told = process("--help", program=LOADING.format(module=module), cwd=tmp_path)
    assert told.code == 130
    assert "cancelled" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("late", [False, True])
def test_ctrl_c_after_all_is_done_changes_nothing(tmp_path: Path, late: bool) -> None:  # noqa: FBT001
    """While threads end and after it, the exit code stays that of the command."""
    told = process(program=ENDING.format(late=late), cwd=tmp_path)
    assert (told.code, told.err) == (6, "")


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_a_kind_kill_cancel_the_run(tmp_path: Path, kind: signal.Signals) -> None:
    """While it plans: exit 130, said in one document, recorded, and nothing written."""
    home, out = tmp_path / "home", tmp_path / "report"
    running = start("run", "--json", "--home", home, "--out", out, program=WAITING)
    assert running.stderr is not None
    assert running.stderr.readline() == "planning\n"
    running.send_signal(kind)
    try:
        said, told = running.communicate(timeout=60)
    finally:
        running.kill()  # it would work on for ever
    assert running.returncode == 130
    assert '"exit_code": 130' in said
    assert "Traceback" not in told
    assert listing(tmp_path) == {"home", "work"}
    assert _outcomes(home) == ["cancelled"]


def test_a_closed_pipe_is_no_failure(tmp_path: Path) -> None:
    """Whoever reads the first line only does not make the run fail."""
    running = start("run", "--home", tmp_path / "home", "--out", tmp_path / "report")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait(60) == 0
    running.stderr.close()
    assert (tmp_path / "report" / "report.html").exists()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break the product so that an error carries a name."""

    def fail(_context: Context, *_: object, **__: object) -> Callable[[], None]:
        message = "Jane Roe, born 1950-01-01"
        raise KeyError(message)

    monkeypatch.setattr(run_day, "plan_city", fail)


@pytest.mark.usefixtures("broken")
def test_a_defect_is_owned_without_a_word_of_the_data(tmp_path: Path) -> None:
    """Exit 1, one line of log with the places in the code, no message of the error, no report."""
    told = salus("run", "--json", "--out", tmp_path / "report")
    assert (told.code, told.document["exit_code"]) == (1, 1)
    assert "a defect of Salus" in told.err
    assert "Roe" not in told.err + told.out
    assert "Traceback" not in told.err
    assert '"kind": "KeyError"' in told.err
    assert listing(tmp_path) == {"work"}
    assert _outcomes(tmp_path / "work" / "salus-home") == ["failed"]


def test_a_plain_run_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The command line entry point runs, and says nothing on stderr when nobody looks."""
    told = process("run", cwd=tmp_path)
    assert (told.code, told.err) == (0, "")
    assert "\x1b" not in told.out
    assert listing(tmp_path) == {"salus-home", "salus-out", "work"}
