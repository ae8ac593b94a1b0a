"""Coming in and going out over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salus.data.store.sessions import Sessions
from salus.service.accept_invitation import Acceptance, accept_invitation
from salus.service.first_administrator import first_administrator
from salus.trust.account.token import digest_of, new_token
from salus.web.reader import SESSION

if TYPE_CHECKING:
    from tests.unit.web.conftest import Browser

SESSIONS = "/api/v1/session"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of an account that only this test has
OWN = {"Origin": "http://salus.example"}


def root(browser: Browser) -> None:
    """Make the first administrator."""
    token = first_administrator(browser.context, "first")
    assert token is not None
    accept_invitation(browser.context, Acceptance(token, "root", PASSWORD))


def test_a_password_opens_a_session_and_a_wrong_one_does_not(browser: Browser) -> None:
    """The answer to a wrong password and to an unknown name is the same."""
    root(browser)
    came = browser.ask("POST", SESSIONS, json={"name": "root", "password": PASSWORD})
    assert came.status_code == 201
    assert (came.json()["role"], came.json()["districts"]) == ("administrator", None)
    assert browser.ask("GET", "/api/v1/regions", came.json()["token"]).status_code == 200
    wrong = browser.ask("POST", SESSIONS, json={"name": "root", "password": "wrong"})
    nobody = browser.ask("POST", SESSIONS, json={"name": "nobody", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json() == nobody.json()


def test_many_wrong_passwords_make_wait(browser: Browser) -> None:
    """After some failures in a row even the right password must wait."""
    root(browser)
    told = [
        browser.ask("POST", SESSIONS, json={"name": "root", "password": "wrong"}).json()["detail"]
        for _ in range(8)
    ]
    assert "too many failed attempts" in told[-1]
    right = browser.ask("POST", SESSIONS, json={"name": "root", "password": PASSWORD})
    form = {"name": "root", "password": PASSWORD, "back": "/"}
    page = browser.ask("POST", "/sign-in", data=form, headers=OWN)
    for answer in (right, page):
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0


def test_the_cookie_of_a_browser_is_for_our_pages_alone(browser: Browser) -> None:
    """No script reads it, and no other site sends it; one goes on where one wanted to."""
    root(browser)
    form = {"name": "root", "password": PASSWORD, "back": "/plan"}
    came = browser.ask("POST", "/sign-in", data=form, headers=OWN)
    assert (came.status_code, came.headers["location"]) == (303, "/plan")
    cookie = came.headers["set-cookie"]
    assert cookie.startswith(f"{SESSION}=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


def test_nobody_is_sent_to_another_site(browser: Browser) -> None:
    """The way back is a path of this service."""
    root(browser)
    for back in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        form = {"name": "root", "password": PASSWORD, "back": back}
        came = browser.ask("POST", "/sign-in", data=form, headers=OWN)
        assert (came.status_code, came.headers["location"]) == (303, "/"), back


def test_a_session_that_has_expired_is_over(browser: Browser, planner: str) -> None:
    """A program is told, and a person is sent to sign in again and come back."""
    del planner
    token, now = new_token(), browser.context.clock.now()
    long_ago = now - timedelta(hours=13)
    Sessions(browser.context.store).start(
        digest_of(token), "paula", long_ago, now - timedelta(hours=1)
    )
    page = browser.ask("GET", "/plan", token)
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=/plan")
    Sessions(browser.context.store).start(
        digest_of(token), "paula", long_ago, now + timedelta(hours=1)
    )
    answer = browser.ask("GET", "/api/v1/jobs", token)
    assert answer.status_code == 401
    assert "the session has expired" in answer.json()["detail"]
