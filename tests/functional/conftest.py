"""Runs that several tests look at, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.running import Made, made

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def _no_language_of_this_machine() -> pytest.MonkeyPatch:
    """Let no test depend on what language the machine speaks."""
    patch = pytest.MonkeyPatch()
    patch.setenv("LANG", "C.UTF-8")
    patch.delenv("LC_ALL", raising=False)
    return patch


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run of the sample region that no test changes."""
    return made(tmp_path_factory.mktemp("sample"))


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, where the default home and output may appear."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
