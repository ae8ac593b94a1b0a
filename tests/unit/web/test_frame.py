"""What stands around every page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from salus.report.words import Words
from salus.trust.permission import PLANNER, ROLES, Principal
from salus.web.frame import frame_of, local
from salus.web.roles import NAMES, role_name

if TYPE_CHECKING:
    from starlette.requests import Request


def _request(path: str, query: str = "", method: str = "GET", **state: object) -> Request:
    url = SimpleNamespace(path=path, query=query)
    state_of = SimpleNamespace(**state)
    return cast("Request", SimpleNamespace(url=url, method=method, state=state_of))


def test_the_open_page_is_marked() -> None:
    """One of the five, also on a page below it; the city is not every page."""
    words = Words("en")
    here = [tab.address for tab in frame_of(_request("/plan/6a28"), words).tabs if tab.here]
    assert here == ["/plan"]
    assert not any(tab.here for tab in frame_of(_request("/sign-in"), words).tabs)


def test_who_reads_is_named_only_when_signed_in() -> None:
    """A stranger sees no name, and so no pages."""
    words, paula = Words("en"), Principal("paula", PLANNER)
    assert frame_of(_request("/sign-in"), words).reader is None
    shown = frame_of(_request("/", principal=paula), words).reader
    assert shown is not None
    assert words(shown) == "paula, planner"


def test_the_other_language_leads_back_to_the_page() -> None:
    """With the question that was asked of it; the answer to a form leads to the first page."""
    (other,) = frame_of(_request("/plan", "job=3"), Words("en")).languages
    assert (other.code, other.address) == ("zh", "/language/zh?next=%2Fplan%3Fjob%3D3")
    (other,) = frame_of(_request("/plan", method="POST"), Words("zh")).languages
    assert other.address == "/language/en?next=%2F"


@pytest.mark.parametrize(
    "address", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/\r\nX: y", ""]
)
def test_nobody_is_sent_elsewhere(address: str) -> None:
    """A link to the door cannot lead on to another site."""
    assert local(address) == "/"


def test_every_role_has_a_name() -> None:
    """One that the policies of an installation add is shown by its key."""
    assert set(ROLES) <= set(NAMES)
    assert str(role_name("pharmacist")) == "pharmacist"
