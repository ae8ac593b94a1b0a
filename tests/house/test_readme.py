"""What the two READMEs tell people to type works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

READMES = ("README.md", "README.zh-CN.md")
SHELL = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
VILLAGE = {"SALUS_PEOPLE": "2000"}  # a day as whole as the city's, and quicker
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")


def lines(pattern: str) -> list[str]:
    """Collect the lines that people are told to type, once each."""
    typed = [
        line.strip().partition("  #")[0]
        for readme in READMES
        for block in SHELL.findall((ROOT / readme).read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]
    return [line for line in dict.fromkeys(typed) if re.match(pattern, line)]


def test_both_languages_tell_people_to_type_the_same() -> None:
    """The commands of the Chinese README are those of the English one."""
    english, chinese = (
        [block.splitlines() for block in SHELL.findall((ROOT / readme).read_text("utf-8"))]
        for readme in READMES
    )
    assert [[line.partition("  #")[0] for line in block] for block in english] == [
        [line.partition("  #")[0] for line in block] for block in chinese
    ]


def test_one_line_names_all_debian_packages() -> None:
    """A fresh machine needs one line, with what the set-up itself needs."""
    found = lines(r"(sudo )?apt(-get)? install")
    assert len(found) == 1
    assert {"python3-venv", "git", "make"} <= set(found[0].split())


@pytest.mark.parametrize("line", lines("make "))
def test_a_make_target_exists(line: str) -> None:
    """Make knows what it is asked for."""
    command = ["make", "--dry-run", "--directory", str(ROOT), *shlex.split(line)[1:]]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_the_salus_commands_run_in_order(tmp_path: Path) -> None:
    """Typed one after the other, each ends well; one with a placeholder at least exists."""
    for line in lines(r"(\.venv/bin/)?salus "):
        answer = _typed(line, tmp_path)
        assert answer.returncode == 0, f"{line}: {answer.stderr}"


def _typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(line)
    if any(PLACEHOLDER.fullmatch(word) for word in words):
        words = [*words[:2], "--help"]
    salus = Path(sys.executable).with_name("salus")
    return subprocess.run(
        [salus, *words[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **VILLAGE},
    )
