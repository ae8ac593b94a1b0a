"""Who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import Fault, SignInError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.core.clock import Clock
    from salus.data.store.engine import Store
    from salus.trust.permission import Principal


def principal_of(store: Store, clock: Clock, token: str) -> Principal:
    """Find who is signed in with a token.

    Raises
    ------
    SignInError
        If the session is unknown or over.
    """
    del store, clock, token
    raise SignInError(Fault(say("the session is over"), Where(say("session")), say("sign in")))
