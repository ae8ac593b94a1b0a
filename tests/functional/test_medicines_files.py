"""Medicines from files: the how-to shows what is printed, the page speaks both languages."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.functional.running import salus
from tests.house.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "how-to" / "distribute-medicines.md").read_text(encoding="utf-8")
FILE = re.compile(r'^( *)```csv title="(\w+\.csv)"\n(.*?)^ *```$', re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASKED = ("--as-of", "2026-06-27", "--horizon", "3")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without guests, who change nothing of a plan."""
    monkeypatch.setenv("SALUS_GUESTS", "0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the files of the how-to."""
    found = tmp_path / "my-region"
    found.mkdir()
    for _, name, content in FILE.findall(PAGE):
        (found / name).write_text(textwrap.dedent(content), encoding="utf-8")
    return found


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_the_how_to_shows_what_is_printed(folder: Path, tmp_path: Path) -> None:
    """The section of medicines stands in the terminal as in the how-to, line by line."""
    home = tmp_path / "home"
    told = salus("run", "--region", folder, *ASKED, "--home", home, "--out", tmp_path / "out")
    assert told.code == 0, told.err
    (shown,) = SHOWN.findall(PAGE)
    printed, wanted = _lines(told.out), _lines(shown)
    start = printed.index(wanted[0])
    assert printed[start : start + len(wanted)] == wanted


def test_the_document_adds_up(folder: Path, tmp_path: Path) -> None:
    """Plans are verified, no unit is lost or made, and the money is that of the rows."""
    told = salus("run", "--region", folder, *ASKED, "--json", "--home", tmp_path / "home")
    assert told.code == 0, told.err
    tables = told.document["tables"]
    assert all(row["verified"] for row in tables["methods"])
    for row in tables["medicines"]:
        came = row["stated_units"] + row["ordered_units"]
        gone = row["given_units"] + row["expired_units"] + row["left_units"]
        assert came == pytest.approx(gone, abs=1e-4)
        mine = [one for one in tables["shipments"] if one["scenario"] == row["scenario"]]
        paid = row["order_cost"] + row["sending_cost"]
        assert sum(one["cost"] for one in mine) == pytest.approx(paid, abs=1e-4)
    given = [row["units"] for row in tables["dispensed"] if row["scenario"] == "expected"]
    assert sum(given) == pytest.approx(4 * 32.5, abs=1e-4)
    together = [row for row in tables["shortages"] if row["medicine_id"] is None]
    assert together[0]["withheld_cases"] == pytest.approx(3.5, abs=1e-4)


def test_the_page_shows_medicines(folder: Path, tmp_path: Path) -> None:
    """People read it in a section of its own, in both languages."""
    for lang, head in (("en", "what to order and send"), ("zh", "订购与发送")):
        out, home = tmp_path / lang, tmp_path / "home"
        told = salus(
            "run", "--region", folder, *ASKED, "--out", out, "--home", home, "--lang", lang
        )
        assert told.code == 0, told.err
        assert head in (out / "report.html").read_text(encoding="utf-8")


def test_what_is_out_of_time_is_listed(folder: Path, tmp_path: Path) -> None:
    """Stock that expired before the plan and a way that takes longer are repairs, by row."""
    for name, row in (
        ("stock.csv", "H2,antibiotic,50,2026-06-27"),
        ("deliveries.csv", "H1,H2,3,50,0.1"),
    ):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    told = salus("run", "--region", folder, *ASKED, "--json", "--home", tmp_path / "home")
    assert told.code == 0, told.err
    found = {
        (row["file"], row["row"], row["column"], row["rule"])
        for row in told.document["tables"]["repairs"]
    }
    assert found >= {
        ("stock.csv", 5, "expiry_date", "stock_expired"),
        ("deliveries.csv", 4, "days", "after_the_plan"),
    }
    (row,) = (r for r in told.document["tables"]["medicines"] if r["scenario"] == "expected")
    assert row["stated_units"] == 75


def test_a_region_without_medicines_says_nothing_of_them(tmp_path: Path) -> None:
    """No section, no rows."""
    told = salus("run", "--region", _bare(tmp_path), *ASKED, "--json", "--home", tmp_path / "home")
    assert told.code == 0, told.err
    names = ("medicines", "shipments", "dispensed", "expiries", "shortages")
    assert [told.document["tables"][name] for name in names] == [[]] * 5


def _bare(tmp_path: Path) -> Path:
    found = tmp_path / "bare"
    found.mkdir()
    for _, name, content in FILE.findall(PAGE):
        if name in {"facilities.csv", "districts.csv", "services.csv", "demand.csv"}:
            (found / name).write_text(textwrap.dedent(content), encoding="utf-8")
    return found
