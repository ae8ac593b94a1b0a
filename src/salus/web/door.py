"""What all routes share: wired once by the application, and found by each request."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Semaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request

    from salus.service.context import Context
    from salus.web.assets import Assets
    from salus.web.shelf import Shelf

SIGN_INS = 2
"""As many passwords are checked at the same time."""


@dataclass(frozen=True, slots=True, eq=False)
class Door:
    """What all routes share.

    Parameters
    ----------
    context : Context
        What is in use; its principal acts for nobody who asks, see :mod:`salus.web.reader`.
    assets : Assets
        Style, script and pictures.
    templates : jinja2.Environment
        The pages.
    shelf : Shelf
        Kept plans that were read before.
    turns : threading.Semaphore
        How many may sign in at the same time.
    """

    context: Context
    assets: Assets
    templates: Environment
    shelf: Shelf
    turns: Semaphore = field(default_factory=lambda: Semaphore(SIGN_INS))


def door_of(request: Request) -> Door:
    """Find what the application of a request has wired."""
    door: Door = request.app.state.door
    return door
