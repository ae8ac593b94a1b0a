"""What the terminal leaves out, it says where to find."""

from __future__ import annotations

import io

import pytest

from salus.core.messages import say
from salus.report.layout import Cell, Column, Grid, Section
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
