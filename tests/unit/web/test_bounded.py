"""No request is read beyond what is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.unit.web.conftest import Browser

READINGS = "/api/v1/readings"
LARGE = b"[" + b" " * (5 << 20) + b"]"


def test_a_body_of_a_stated_length_is_refused_before_it_is_read(
    browser: Browser, planner: str
) -> None:
    """The answer names the most that is allowed."""
    answer = browser.ask("POST", READINGS, planner, content=LARGE)
    assert answer.status_code == 413
    assert "at most 4 MiB" in answer.json()["detail"]


def test_a_body_of_no_stated_length_is_refused_while_it_is_read(
    browser: Browser, planner: str
) -> None:
    """It is counted as it arrives."""

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(LARGE), 1 << 16):
            yield LARGE[at : at + (1 << 16)]

    for path in (READINGS, "/api/v1/jobs"):
        headers = {"Content-Type": "application/json"}
        answer = browser.ask("POST", path, planner, content=pieces(), headers=headers)
        assert answer.status_code == 413, path
        assert answer.json()["title"] == "TooLargeError"
