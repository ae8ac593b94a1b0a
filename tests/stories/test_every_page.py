"""Every page in both languages, on a phone, a desk and a wall: whole, quiet, in one language."""

from __future__ import annotations

import json
import runpy
from typing import TYPE_CHECKING, Any

import pytest

from tests.functional.serving import API, Service, finished, served
from tests.house.said import Reader as Listener
from tests.house.said import english, untranslated
from tests.house.source import ROOT
from tests.stories.reading import DESK, PHONE, WALL, reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from babel.messages.catalog import Catalog
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGES = ("/", "/plan", "/quality", "/patient", "/trust", "/nowhere")
ROLES = ("planner", "quality", "clinician", "dispatcher", "security", "administrator")


def named(role: str) -> str:
    """Name the account of a role, by no word of the catalogue."""
    return f"{role}-1"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a home in which a synthetic town was planned, and everybody has an account."""
    home = tmp_path_factory.mktemp("pages") / "home"
    with served(home, SALUS_PEOPLE="6000") as running:
        with running.person(named("planner"), "planner") as client:
            asked = client.post(f"{API}/jobs", json={"region": None, "horizon": 2})
            assert finished(client, asked.raise_for_status().json()["id"])["state"] == "done"
        for role in ROLES[1:]:
            running.person(named(role), role).close()
        yield running


@pytest.fixture(scope="module")
def addresses(service: Service) -> tuple[str, ...]:
    """Name every page that there is something to see on."""
    with service.signed_in(named("clinician")) as client:
        plan = client.get(f"{API}/plans").json()["plans"][0]["id"]
        one = client.get(f"{API}/advice/{plan}").json()["patients"][0]
    return (*PAGES, f"/plan/{plan}", f"/patient/{plan}/{one['district_id']}/{one['patient']}")


@pytest.fixture(scope="module")
def chinese() -> Mapping[str, str]:
    """Read the Chinese catalogue: English sentence to Chinese one."""
    tools: Mapping[str, Any] = runpy.run_path(str(ROOT / "scripts" / "catalogues.py"))
    catalogue: Catalog = tools["stored"](tools["FOLDER"] / "zh" / "LC_MESSAGES" / "salus.po")
    return {str(message.id): str(message.string) for message in catalogue if message.id}


@pytest.mark.parametrize("size", [PHONE, DESK, WALL], ids=["phone", "desk", "wall"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_fits_its_window_and_draws_its_charts(
    browser: Browser,
    service: Service,
    addresses: tuple[str, ...],
    lang: str,
    size: tuple[int, int],
) -> None:
    """Nothing is wider than the window, each chart in sight is drawn, and the console is quiet."""
    with reader(browser, service, lang=lang, size=size) as anybody:
        anybody.signs_in(named("clinician"))
        for address in addresses:
            anybody.go(address)
            assert anybody.overflow() <= 0, address
            page = anybody.page
            page.wait_for_function(
                "[...document.querySelectorAll('.chart')]"
                ".every(chart => !chart.clientWidth || chart.dataset.drawn)"
            )


@pytest.mark.parametrize("role", ROLES)
def test_the_console_in_chinese_holds_no_english(
    browser: Browser,
    service: Service,
    addresses: tuple[str, ...],
    chinese: Mapping[str, str],
    role: str,
) -> None:
    """Whoever reads Chinese reads no sentence of the English catalogue, on any page as any role."""
    with reader(browser, service, lang="zh", theme="dark") as anybody:
        anybody.signs_in(named(role))
        for address in (*addresses, "/sign-in", "/invitation/none"):
            anybody.go(address)
            listener = Listener()
            listener.feed(anybody.page.content())
            texts = [text for text in listener.texts if text]
            assert english(" ".join(texts), chinese) == [], address
            assert untranslated(texts, chinese) == set(), address
            assert all(json.loads(chart) for chart in listener.charts)


def test_every_thing_is_reached_by_keyboard(browser: Browser, service: Service) -> None:
    """From the first key on, focus is seen, and the first link leads past the navigation."""
    with reader(browser, service) as anybody:
        anybody.signs_in(named("clinician"))
        anybody.go("/quality")
        anybody.page.keyboard.press("Tab")
        assert anybody.page.evaluate("document.activeElement.className") == "skip"
        anybody.page.keyboard.press("Enter")
        anybody.page.keyboard.press("Tab")
        inside = "document.getElementById('main').contains(document.activeElement)"
        assert anybody.page.evaluate(inside)
        shown = "getComputedStyle(document.activeElement).outlineStyle"
        assert anybody.page.evaluate(shown) == "solid"


def test_a_table_sorts_and_filters(browser: Browser, service: Service) -> None:
    """A click on a head sorts by its figures, the largest first, and again the other way."""
    with reader(browser, service) as anybody:
        anybody.signs_in(named("planner"))
        column = anybody.page.locator("#table-1 tbody tr td:nth-child(3) data")
        head = anybody.page.locator("#table-1 th:nth-child(3) button")
        found = []
        for _ in range(2):
            head.click()
            texts = column.all_inner_texts()
            found.append([float(text.replace(",", "")) for text in texts])
        assert found[0] == sorted(found[0], reverse=True)
        assert found[1] == sorted(found[1])
