"""What is committed holds no trace of a machine, and nothing that belongs elsewhere."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT, tracked

TRACES = {
    "a folder of one machine": r"(?<![\w.:/])/(?:home|Users|root|opt|mnt|work)/",
    "a package registry": r"index-url[ =]+http|pypi\.org/simple|files\.pythonhosted",
    "a key": r"BEGIN [A-Z ]*PRIVATE KEY",
}
BINARY = {".png", ".mo", ".parquet", ".ico", ".woff2"}
LARGEST = 2_000_000


@pytest.mark.parametrize("trace", TRACES)
def test_no_file_holds_a_trace(trace: str) -> None:
    """A clone works anywhere and gives nothing away."""
    found = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix not in BINARY
        and path.name != "test_tracked.py"
        and "vendor" not in path.parts
        and re.search(TRACES[trace], path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_file_is_large() -> None:
    """Data and pictures that are committed stay small."""
    assert [path.name for path in tracked() if path.stat().st_size > LARGEST] == []


def test_nothing_is_left_for_later() -> None:
    """What is open stands in an issue, not in the source."""
    words = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix in {".py", ".md", ".j2", ".toml", ".sh"}
        and path.name != "test_tracked.py"
        and "vendor" not in path.parts
        and words.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_requirement_is_pinned_with_its_hash() -> None:
    """The set-up installs exactly what was tested."""
    for name in ("build", "core", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^ *#.*\n", "", text).strip())
        assert [each for each in entries if "==" not in each or "--hash=sha256:" not in each] == []
