"""The tutorial of one hospital's four weeks: each command runs, and shows what the page quotes."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING, Any

import pytest

from tests.house.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ROOT / "docs" / "tutorials"
TOLD = {"en": "four-weeks-in-one-hospital.md", "zh": "four-weeks-in-one-hospital.zh.md"}
CLOCK = re.compile(r"[\d.]+( seconds| 秒)|^.*(Every plan costs|任何方案的代价).*$", re.MULTILINE)
"""What depends on the machine: the seconds, and how far the proof of a bound came in them."""

LARGEST_PICTURE = 150_000


@pytest.mark.parametrize("lang", TOLD)
def test_the_commands_show_what_the_page_quotes(lang: str, tmp_path: Path) -> None:
    """From the hospital's file to the new plan, line by line but for the clock."""
    script: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "tutorial.py"))
    page = (PAGES / TOLD[lang]).read_text(encoding="utf-8")
    shown = script["told"](tmp_path, page, lang)
    assert list(shown) == ["solve", "verify", "explain", "replan"]
    for part, (command, _, _) in script["PARTS"].items():
        kept = (PAGES / "four-weeks" / lang / f"{part}.txt").read_text(encoding="utf-8")
        assert CLOCK.sub("", kept).strip() in CLOCK.sub("", shown[command]), part
        assert f"four-weeks/{lang}/{part}.txt" in page
    board = (tmp_path / "boards" / "beds.svg").read_bytes()
    assert board == (PAGES / "four-weeks" / lang / "beds.svg").read_bytes()
    assert len(board) < LARGEST_PICTURE
    assert (tmp_path / "plan.html").stat().st_size > LARGEST_PICTURE


def test_both_pages_run_the_same_commands() -> None:
    """Word by word, so that a reader of either gets the same plan."""
    script: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "tutorial.py"))
    found = [
        script["COMMAND"].findall((PAGES / name).read_text(encoding="utf-8"))
        for name in TOLD.values()
    ]
    assert found[0] == found[1]
