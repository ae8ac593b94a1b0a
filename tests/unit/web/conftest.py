"""The application in this process, over a home of its own, with somebody signed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from sqlalchemy import insert

from salus.core.settings import Settings
from salus.data.store.account_tables import ACCOUNT
from salus.data.store.accounts import values_of
from salus.data.store.audit_log import append_entry
from salus.data.store.engine import driver_of
from salus.data.store.moments import written
from salus.data.store.sessions import Sessions
from salus.domain.account import Account
from salus.service.accounted import account_witness
from salus.service.context import Context, open_context
from salus.service.sessions import LONGEST
from salus.trust.account.token import digest_of, new_token
from salus.trust.permission import Permission
from salus.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

ADDRESS = "http://salus.example"


@dataclass
class Browser:
    """Asks the application, as somebody or as nobody."""

    app: FastAPI
    context: Context

    def person(self, name: str, role: str, *districts: str) -> str:
        """Make an account, and return the token of a session of it."""
        account = Account(name, role, frozenset(districts) or None)
        row = {
            **values_of(account),
            "password": "none",
            "made_at": written(self.context.clock.now()),
        }
        asker, now = self.context.principal, self.context.clock.now()
        witness = account_witness(asker, now, Permission.ACCEPT_INVITATION)
        with self.context.store.writing() as connection:
            connection.execute(insert(ACCOUNT).values(row))
            append_entry(driver_of(connection.connection), partial(witness, account))
        return self.session(name)

    def session(self, name: str) -> str:
        """Open a session of an account."""
        token, now = new_token(), self.context.clock.now()
        Sessions(self.context.store).start(digest_of(token), name, now, now + LONGEST)
        return token

    def ask(self, method: str, path: str, token: str | None = None, **more: Any) -> httpx.Response:
        """Send one request, and return the answer."""
        headers = {**more.pop("headers", {})}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        transport = httpx.ASGITransport(self.app)

        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
                return await client.request(method, path, headers=headers, **more)

        return anyio.run(send)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """Wire the application over a home of its own."""
    with open_context(Settings(home=tmp_path / "home", max_upload_mb=1)) as context:
        yield Browser(create_app(context), context)


@pytest.fixture
def planner(browser: Browser) -> str:
    """Give the token of a planner of the whole region."""
    return browser.person("paula", "planner")
