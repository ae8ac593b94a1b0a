"""Synthetic guests of a real region: they wait and are advised, and change nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from tests.fakes.cities import table_path
from tests.functional.running import Made, made

if TYPE_CHECKING:
    from pathlib import Path

ABOUT_PEOPLE = {"queue", "advice", "effects", "choices", "features", "treatments"}


@pytest.fixture(scope="module")
def hosting(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run of the sample region with guests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALUS_GUESTS", "6000")
        return made(tmp_path_factory.mktemp("hosting"))


def test_guests_are_marked_one_by_one(hosting: Made) -> None:
    """Every row of queue and advice is flagged; the region itself is not synthetic."""
    document = hosting.document
    assert document["synthetic"] is False
    assert document["right"] is None
    for name in ("queue", "advice"):
        assert document["tables"][name]
        assert all(row["synthetic"] is True for row in document["tables"][name])
    assert hosting.page.count('class="badge">SYNTHETIC</span></h2>') == 2
    assert 'class="badge">SYNTHETIC</span></h1>' not in hosting.page
    assert "no part of the region and take no capacity" in "".join(document["assumptions"])


def test_guests_change_nothing_of_the_plan(hosting: Made, sample: Made) -> None:
    """Every figure and table but those about people is that of a day without guests."""
    alone, together = sample.document, hosting.document
    figures = {
        key: value
        for key, value in together["figures"].items()
        if not key.startswith(("queue.", "choice.", "run."))
    }
    assert figures == {k: v for k, v in alone["figures"].items() if not k.startswith("run.")}
    for name, rows in together["tables"].items():
        if name in ABOUT_PEOPLE:
            assert alone["tables"][name] == []
        else:
            assert alone["tables"][name] == rows, name
    assert [said for said in together["assumptions"] if "made up" not in said] == (
        alone["assumptions"]
    )


def test_a_city_has_no_guests(village: Path, villagers: Made) -> None:
    """Where a region has records of its own, nobody is invited though guests were asked for."""
    requests = pq.read_table(table_path(village, "queue"))["queue_id"].to_pylist()
    assert {row["request"] for row in villagers.document["tables"]["queue"]} == set(requests)
