"""A planner loads Florida and plans it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.serving import Service, served
from tests.stories.reading import reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.shared]

A_PLAN = 240_000
"""Milliseconds that planning may take on a busy machine."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a home with a planner."""
    home = tmp_path_factory.mktemp("florida") / "home"
    with served(home, SALUS_GUESTS="0") as running:
        running.person("paula", "planner").close()
        yield running


def test_a_planner_loads_florida_and_plans_it(
    browser: Browser, service: Service, shared: Path
) -> None:
    """From files to a plan with its reasons: progress is shown, and the city page has the map."""
    files = sorted((shared / "regions" / "florida").iterdir())
    with reader(browser, service) as paula:
        paula.signs_in("paula")
        paula.page.click("main >> text=Plan a region")
        assert "Nothing has been planned yet" in paula.page.inner_text("main")
        paula.page.fill("#name", "florida")
        paula.page.set_input_files("#files", [path for path in files if path.suffix != ".md"])
        paula.page.click("text=Load >> nth=-1")
        assert "florida is loaded: 67 districts" in paula.page.inner_text("[role=status]")
        assert paula.page.input_value("#region") == "florida"
        paula.page.fill("#horizon", "2")
        paula.page.check("text=nothing: the expected days only")
        paula.page.click("button.main")
        assert paula.page.locator("#job progress, #decision").count() == 1
        paula.page.wait_for_selector("#decision", timeout=A_PLAN)
        assert "cases stay unmet" in paula.page.inner_text("h1")
        assert "proven best" in paula.page.inner_text("#decision")
        assert paula.page.locator("#worth tbody tr").count() > 0
        assert paula.page.locator("#methods tbody tr").count() > 0
        with paula.page.expect_download() as download:
            paula.page.click("text=plan.json")
        assert download.value.suggested_filename.startswith("plan-")
        paula.page.click("nav >> text=City")
        assert paula.page.locator(".chart.map[data-drawn=yes]").count() == 1
        assert paula.page.locator("#table-1 tbody tr").count() > 100
        paula.page.fill("[aria-controls=table-1]", "Miami-Dade")
        assert paula.page.locator("#table-1 tbody tr:visible").count() == 2


def test_faulty_files_are_told_at_once_and_nothing_is_kept(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    """A region with faults lists them on the page, and does not appear among the regions."""
    (tmp_path / "districts.csv").write_text("district_id,name\n1,East\n1,West\n")
    with reader(browser, service) as paula:
        paula.signs_in("paula")
        paula.go("/plan")
        paula.page.fill("#name", "broken")
        paula.page.set_input_files("#files", tmp_path / "districts.csv")
        paula.page.click("text=Load >> nth=-1")
        told = paula.page.inner_text("[role=alert]")
        assert "facilities.csv" in told
        assert "districts.csv" in told
        assert "broken" not in paula.page.inner_text("#region")
