"""What a part of a page says to whom it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.service.guarded import permits
from salus.trust.permission import ADMINISTRATOR, Resource
from salus.web.roles import role_name

if TYPE_CHECKING:
    from salus.core.messages import Message
    from salus.service.context import Context
    from salus.trust.permission import Kind, Permission


def closed(context: Context, permission: Permission, kind: Kind, key: str) -> Message | None:
    """Say that a part of a page is closed to this reader, and whom to ask.

    Parameters
    ----------
    context : Context
        What is in use, acting for the reader.
    permission : Permission
        What the use case behind the part needs.
    kind, key : Kind, str
        What it is asked about.

    Returns
    -------
    Message or None
        ``None`` where the part is open.
    """
    if permits(context, permission, Resource(kind, key)):
        return None
    if context.principal.role == ADMINISTRATOR:
        return say(
            "This is kept apart from your role ({meaning}). Whoever needs it has a role of their "
            "own: invite them on the page Trust.",
            meaning=permission.meaning,
        )
    return say(
        "As {role} you may not {meaning}. An administrator gives an account its role; ask one if "
        "you need this.",
        role=role_name(context.principal.role),
        meaning=permission.meaning,
    )
