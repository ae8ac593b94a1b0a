"""Running ``salus`` as a person does: in this process, or in one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salus.cli.outermost import run
from salus.data.region.sample import sample_region

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "from salus.cli.main import main; main()"


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Read stdout as the one JSON document it must be."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Made:
    """A run that is done: its document, its text and its folders."""

    lang: str
    out: Path
    home: Path
    document: Any
    text: str

    @property
    def page(self) -> str:
        """Read the page."""
        return (self.out / "report.html").read_text(encoding="utf-8")

    @property
    def decision(self) -> str:
        """Name the decision."""
        return str(self.document["decision"])

    @property
    def answer(self) -> Path:
        """Find the stored answer: the one object of the ledger that is our canonical document."""
        found = [p for p in objects(self.home) if b'"format":"salus-day/' in p.read_bytes()]
        assert len(found) == 1
        return found[0]


def salus(*arguments: str | Path) -> Told:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Told(code, out.getvalue(), err.getvalue())


def start(
    *arguments: str | Path,
    cwd: Path | None = None,
    program: str = PROGRAM,
    stdout: int = subprocess.PIPE,
    **more: str,
) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **more},
    )


def process(
    *arguments: str | Path, cwd: Path | None = None, program: str = PROGRAM, **more: str
) -> Told:
    """Run a command in a process of its own."""
    running = start(*arguments, cwd=cwd, program=program, stdout=subprocess.PIPE, **more)
    out, err = running.communicate(timeout=120)
    return Told(running.returncode, out, err)


def made(place: Path, *arguments: str | Path, lang: str = "en") -> Made:
    """Run the day of a region, which is the sample unless another one is named."""
    if "--region" not in arguments:
        arguments = ("--region", sample_region(), *arguments)
    return done(place, *arguments, lang=lang)


def done(place: Path, *arguments: str | Path, lang: str = "en") -> Made:
    """Run the day with ``--json`` into a folder, and demand that it is done.

    It is the day of a synthetic city unless a region is named.
    """
    out, home = place / "report", place / "home"
    told = salus("run", "--json", "--lang", lang, "--out", out, "--home", home, *arguments)
    assert told.code == 0, told.err
    return Made(lang, out, home, told.document, told.err)


def objects(home: Path) -> list[Path]:
    """List the contents that a home keeps."""
    return sorted(path for path in (home / "objects").rglob("*") if path.is_file())


def listing(folder: Path) -> set[str]:
    """List a folder, hidden names too."""
    return {path.name for path in folder.iterdir()}
