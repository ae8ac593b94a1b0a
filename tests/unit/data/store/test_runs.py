"""The runs of the main job."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from salus.data.store.engine import Store, open_store
from salus.data.store.runs import Ending, Run, Runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = datetime(2026, 6, 27, 8, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store."""
    with open_store(tmp_path) as opened:
        yield opened


def test_a_run_is_noted_at_its_start_and_at_its_end(store: Store) -> None:
    """What was killed in between stays without an end."""
    first = Runs(store).start("run", "florida", MOMENT)
    second = Runs(store).start("run", "us", MOMENT)
    later = MOMENT + timedelta(seconds=9)
    Runs(store).finish(first, Ending.FAILED, later, "out")
    assert Runs(store).latest(2) == (
        Run(second, "run", "us", MOMENT, None, None, None),
        Run(first, "run", "florida", MOMENT, later, Ending.FAILED, "out"),
    )


def test_only_the_newest_are_read(store: Store) -> None:
    """A console asks for a page, not for all."""
    started = [Runs(store).start("run", "florida", MOMENT) for _ in range(5)]
    assert [run.id for run in Runs(store).latest(2)] == [started[4], started[3]]


def test_a_run_that_never_began_cannot_end(store: Store) -> None:
    """A wrong number is a mistake of the caller, not a new run."""
    with pytest.raises(KeyError, match="7"):
        Runs(store).finish(7, Ending.DONE, MOMENT)


def test_a_moment_without_time_zone_is_refused(store: Store) -> None:
    """A console in another zone would show the wrong hour."""
    with pytest.raises(ValueError, match="must have a time zone"):
        Runs(store).start("run", "florida", MOMENT.replace(tzinfo=None))
