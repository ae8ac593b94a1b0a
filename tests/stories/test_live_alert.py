"""An alert arrives live over MQTT, and is acknowledged and closed by keyboard alone."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.functional.running import PROGRAM, start
from tests.functional.serving import Service, served
from tests.stories.reading import reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Route

pytestmark = [pytest.mark.browser, pytest.mark.broker]

AN_ALERT = 120_000
"""Milliseconds that readings, scoring and the page may take on a busy machine."""


CONNECTED = "[data-stream]:not(.lost)"
"""What a page shows once an alert reaches it by itself."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a home with a private broker, and a dispatcher."""
    with served(tmp_path_factory.mktemp("live") / "home") as running:
        running.person("dora", "dispatcher").close()
        yield running


def test_an_alert_appears_without_loading_the_page_again(
    browser: Browser, service: Service
) -> None:
    """Readings over MQTT open an alert on an open page; a and c take it through its life.

    A page whose stream comes late has missed nothing.
    """
    with reader(browser, service) as dora:
        dora.signs_in("dora")
        dora.page.wait_for_selector(CONNECTED)
        assert "Alerts open: 0" in dora.page.inner_text("#alerts-head")
        pace = ("--seconds", "8", "--rate", "4000")
        playing = start(
            "demo-feed", "--home", service.home, *pace, cwd=None, program=PROGRAM,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        dora.page.wait_for_selector(".alerts > li", timeout=AN_ALERT)
        said, told = playing.communicate(timeout=120)
        assert playing.returncode == 0, told
        assert "was raised" in said
        first = dora.page.locator(".alerts > li").first
        name = first.get_attribute("id")
        assert "look at the patient" in first.inner_text()
        with reader(browser, service) as late:
            held: list[Route] = []
            late.page.route("**/alerts/stream", lambda route: held.append(route))  # noqa: PLW0108
            late.signs_in("dora")
            assert "Alerts open: 1" in late.page.inner_text("#alerts-head")
            dora.page.keyboard.press("j")
            dora.page.keyboard.press("a")
            taken = dora.page.locator(f"#{name}", has_text="dora looks after it")
            taken.wait_for()
            assert "Not connected yet" in late.page.inner_text("[data-stream]")
            assert "Alerts open: 1" in late.page.inner_text("#alerts-head")
            held[0].continue_()
            late.page.wait_for_selector(CONNECTED)
            late.page.locator("#alerts-head", has_text="looked after: 1").wait_for()
        assert "looked after: 1" in dora.page.inner_text("#alerts-head")
        taken.focus()
        dora.page.keyboard.press("c")
        dora.page.keyboard.type("the lead was loose")
        dora.page.keyboard.press("Enter")
        dora.page.wait_for_selector(f"#{name}", state="detached")
        assert dora.page.locator("#alerts .fault").count() == 0


def test_a_page_connects_however_late_its_scripts_come(browser: Browser, service: Service) -> None:
    """A script that comes after the others, as on a slow line, changes nothing but the moment."""

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    with reader(browser, service) as dora:
        dora.page.route("**/hx-sse.min.js", late)
        dora.signs_in("dora")
        dora.page.wait_for_selector(CONNECTED)
