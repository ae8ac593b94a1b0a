"""Every error is a problem document for programs and a page for people, and tells no value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.web.errors import MEDIA_TYPE

if TYPE_CHECKING:
    from tests.unit.web.conftest import Browser

API = "/api/v1"
JSON = {"Content-Type": "application/json"}
FIELDS = {"type", "title", "status", "detail", "faults"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"{API}/nowhere", 404),
        ("PUT", f"{API}/regions", 405),
        ("GET", f"{API}/regions/nowhere", 404),
        ("GET", f"{API}/regions/..%2F..%2Fetc", 404),
        ("GET", f"{API}/jobs/7", 404),
        ("GET", f"{API}/jobs/seven", 422),
        ("GET", f"{API}/jobs/99999999999999999999", 422),
        ("GET", f"{API}/plans/6a28", 404),
        ("GET", f"{API}/plans/..%2Fobjects", 404),
        ("GET", f"{API}/plans/6a28/tables/..%2Fabout.json", 404),
        ("DELETE", f"{API}/jobs/7", 404),
        ("POST", f"{API}/jobs/7/resume", 404),
    ],
)
def test_an_error_of_the_api_is_a_problem_document(
    browser: Browser, planner: str, method: str, path: str, status: int
) -> None:
    """What cannot be answered is told in one shape, with what to do."""
    answer = browser.ask(method, path, planner)
    assert answer.status_code == status
    assert answer.headers["content-type"] == MEDIA_TYPE
    problem = answer.json()
    assert set(problem) == FIELDS
    assert problem["status"] == status
    assert all(fault["remedy"] for fault in problem["faults"])


def test_what_does_not_fit_the_model_is_told_without_its_value(
    browser: Browser, planner: str
) -> None:
    """The framework's own faults have our shape, and repeat nothing of what was sent."""
    sent = {"region": 7, "horizon": "Jane Roe", "colour": "Jane Roe"}
    answer = browser.ask("POST", f"{API}/jobs", planner, json=sent)
    assert answer.status_code == 422
    assert "Jane Roe" not in answer.text
    told = {fault["where"] for fault in answer.json()["faults"]}
    assert told == {"body, column region", "body, column horizon", "body, column colour"}


def test_a_body_that_is_no_json_is_told(browser: Browser, planner: str) -> None:
    """A truncated document has one clear answer."""
    answer = browser.ask("POST", f"{API}/jobs", planner, content=b'{"region": ', headers=JSON)
    assert answer.status_code == 422
    assert "this is not JSON" in answer.json()["detail"]


def test_a_problem_is_in_the_language_of_the_reader(browser: Browser, planner: str) -> None:
    """The address, then the cookie, then what the browser prefers."""
    path = f"{API}/plans/6a28"
    english = browser.ask("GET", path, planner).json()["detail"]
    preferred = {"Accept-Language": "zh-CN,zh;q=0.9"}
    chinese = browser.ask("GET", path, planner, headers=preferred).json()["detail"]
    asked = browser.ask("GET", f"{path}?lang=en", planner, headers=preferred).json()["detail"]
    assert english == asked
    assert chinese != english


def test_a_defect_tells_nothing_of_the_data(
    browser: Browser,
    planner: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What nobody expected is a problem of status 500; neither it nor the log repeats a value."""

    def fail(*_: object) -> None:
        message = "Jane Roe"
        raise KeyError(message)

    monkeypatch.setattr("salus.web.api.jobs.list_jobs", fail)
    answer = browser.ask("GET", f"{API}/jobs", planner)
    assert answer.status_code == 500
    assert answer.json()["title"] == "DefectError"
    told = answer.text + capsys.readouterr().err
    assert "Jane Roe" not in told
    assert "KeyError" in told


def test_a_stranger_is_asked_to_sign_in(browser: Browser) -> None:
    """A program is told so; a person is sent to the sign-in, and comes back afterwards."""
    answer = browser.ask("GET", f"{API}/jobs")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    page = browser.ask("GET", "/plan")
    assert page.status_code == 303
    assert page.headers["location"] == "/sign-in?next=/plan"
    part = browser.ask("GET", "/plan", headers={"HX-Request": "true"})
    assert part.headers["hx-redirect"] == "/sign-in?next=/plan"


def test_a_session_that_is_over_is_none(browser: Browser, planner: str) -> None:
    """After signing out, the token is good for nothing."""
    assert browser.ask("DELETE", f"{API}/session", planner).status_code == 204
    assert browser.ask("GET", f"{API}/jobs", planner).status_code == 401


def test_a_role_that_may_not_is_refused(browser: Browser) -> None:
    """The gate stands in front of every route, and its refusal is on the record."""
    clinician = browser.person("clara", "clinician")
    answer = browser.ask("POST", f"{API}/jobs", clinician, json={"region": None})
    assert answer.status_code == 403
    assert answer.json()["title"] == "ForbiddenError"


def test_an_alert_needs_no_note(browser: Browser, planner: str) -> None:
    """Without a body nothing is missing: there is no such alert, or one may not."""
    for step in ("acknowledge", "close"):
        answer = browser.ask("POST", f"{API}/alerts/{'0' * 64}/{step}", planner)
        assert answer.status_code in {403, 404}, answer.text


def test_every_answer_carries_the_headers(browser: Browser, planner: str) -> None:
    """Also an error: nothing inline runs, nothing is framed, nothing is kept."""
    for path in (f"{API}/healthz", f"{API}/nowhere", "/sign-in", "/nowhere"):
        headers = browser.ask("GET", path, planner).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_files_of_the_pages_are_kept_for_ever(browser: Browser) -> None:
    """Their address tells their content, so that a new version has a new address."""
    address = browser.app.state.door.assets.url("console.css")
    kept = browser.ask("GET", address)
    assert "immutable" in kept.headers["cache-control"]
    assert browser.ask("GET", "/static/000000000000/console.css").status_code == 404
    assert browser.ask("GET", address.replace("console.css", "..%2Fapp.py")).status_code == 404
