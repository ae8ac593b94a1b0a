"""The same question has the same answer, bit for bit; another question has another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.region.sample import sample_region
from tests.fakes.folders import changed_sample, sample_text
from tests.functional.running import Made, made, process

if TYPE_CHECKING:
    from pathlib import Path

LAST = "2026-05-30"


def test_two_runs_are_one_decision(sample: Made, tmp_path: Path) -> None:
    """Run again elsewhere, in another language: the same decision, the same bytes."""
    again = made(tmp_path, lang="zh")
    assert again.decision == sample.decision
    assert again.answer.read_bytes() == sample.answer.read_bytes()


def test_processes_and_hashing_do_not_matter(sample: Made, tmp_path: Path) -> None:
    """Another process with another order of hashing and two workers decides the same."""
    run = ("run", "--json", "--home", tmp_path / "home", "--out", tmp_path / "report")
    told = process(*run, "--region", sample_region(), PYTHONHASHSEED="99", SALUS_WORKERS="2")
    assert told.code == 0, told.err
    assert told.document["decision"] == sample.decision


@pytest.mark.parametrize(
    "change",
    [
        ("--seed", "2"),
        ("--horizon", "8"),
        ("--as-of", LAST),
        ("--stress", "demand=2"),
    ],
    ids=lambda change: change[0],
)
def test_another_question_is_another_decision(
    sample: Made, tmp_path: Path, change: tuple[str, str]
) -> None:
    """Seed, horizon, as-of date and stress are part of the decision."""
    assert made(tmp_path, *change).decision != sample.decision


def test_what_comes_after_the_as_of_date_is_hidden(tmp_path: Path) -> None:
    """Weeks after the date may say anything: forecast, demand and plan stay the same."""
    weeks = sample_text("weekly_admissions.csv").splitlines()
    kept = [line for line in weeks if line[:10] <= LAST or not line[0].isdigit()]
    assert len(kept) < len(weeks)
    wild = [*kept, *(f"{line[:10]},99999" for line in weeks[len(kept) :])]
    answers = []
    for name, lines in (("true", weeks), ("wild", wild), ("short", kept)):
        text = "\n".join(lines) + "\n"
        region = changed_sample(tmp_path / name / "coast", weekly_admissions=text)
        run = made(tmp_path / name, "--region", region, "--as-of", LAST)
        tables = run.document["tables"]
        assert [s["as_of"] for s in tables["sources"] if s["as_of"]] == [LAST]
        answers.append((run.document["figures"], {**tables, "sources": [], "repairs": []}))
    for figures, _ in answers:
        del figures["run.seconds"], figures["run.memory_mb"]
    assert answers[0] == answers[1] == answers[2]
