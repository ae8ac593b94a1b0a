"""Which region City, Quality and Patient show, and how another one is chosen."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from salus.data.store.reports import About, Reports
from salus.report.worded import WordedReport
from salus.web.pages.regions import REGION, newest_of_each

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.web.conftest import Browser

PAGES = ("/", "/quality", "/patient")


def _keep(browser: Browser, decision: str, region: str, day: int, *, synthetic: bool) -> None:
    known = date(2026, 6, 27)
    made_at = datetime(2026, 6, day, 12, tzinfo=UTC)
    about = About(decision, region, synthetic, known, known, known, made_at)

    def fill(folder: Path) -> None:
        told = WordedReport(f"Plan of {region}", "", (), (), synthetic=synthetic).document()
        for lang in ("en", "zh"):
            (folder / f"sections.{lang}.json").write_text(json.dumps(told), encoding="utf-8")

    Reports(browser.context.settings.home).keep(about, fill)


@pytest.fixture
def planned(browser: Browser) -> Browser:
    """Plan a real region twice, then a synthetic one."""
    _keep(browser, "a1", "Florida & Keys", 1, synthetic=False)
    _keep(browser, "a2", "Florida & Keys", 2, synthetic=False)
    _keep(browser, "b1", "Littletown", 3, synthetic=True)
    return browser


def test_a_real_region_stands_before_one_that_was_made_up(planned: Browser) -> None:
    """Each region by its newest plan; a synthetic one that was planned later comes second."""
    found = newest_of_each(Reports(planned.context.settings.home).latest())
    assert [(name, kept.about.decision) for name, kept in found.items()] == [
        ("Florida & Keys", "a2"),
        ("Littletown", "b1"),
    ]


def test_the_city_shows_the_real_region_and_offers_the_other(
    planned: Browser, planner: str
) -> None:
    """A plan of anybody's town does not take the region away."""
    page = planned.ask("GET", "/", planner).text
    assert "<h1>Plan of Florida &amp; Keys</h1>" in page
    assert '<option value="Littletown">Littletown · SYNTHETIC</option>' in page


def test_a_region_is_chosen_in_the_address_and_kept(planned: Browser, planner: str) -> None:
    """What was chosen on one page is shown by the other ones; an unknown region by none."""
    chosen = planned.ask("GET", "/?region=Littletown", planner)
    assert "Plan of Littletown" in chosen.text
    cookie = f"{REGION}={chosen.cookies[REGION]}"
    again = planned.ask("GET", "/quality", planner, headers={"Cookie": cookie})
    assert '<option value="Littletown" selected>' in again.text
    unknown = planned.ask("GET", "/?region=Atlantis", planner)
    assert "Plan of Florida" in unknown.text
    assert REGION not in unknown.cookies


def test_a_region_with_a_name_of_many_signs_is_kept(planned: Browser, planner: str) -> None:
    """The cookie holds any name a region may have."""
    asked = planned.ask("GET", "/?region=Florida%20%26%20Keys", planner)
    cookie = f"{REGION}={asked.cookies[REGION]}"
    page = planned.ask("GET", "/", planner, headers={"Cookie": cookie}).text
    assert '<option value="Florida &amp; Keys" selected>' in page
