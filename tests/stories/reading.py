"""A reader in a browser, and all that a page must never do while they read."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from tests.functional.serving import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

    from tests.functional.serving import Service

PHONE, DESK, WALL = (390, 844), (1280, 800), (1920, 1080)
EXPECTED = "Failed to load resource: the server responded with a status of 4"
"""What a browser says of a page that refuses something, as it should."""


@dataclass
class Reader:
    """Somebody with a browser.

    Parameters
    ----------
    page : Page
        Of the browser.
    address : str
        Of the service.
    faults : list of str
        Errors of the console, violations of the policy, requests to elsewhere.
    """

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> Response | None:
        """Open an address of the service."""
        return self.page.goto(self.address + path)

    def signs_in(self, name: str) -> None:
        """Sign in by the page."""
        self.go("/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url(self.address + "/")

    def overflow(self) -> int:
        """Return how many pixels the page is wider than its window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def hear(self, message: ConsoleMessage) -> None:
        """Keep what the console complains of; a violation of the policy is told there too."""
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.faults.append(message.text)

    def follow(self, request: Request) -> None:
        """Keep a request that goes elsewhere."""
        place = urlsplit(request.url)
        if place.scheme != "data" and f"{place.scheme}://{place.netloc}" != self.address:
            self.faults.append(f"requested {request.url}")


@contextmanager
def reader(
    browser: Browser,
    service: Service,
    *,
    lang: str = "en",
    size: tuple[int, int] = DESK,
    theme: Literal["light", "dark"] = "light",
) -> Iterator[Reader]:
    """Open a browser for one reader, and demand afterwards that nothing went wrong in it.

    Parameters
    ----------
    browser : Browser
        Of all stories.
    service : Service
        That is read.
    lang : str
        What the browser prefers, ``en`` or ``zh``.
    size : tuple of int
        Width and height of the window, pixels.
    theme : str
        What the reader prefers.
    """
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN" if lang == "zh" else "en-GB",
        color_scheme=theme,
    )
    page = context.new_page()
    found = Reader(page, service.address)
    page.on("console", found.hear)
    page.on("pageerror", lambda error: found.faults.append(str(error)))
    page.on("request", found.follow)
    try:
        yield found
        assert found.faults == []
    finally:
        context.close()
