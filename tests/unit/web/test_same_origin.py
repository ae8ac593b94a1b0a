"""Another site changes nothing here in the name of who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.web.conftest import ADDRESS

if TYPE_CHECKING:
    from tests.unit.web.conftest import Browser

JOBS = "/api/v1/jobs"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS},
        {},
    ],
)
def test_what_comes_from_elsewhere_is_refused(
    browser: Browser, planner: str, headers: dict[str, str]
) -> None:
    """A browser that is signed in by its cookie is not believed without a word of where it is."""
    cookie = {"Cookie": f"salus-session={planner}"}
    answer = browser.ask("POST", JOBS, headers={**cookie, **headers}, json={})
    assert answer.status_code == 403
    assert "another site" in answer.json()["detail"]
    assert browser.ask("GET", JOBS, planner).json()["jobs"] == []


@pytest.mark.parametrize("headers", [{"Origin": ADDRESS}, {"Sec-Fetch-Site": "same-origin"}])
def test_our_own_pages_may(browser: Browser, planner: str, headers: dict[str, str]) -> None:
    """A form of this service is answered."""
    cookie = {"Cookie": f"salus-session={planner}"}
    answer = browser.ask("POST", JOBS, headers={**cookie, **headers}, json={"region": None})
    assert answer.status_code == 202


def test_reading_needs_no_origin(browser: Browser, planner: str) -> None:
    """What changes nothing is answered; the cookie is not sent from elsewhere anyway."""
    cookie = {"Cookie": f"salus-session={planner}"}
    assert browser.ask("GET", JOBS, headers=cookie).status_code == 200
