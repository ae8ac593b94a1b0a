"""The first administrator comes in by the one-time link, and invites the next person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.serving import PASSWORD, Service, served
from tests.stories.reading import reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a home that nobody has an account of."""
    with served(tmp_path_factory.mktemp("first") / "home") as running:
        yield running


def test_the_first_administrator_signs_in_by_the_one_time_link(
    browser: Browser, service: Service
) -> None:
    """The printed link opens an account, once; whoever has it invites the next by another link."""
    with reader(browser, service) as root:
        root.go(f"/invitation/{service.token}")
        root.page.fill("#name", "root")
        root.page.fill("#password", "short")
        root.page.eval_on_selector("form", "form => form.noValidate = true")
        root.page.click("main button")
        assert "too short" in root.page.inner_text("[role=alert]")
        root.page.fill("#password", PASSWORD)
        root.page.click("main button")
        root.page.wait_for_url(service.address + "/")
        assert "root, administrator" in root.page.inner_text("header")
        root.page.click("text=Trust")
        root.page.fill("#name-new", "paula")
        root.page.select_option("#role-new", "planner")
        root.page.click("text=Make a one-time link")
        link = root.page.inner_text("#one-time-link")
    with reader(browser, service) as paula:
        paula.page.goto(link)
        assert paula.page.input_value("#name") == "paula"
        paula.page.fill("#password", PASSWORD)
        paula.page.click("main button")
        paula.page.wait_for_url(service.address + "/")
        assert "paula, planner" in paula.page.inner_text("header")
        paula.page.click("text=Sign out")
        paula.go("/plan")
        assert paula.page.url.endswith("/sign-in?next=/plan")
        paula.page.goto(link)
        assert paula.page.locator("#password").count() == 0
        assert "not good" in paula.page.inner_text("main")
