"""The tutorial shows what Florida's run really prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.functional.running import made
from tests.house.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# What differs from run to run: places, the decision and the audit, time and memory.
VARYING = re.compile(r"^(Written|On the record|Next|.*replay|.*audit|  rewrites|  [0-9a-f]{20,})")
TAKEN = re.compile(r"^ (time until the report|memory at most)")


@pytest.mark.shared
def test_the_output_is_what_the_terminal_prints(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, but for places, the decision, the audit, time and memory."""
    monkeypatch.delenv("SALUS_GUESTS")
    run = made(tmp_path, "--region", shared / "regions" / "florida", lang="en")
    shown = (ROOT / "docs" / "tutorials" / "florida.txt").read_text(encoding="utf-8")
    assert _steady(run.text) == _steady(shown)


def _steady(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.split("Written: ", maxsplit=1)[0].strip().splitlines()]
    return [line for line in lines if not (VARYING.match(line) or TAKEN.match(line))]
