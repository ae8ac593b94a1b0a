"""The page opens without a network, draws every chart, and takes no name for code."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.fakes.folders import changed_sample, sample_text, small_region
from tests.functional.reading import Page
from tests.functional.running import Made, made

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "Northcape Memorial": '"</script><b class=planted>bold</b>"',
    "Kingsbridge Regional": '"""><img class=planted src=x onerror=document.title=1>"',
    "Elmfield Cottage Hospital": "--ink",
    "Gull Bay Hospital": "'-alert(1)-'",
    "Oldtown Infirmary": "{b} {{ 7 * 7 }} \\u003c",
}
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--virtual-time-budget=5000",
    "--dump-dom",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run of a region whose facilities are named to do harm."""
    place = tmp_path_factory.mktemp("hostile")
    text = sample_text("facilities.csv")
    for plain, odd in NAMES.items():
        assert plain in text
        text = text.replace(plain, odd)
    return made(place, "--region", changed_sample(place / "coast", facilities=text))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a run of one facility and one district, without outlines or history."""
    place = tmp_path_factory.mktemp("small")
    return made(place, "--region", small_region(place / "village"))


def _drawn(run: Made, profile: Path) -> str:
    """Open the page in a browser and return what became of it."""
    browser = shutil.which("chromium")
    assert browser is not None
    command = [browser, *FLAGS, f"--user-data-dir={profile}", (run.out / "report.html").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


@pytest.mark.browser
@pytest.mark.parametrize("name", ["sample", "hostile", "small"])
def test_every_chart_is_drawn(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The browser draws each chart, and nothing that was planted in a name comes alive."""
    run: Made = request.getfixturevalue(name)
    there = _drawn(run, tmp_path / "profile")
    charts = Page(run.page).charts
    assert charts == (2 if name == "small" else 4)
    assert there.count('data-drawn="yes"') == charts
    assert not re.search(r"<(b|img)\s[^>]*class=.?planted", there)
    assert "<title>1</title>" not in there


def test_the_page_refers_to_nothing_outside(sample: Made) -> None:
    """All that a page names is an anchor of its own, or a table beside it that exists."""
    page = Page(sample.page)
    assert page.references
    for reference in page.references:
        assert reference.startswith("#") or (sample.out / reference).is_file(), reference
    assert not {"iframe", "object", "embed", "link", "base", "form"} & page.tags


def test_the_page_forbids_itself_every_connection(sample: Made) -> None:
    """The policy inside the page allows what stands in it, and no address."""
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', sample.page)
    assert found
    policy = found.group(1)
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "connect-src" not in policy


def test_our_own_script_fetches_nothing(repository: Path) -> None:
    """The script of the page has no word for a network."""
    script = (repository / "src/salus/report/page/report.js").read_text(encoding="utf-8")
    assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|import\(|https?:", script)


def test_odd_names_are_only_names(hostile: Made) -> None:
    """Markup in a name is shown as text, and ends no script element."""
    page = hostile.page
    assert "planted" in page
    assert not re.search(r"<(b|img)[^>]*planted", page)
    assert page.count("<script") == page.count("</script>")
    assert "{{ 7 * 7 }}" in page
