"""A decision is made again in a new process that is told neither the home nor the answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from salus.core.canonical import digest
from tests.fakes.folders import changed_sample
from tests.functional.running import Made, made, process, salus

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(sample: Made, tmp_path: Path) -> Made:
    """Give the run of the sample with a home of its own, which a test may spoil."""
    home = tmp_path / "copied home"
    shutil.copytree(sample.home, home)
    return Made(sample.lang, sample.out, home, sample.document, sample.text)


def test_a_decision_is_replayed_by_its_first_digits(sample: Made) -> None:
    """The rebuilt answer agrees, and the person and the program are both told so."""
    told = salus("replay", sample.decision[:6], "--home", sample.home, "--json")
    assert told.code == 0
    assert told.document == {"decision": sample.decision, "agrees": True, "same_code": True}


def test_the_new_process_learns_neither_home_nor_answer(
    copy: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing on its command line, in its environment or on its stdin leads there."""
    seen: list[dict[str, Any]] = []
    genuine = subprocess.run

    def spy(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        seen.append({"command": command, **options})
        return genuine(command, **options)

    monkeypatch.setenv("SALUS_HOME", str(copy.home))
    monkeypatch.setattr(subprocess, "run", spy)
    assert salus("replay", copy.decision).code == 0
    (call,) = seen
    assert "SALUS_HOME" not in call["env"]
    told = repr((call["command"], call["env"], call["input"], call["cwd"]))
    assert str(copy.home) not in told
    assert copy.answer.name not in told


def test_the_answer_is_rebuilt_while_the_stored_one_is_hidden(
    copy: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The new process makes the same bytes although no stored answer exists at that time."""
    genuine, answer, hidden = subprocess.run, copy.answer, tmp_path / "hidden"
    rebuilt: list[bytes] = []

    def without(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        answer.rename(hidden)
        done = genuine(command, **options)
        rebuilt.append(done.stdout)
        hidden.rename(answer)
        return done

    monkeypatch.setattr(subprocess, "run", without)
    assert salus("replay", copy.decision, "--home", copy.home).code == 0
    assert [digest(content) for content in rebuilt] == [answer.name]


def test_a_missing_answer_is_a_mismatch(copy: Made) -> None:
    """Without the stored answer there is nothing to agree with: exit 3."""
    copy.answer.unlink()
    told = salus("replay", copy.decision, "--home", copy.home)
    assert told.code == 3
    assert "missing" in told.err


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_hash_seed_and_working_folder_do_not_matter(
    sample: Made, tmp_path: Path, seed: str
) -> None:
    """Another order of hashing and another folder rebuild the same bits."""
    told = process(
        "replay", sample.decision, "--home", sample.home, cwd=tmp_path, PYTHONHASHSEED=seed
    )
    assert told.code == 0, told.err


def test_the_original_folder_is_not_needed(tmp_path: Path) -> None:
    """After the region is deleted, its copies in the ledger are enough."""
    region = changed_sample(tmp_path / "海岸 coast")
    run = made(tmp_path, "--region", region, "--stress", "demand=1.2,close=H01")
    shutil.rmtree(region)
    assert salus("replay", run.decision, "--home", run.home).code == 0


def test_settings_of_today_do_not_change_a_decision_of_then(
    sample: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A replay takes the recorded rules, not those of the environment."""
    monkeypatch.setenv("SALUS_TARGET_OCCUPANCY", "0.5")
    monkeypatch.setenv("SALUS_HORIZON", "3")
    assert salus("replay", sample.decision, "--home", sample.home).code == 0


def test_the_rebuilding_process_is_our_own_interpreter(
    sample: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decision is remade by the same Python, in a folder that is gone afterwards."""
    seen: list[Any] = []
    genuine = subprocess.run

    def spy(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        seen.extend([command[0], options["cwd"]])
        return genuine(command, **options)

    monkeypatch.setattr(subprocess, "run", spy)
    assert salus("replay", sample.decision, "--home", sample.home).code == 0
    assert seen[0] == sys.executable
    assert not os.path.lexists(seen[1])
