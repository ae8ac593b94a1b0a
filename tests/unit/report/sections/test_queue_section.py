"""The section of the queue: who waits first, who goes where, and every method beside the others."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from salus.report.sections.queue import METHODS, queue
from salus.report.terminal import show, terminal
from salus.report.words import Words
from salus.service.dispatch_queue import METHODS as DISPATCHED
from salus.service.people_figures import queue_figures
from tests.fakes.days import coast_day
from tests.fakes.queues import counts, line
from tests.fakes.queues import queue as asked

if TYPE_CHECKING:
    import pyarrow as pa

    from salus.report.layout import Section
    from salus.service.day import Day

WORDS = Words("en")


def made(day: Day) -> Section:
    """Lay the section out."""
    assert day.care is not None
    queued = day.care.queued
    return queue(day, queued, {figure.key: figure for figure in queue_figures(queued)})


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Let eight wait for five beds."""
    home = tmp_path_factory.mktemp("crowded")
    return coast_day(home, line(8), bed_state=counts({"occupied": 80}))


def test_every_method_has_a_name() -> None:
    """What is dispatched by can be told in words."""
    assert {method.name for method in DISPATCHED} == set(METHODS)


def test_the_title_counts(crowded: Day) -> None:
    """How many have a place, and how many wait on."""
    section = made(crowded)
    assert WORDS(section.title) == "5 of 8 who wait have a place now, 3 go on waiting"
    assert section.synthetic


def test_those_who_wait_come_first_in_their_order(crowded: Day) -> None:
    """Both grids go down the line, and together they hold everybody."""
    waits, goes, methods = made(crowded).grids
    lines = [[row[0].value for row in grid.rows] for grid in (waits, goes)]
    assert lines == [[6, 7, 8], [1, 2, 3, 4, 5]]
    assert waits.file == goes.file == "queue"
    assert len(methods.rows) == len(DISPATCHED)
    assert methods.lead == 1


def test_how_it_is_decided_is_said(crowded: Day) -> None:
    """The rule comes first, then what is free."""
    first, *rest = [WORDS(sentence) for sentence in made(crowded).sentences]
    assert first.startswith("First come those with most points: severity times (1 + hours")
    assert "What is free: the count of the beds" in rest[0]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        pytest.param(asked(), "Nobody waits for a place", id="empty"),
        pytest.param(line(2), "Everybody who waits has a place now: 2", id="enough"),
    ],
)
def test_an_easy_queue(
    tmp_path_factory: pytest.TempPathFactory, rows: pa.Table, title: str
) -> None:
    """Nobody waiting and everybody served are answers; no rule is told where nobody waits."""
    section = made(coast_day(tmp_path_factory.mktemp("easy"), rows, bed_state=counts({})))
    assert WORDS(section.title) == title
    assert section.grids[0].rows == ()
    told = any(WORDS(each).startswith("First come") for each in section.sentences)
    assert told == bool(rows.num_rows)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_terminal_holds_it(crowded: Day, lang: str) -> None:
    """No line is wider than 100 columns in either language."""
    out, words = io.StringIO(), Words(lang)
    show(terminal(out, {}), [made(crowded)], words)
    assert max(map(cell_len, out.getvalue().splitlines())) <= 100
    assert {"en": "[SYNTHETIC]", "zh": "[合成数据]"}[lang] in out.getvalue()
