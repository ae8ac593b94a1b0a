"""What the terminal leaves out, it says where to find."""

from __future__ import annotations

import io

import pytest

from salus.core.messages import say
from salus.report.layout import Cell, Chart, Column, Grid, Section
from salus.report.terminal import show, terminal
from salus.report.words import Words


@pytest.mark.parametrize(("file", "named"), [("queue", "queue.csv"), (None, "report.html")])
def test_more_rows_are_somewhere(file: str | None, named: str) -> None:
    """Rows that are cut stand in the table's file, or on the page where there is none."""
    columns = (Column(say("place"), number=False),)
    rows = tuple((Cell(name),) for name in ("North", "South", "East"))
    grid = Grid(say("Who goes where"), columns, rows, short=1, file=file)
    section = Section("queue", say("the queue"), say("queue"), grids=(grid,))
    out = io.StringIO()
    show(terminal(out, {}), (section,), Words("en"))
    assert f"2 more rows in {named}" in out.getvalue()
    assert "South" not in out.getvalue()


def test_what_only_a_page_shows_has_no_empty_heading() -> None:
    """Pictures alone, or beside tables that are too wide; what has no rows yet is told."""
    chart = Chart("beds", say("the beds"), None, say("the plan"), drawing="<svg/>")
    columns = (Column(say("place"), number=False),)
    wide = Grid(say("roster"), columns, ((Cell("North"),),), short=0)
    sections = (
        Section("beds", say("who lies where"), say("beds"), charts=(chart,)),
        Section("roster", say("who works"), say("roster"), grids=(wide,), charts=(chart,)),
        Section("out", say("nobody waits"), say("out"), grids=(Grid(say("none"), columns, ()),)),
    )
    out = io.StringIO()
    show(terminal(out, {}), sections, Words("en"))
    assert out.getvalue().split() == ["Nobody", "waits"]


WHY = "surgeon S006 lacks 45 minutes on day 23, and the theatre has none left after 15 o'clock"


def _shown(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    cells = tuple(tuple(Cell(each) for each in row) for row in rows)
    grid = Grid(say("Who waits"), columns, cells)
    out = io.StringIO()
    show(terminal(out, {}), (Section("a", say("a"), say("a"), grids=(grid,)),), Words("en"))
    assert max(map(len, out.getvalue().splitlines())) <= 100
    return out.getvalue()


def test_a_sentence_gives_way_before_a_name() -> None:
    """Ids that differ in their last letters stay whole beside sentences and figures."""
    names = ("S000120007", "S000120028", "S000120031")
    columns = (
        Column(say("patient"), number=False),
        *(Column(say("why"), number=False, wraps=True) for _ in range(3)),
        *(Column(say("days")) for _ in range(5)),
    )
    shown = _shown(columns, tuple((each, WHY, WHY, WHY, *["1"] * 5) for each in names))
    assert all(each in shown for each in names)


def test_names_that_would_read_the_same_are_not_cut() -> None:
    """Where cutting leaves two names alike, they go on in the next line."""
    names = tuple(f"Hospital of the north, building {each}" for each in ("one", "two"))
    columns = tuple(Column(say("place"), number=False) for _ in range(5))
    shown = _shown(columns, tuple((each,) * 5 for each in names))
    assert "…" not in shown
    assert "one" in shown
    assert "two" in shown
    other = _shown(columns, tuple((each,) * 5 for each in ("A" * 40, "B" * 40)))
    assert "…" in other


@pytest.mark.parametrize("figures", [4, 8])
def test_no_figure_is_broken_in_a_narrow_terminal(figures: int) -> None:
    """Texts give way to them; where that is not enough, lines run on, to 100 columns."""
    columns = (
        Column(say("component"), number=False),
        Column(say("counted in"), number=False, wraps=True),
        *(Column(say("amount of this")) for _ in range(figures)),
    )
    rows = tuple((Cell("waiting time"), Cell(WHY), *[Cell("11,800")] * figures) for _ in range(2))
    grid = Grid(say("Cost by component"), columns, rows)
    out = io.StringIO()
    console = terminal(out, {})
    console.width = 60
    show(console, (Section("a", say("a"), say("a"), grids=(grid,)),), Words("en"))
    printed = out.getvalue()
    assert printed.count("11,800") == 2 * figures
    assert (max(map(len, printed.splitlines())) <= 60) == (figures == 4)


def test_chinese_heads_fold_before_names_are_cut() -> None:
    """A Chinese head has no spaces, yet it leaves the room to the names."""
    columns = (
        *(Column(say("facility"), number=False) for _ in range(2)),
        *(Column(say("holds for so many fewer")) for _ in range(5)),
    )
    rows = (tuple(map(Cell, ("University Hospital", "St Luke's Hospital", *["1.4"] * 5))),)
    out = io.StringIO()
    grid = Grid(say("Who waits"), columns, rows)
    show(terminal(out, {}), (Section("a", say("a"), say("a"), grids=(grid,)),), Words("zh"))
    assert "University Hospital" in out.getvalue()
    assert "减少多少   减少多少" in out.getvalue()
