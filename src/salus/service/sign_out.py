"""Sign out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.sessions import Sessions
from salus.service.guarded import guarded
from salus.trust.account.token import digest_of, shown
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.SIGN_OUT, Kind.SESSION, shown)
def sign_out(context: Context, token: str) -> None:
    """End a session; quietly when it has ended already.

    Parameters
    ----------
    context : Context
        What is in use.
    token : str
        As it was handed out at sign-in; the audit names it by the first digits of its digest.
    """
    Sessions(context.store).end(digest_of(token))
