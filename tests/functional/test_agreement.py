"""Every keyed figure is the same in the terminal, on the page, in the JSON and in the tables."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from salus.report.words import Words
from tests.functional.reading import GridRead, Page
from tests.functional.running import Made, made

if TYPE_CHECKING:
    from pathlib import Path

RUNS = [
    pytest.param(("villagers", "zh"), id="village-zh"),
    pytest.param(("sample", "en"), id="sample-en"),
    pytest.param(("sample", "zh"), id="sample-zh"),
    pytest.param(("florida", "en"), id="florida-en", marks=pytest.mark.shared),
    pytest.param(("us", "zh"), id="us-zh", marks=pytest.mark.shared),
]


@pytest.fixture(scope="module", params=RUNS)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a finished run of each region."""
    name, lang = request.param
    if name == "villagers":
        city: Made = request.getfixturevalue(name)
        return city
    place = tmp_path_factory.mktemp(name)
    if name == "sample":
        return made(place, lang=lang)
    shared: Path = request.getfixturevalue("shared")
    return made(place, "--region", shared / "regions" / name, lang=lang)


@pytest.fixture(scope="module")
def page(whole: Made) -> Page:
    """Give the page of the run, read back."""
    return Page(whole.page)


def test_every_figure_of_the_page_is_that_of_the_json(whole: Made, page: Page) -> None:
    """Each value is equal to the last digit, and none is missing on either side."""
    known = whole.document["figures"]
    for figure in page.figures:
        value = known[figure.key]["value"]
        assert (None if figure.value == "" else float(figure.value)) == value, figure.key
    shown = {figure.key for figure in page.figures}
    # Beyond the expected days the page compares services and beds; the JSON holds every method.
    left_out = re.compile(r"stress\d+\.(exact|flow|greedy|nearest)\.")
    assert {key for key in known if not left_out.match(key)} - shown == set()


def test_every_figure_is_written_by_the_one_rule(whole: Made, page: Page) -> None:
    """The text of a figure is its value, rounded, with separators; nothing known is a dash."""
    words = Words(whole.lang)
    for figure in page.figures:
        decimals = len(figure.text.partition(".")[2])
        expected = "–" if figure.value == "" else words.number(float(figure.value), decimals)
        assert figure.text == expected, figure.key


def test_the_terminal_prints_the_figures_of_the_page(whole: Made, page: Page) -> None:
    """Each row of figures in the terminal is, digit by digit, that of the page.

    Only what is shown once for each stress, and ends with its name, is left to the page.
    """
    lines = whole.text.splitlines()
    told = {line.strip() for line in lines}
    named = tuple(cell for grid in page.grids for row in grid.rows for cell in row if cell)
    at = 0
    for grid in page.grids:
        if grid.caption not in told and grid.caption.endswith(named):
            continue
        at = next(n for n in range(at, len(lines)) if lines[n].strip() == grid.caption.strip()) + 1
        at = next(n for n in range(at, len(lines)) if "────" in lines[n]) + 1
        end = next(n for n in range(at, len(lines)) if not lines[n].strip())
        printed = _figures_printed(lines[at:end], grid)
        # What a terminal leaves out is counted below the table.
        assert printed == len(grid.rows) or ".csv" in "".join(lines[end : end + 2]), grid.caption
        assert printed > 0, grid.caption
        at = end


def _figures_printed(lines: list[str], grid: GridRead) -> int:
    """Find the figures of each row of the page in order, and return how many rows there were."""
    patterns = [_row_pattern(row, grid) for row in grid.rows]
    count = 0
    for line in lines:
        if count < len(patterns) and patterns[count].search(line):
            count += 1
        else:
            # What is no row of its own continues a sentence, which ends in no column of figures.
            assert not re.search(r"\s{2}[-\d][\d,.]*\s*$", line), line
    return count


def _row_pattern(row: list[str], grid: GridRead) -> re.Pattern[str]:
    figures = [text for text, number in zip(row, grid.numbers, strict=True) if number]
    return re.compile(r"(?<!\S)" + r"\s+(?:\S+\s+)*?".join(map(re.escape, figures)) + r"(?!\S)")


def test_the_files_together_are_the_document(whole: Made) -> None:
    """plan.json and forecast.json hold each figure and each table once."""
    plan, forecast = (
        json.loads((whole.out / name).read_text(encoding="utf-8"))
        for name in ("plan.json", "forecast.json")
    )
    for part in ("figures", "tables"):
        assert not set(plan[part]) & set(forecast[part])
        assert {**plan[part], **forecast[part]} == whole.document[part]
    rest = set(whole.document) - {"figures", "tables"}
    assert all(plan[key] == forecast[key] == whole.document[key] for key in rest)


def test_parquet_and_csv_hold_the_tables_of_the_json(whole: Made) -> None:
    """Row by row and cell by cell, the three forms of a table are equal."""
    for name, rows in whole.document["tables"].items():
        table = pq.read_table(whole.out / "tables" / f"{name}.parquet")
        assert table.to_pylist() == rows, name
        with (whole.out / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            written = list(csv.DictReader(stream))
        assert len(written) == len(rows)
        for read, row in zip(written, rows, strict=True):
            assert all(_same(read[column], value) for column, value in row.items()), (name, row)


def _same(text: str, value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return text == ("" if value is None else str(value).lower())
    return text == value if isinstance(value, str) else float(text) == value


def test_figures_and_tables_tell_the_same_story(whole: Made) -> None:
    """The figures of the methods are those of the rows in methods.csv."""
    figures = whole.document["figures"]
    for row in whole.document["tables"]["methods"]:
        key = f"{row['scenario']}.{row['method']}"
        for part, column in (("cost", "cost_minutes"), ("unmet_cases", "unmet_cases")):
            assert figures[f"{key}.{part}"]["value"] == pytest.approx(row[column], abs=1e-6)
        assert row["verified"]
