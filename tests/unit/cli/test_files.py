"""Files that a command writes are tried before the work begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.cli.files import writable
from salus.core.errors import Faults

ENDINGS = (".json", "")


@pytest.mark.parametrize("name", ["plan.json", "plan.JSON", "plan", "plans/monday"])
def test_what_can_be_written_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file in a folder that is there, and a folder with parents that are not."""
    monkeypatch.chdir(tmp_path)
    faults = Faults()
    writable("--out", name, ENDINGS, faults)
    assert (len(faults), list(tmp_path.iterdir())) == (0, [])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("nowhere/plan.json", "this place cannot be written"),
        ("file/plan.json", "this place cannot be written"),
        ("file/plan", "this place cannot be written"),
        ("/proc/plan.json", "this place cannot be written"),
        ("/proc/plan", "this place cannot be written"),
        (f"{'x' * 300}.json", "this place cannot be written"),
        ("x" * 300, "this place cannot be written"),
        (f"{'x' * 300}/plan", "this place cannot be written"),
        ("file", "the file is there already"),
        (".", "the folder is there already"),
        ("-", "nothing is written to stdout here"),
        ("plan.txt", "this ending means no format"),
        (".json", "the name has an ending only"),
        ("plans/.JSON", "the name has an ending only"),
    ],
)
def test_what_cannot_be_written_is_told_with_its_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: str
) -> None:
    """One fault each, before a search of hours."""
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", encoding="utf-8")
    faults = Faults()
    writable("--out", name, ENDINGS, faults)
    assert [(str(each.what), each.where.source, each.value) for each in faults] == [
        (what, "--out", name)
    ]
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_no_name_is_told_without_a_place() -> None:
    """The working folder, which a path without parts means, is not blamed."""
    faults = Faults()
    writable("--out", "", ENDINGS, faults)
    assert [str(each) for each in faults] == ["--out: the name is empty; name a file or a folder"]
