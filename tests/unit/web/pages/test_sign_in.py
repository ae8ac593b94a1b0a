"""The door: invitations that are not good, and where a session that is over leads back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.service.context import acting
from salus.service.invite import Invitation, invite
from salus.trust.permission import Principal

if TYPE_CHECKING:
    from tests.unit.web.conftest import Browser


def test_an_invitation_that_is_not_good_shows_no_form(browser: Browser) -> None:
    """One that never existed, or was used, is answered at once with what to do."""
    page = browser.ask("GET", "/invitation/never")
    assert page.status_code == 404
    assert "Ask for another one" in page.text
    assert "<input" not in page.text


def test_an_open_invitation_shows_the_form(browser: Browser) -> None:
    """Looking at it does not use it up."""
    administrator = acting(browser.context, Principal("ada", "administrator"))
    token = invite(administrator, Invitation("bo", "planner", None))
    for _ in range(2):
        page = browser.ask("GET", f"/invitation/{token}")
        assert (page.status_code, 'name="password"' in page.text) == (200, True)


def test_a_session_that_is_over_leads_back_to_the_whole_address(browser: Browser) -> None:
    """What was asked for in the query is asked for again after the sign-in."""
    answer = browser.ask("GET", "/?region=Littletown&lang=zh")
    assert answer.headers["location"] == "/sign-in?next=/%3Fregion%3DLittletown%26lang%3Dzh"
