"""No route of the service leads past the gate, and none past the rules of the web."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pytest

from salus.core.settings import Settings
from salus.service.context import open_context
from salus.web.app import create_app
from salus.web.behind import permissions_of
from salus.web.openapi import routes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import FastAPI

PUBLIC = {
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/healthz"),
    ("POST", "/api/v1/session"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("GET", "/invitation/{token}"),
    ("POST", "/invitation/{token}"),
    ("GET", "/language/{code}"),
}
"""What somebody needs who has not signed in; it shows nothing that is kept."""


class Way(NamedTuple):
    """One way into the service."""

    method: str
    path: str
    endpoint: Callable[..., object]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """Wire the application over an empty home."""
    with open_context(Settings(home=tmp_path_factory.mktemp("home"))) as context:
        yield create_app(context)


@pytest.fixture(scope="module")
def ways(app: FastAPI) -> list[Way]:
    """Walk all ways in, except to the files of the pages."""
    return [
        Way(method, str(route.path), route.endpoint)
        for route in routes_of(app)
        if route.endpoint is not None
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


def test_every_route_says_what_the_gate_asks_for(ways: list[Way]) -> None:
    """A route runs use cases that it names, or stands on a short list that is open to all."""
    bare = [
        f"{way.method} {way.path}"
        for way in ways
        if (way.method, way.path) not in PUBLIC and not permissions_of(way.endpoint)
    ]
    assert bare == []


def test_the_public_list_is_true(ways: list[Way]) -> None:
    """Nothing stands on the list that is not there any more."""
    assert {(way.method, way.path) for way in ways} >= PUBLIC


def test_nothing_else_is_open_to_a_stranger(app: FastAPI, ways: list[Way]) -> None:
    """Without a session every other route sends to the sign-in, and tells nothing."""
    asked = asyncio.run(_ask(app, [way for way in ways if (way.method, way.path) not in PUBLIC]))
    assert {what: status for what, status in asked.items() if status not in {401, 303}} == {}


def test_only_the_files_of_the_pages_are_mounted(app: FastAPI) -> None:
    """There is one folder that is served, and its address tells its content."""
    mounted = [str(route.path) for route in routes_of(app) if route.endpoint is None]
    assert mounted == [app.state.door.assets.mount]


async def _ask(app: FastAPI, ways: list[Way]) -> dict[str, int]:
    found = {}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://salus.example") as client:
        for way in ways:
            address = way.path.replace("{job}", "1").replace("{ending}", "csv")
            answer = await client.request(way.method, address, json={})
            found[f"{way.method} {way.path}"] = answer.status_code
    return found
