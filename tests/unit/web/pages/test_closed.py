"""What a page says to whom a part of it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.unit.web.conftest import Browser


def test_an_administrator_is_not_sent_to_an_administrator(browser: Browser) -> None:
    """They are told whom to invite, and where."""
    page = browser.ask("GET", "/patient", browser.person("ada", "administrator")).text
    assert "invite them on the page Trust" in page
    assert "An administrator gives" not in page


def test_nobody_is_told_that_nothing_was_planned_who_may_not_see_it(browser: Browser) -> None:
    """A source of readings sees that plans are closed, not that there are none."""
    page = browser.ask("GET", "/", browser.person("sensor", "feed")).text
    assert "Nothing has been planned yet" not in page
    assert "plans are closed to you" in page
