"""The documentation names everything there is, and nothing that is not there."""

from __future__ import annotations

import doctest
import importlib
import re
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import pytest
import typer

from docs import hooks
from salus.allocate.lp.solution import Status
from salus.cli.allocate import ENDS
from salus.cli.app import app
from salus.core.settings import Settings
from salus.trust.permission import Permission
from tests.house.source import ROOT, modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = {"A": 4, "Q": 4, "T": 2, "S": 3, "R": 3, "D": 2, "F": 1}
MISSION = [f"{group}{number}" for group, rows in ROWS.items() for number in range(1, rows + 1)]
PATHS = re.compile(r"`((?:src|tests|docs|scripts|benches|requirements)/[\w./-]*)`")
NAMES = re.compile(r"`(salus(?:\.\w+)+)`")


def written() -> list[Path]:
    """List the pages that people wrote."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@cache
def commands() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """List every command with its options."""
    return tuple(
        (name, tuple(flag for each in command.params for flag in each.opts if flag[0] == "-"))
        for name, command in hooks.walk(typer.main.get_command(app), "salus")
    )


@cache
def everything() -> str:
    """Join all pages, written and generated."""
    return "\n".join(
        [*(path.read_text(encoding="utf-8") for path in written()), *hooks.pages().values()]
    )


def test_every_command_has_a_page_and_is_used_in_one() -> None:
    """A command is in the reference, and shown at work on a written page."""
    by_hand = "\n".join(path.read_text(encoding="utf-8") for path in written())
    names = [name for name, _ in commands()]
    assert [name for name in names if f"## {name}\n" not in everything()] == []
    assert [name for name in names if name not in by_hand] == []


def test_every_option_is_documented() -> None:
    """Each option stands in the reference of its command."""
    page = hooks.pages()["reference/command-line.md"]
    sections = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    missing = [
        f"{name} {flag}"
        for name, flags in commands()
        for flag in flags
        if f"`{flag}`" not in sections[name]
    ]
    assert missing == []


def test_every_setting_is_documented() -> None:
    """Each setting stands in the reference, as a key and as a variable."""
    page = hooks.pages()["reference/settings.md"]
    names = [item.name for item in fields(Settings)]
    assert [name for name in names if f"`{name}` | `SALUS_{name.upper()}`" not in page] == []


def test_every_permission_is_documented() -> None:
    """Each permission stands in the reference with what it allows."""
    page = hooks.pages()["reference/permissions.md"]
    assert [each for each in Permission if f"`{each.value}` | {each.meaning}" not in page] == []


def test_every_error_is_documented() -> None:
    """Each member of the family stands in the reference with its exit code."""
    page = hooks.pages()["reference/errors.md"]
    named = {
        name
        for module in modules()
        for name, _ in module.public()
        if module.name.endswith("core/errors.py") and name.endswith("Error")
    }
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []


def test_every_ending_of_a_programme_is_documented() -> None:
    """Each stands in the reference, in the guide and in the help with its exit code."""
    page = hooks.pages()["reference/errors.md"]
    guide = (ROOT / "docs" / "how-to" / "solve-a-linear-programme.md").read_text(encoding="utf-8")
    command = hooks.pages()["reference/command-line.md"]
    assert len(set(ENDS.values())) == len(ENDS) == len(Status)
    for ending, code in ENDS.items():
        assert f"| {ending.value} | {code} |" in page
        assert f"\n| {code} |" in guide
        assert f"{code} " in command.partition("Exit code: ")[2].partition("\n")[0]


def test_the_mission_is_answered_row_by_row() -> None:
    """No row of the mission is left out, and each names its code and the test that proves it."""
    page = (ROOT / "docs" / "explanation" / "mission.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([A-Z]\d) \|(.*)$", page, re.MULTILINE))
    assert sorted(rows) == sorted(MISSION)
    proofs = {key: f"`tests/mission/test_{key.lower()}.py`" for key in rows}
    assert [
        key for key, row in rows.items() if "`salus." not in row or proofs[key] not in row
    ] == []


def test_every_name_in_the_docs_exists() -> None:
    """A module, function or class that a page names can be imported."""
    assert [name for name in _found(NAMES) if not _exists(name)] == []


def test_every_path_in_the_docs_exists() -> None:
    """A file or folder of the repository that a page names is there."""
    assert [path for path in _found(PATHS) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", written(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_run(page: Path) -> None:
    """What a page shows of Python is what Python answers."""
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.DocTestRunner(optionflags=flags).run(test).failed == 0


def _found(pattern: re.Pattern[str]) -> Iterator[str]:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in written())
    return iter(sorted(set(pattern.findall(pages))))


def _exists(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        try:
            return hasattr(importlib.import_module(module), attribute)
        except ModuleNotFoundError:
            return False
    return True
