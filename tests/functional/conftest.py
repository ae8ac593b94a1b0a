"""Runs that several tests look at, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from tests.functional.running import Made, done, made

if TYPE_CHECKING:
    from pathlib import Path


SMALL = {"SALUS_PEOPLE": "2000", "SALUS_GUESTS": "0"}
"""What is made up is small here, so that a run is quick."""


@pytest.fixture(scope="session", autouse=True)
def _own_language() -> pytest.MonkeyPatch:
    """Let no test depend on what language the machine speaks."""
    patch = pytest.MonkeyPatch()
    patch.setenv("LANG", "C.UTF-8")
    patch.delenv("LC_ALL", raising=False)
    for name, value in SMALL.items():  # for what is made once, before any test
        patch.setenv(name, value)
    return patch


@pytest.fixture(autouse=True)
def _small(_no_settings_of_this_machine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is made up small."""
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run of the sample region that no test changes."""
    return made(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run of the smallest city that learns what helps; no test changes it."""
    return done(tmp_path_factory.mktemp("town"), "--people", "6000")


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small city with short records and one history to forecast, which no test changes."""
    folder = tmp_path_factory.mktemp("village") / "village"
    make_city(CitySpec(people=2_000, seed=1, days=200), folder)
    (folder / "indicators.csv").unlink()
    return folder


@pytest.fixture(scope="session")
def villagers(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run of the village in Chinese that no test changes; guests are asked for in vain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALUS_GUESTS", "3000")
        return done(tmp_path_factory.mktemp("villagers"), "--region", village, lang="zh")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, where the default home and output may appear."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
