"""What the roles of an account are called."""

from __future__ import annotations

from salus.core.messages import Message, say

NAMES = {
    "operator": say("operator"),
    "planner": say("planner"),
    "quality": say("quality officer"),
    "clinician": say("clinician"),
    "dispatcher": say("dispatcher"),
    "security": say("security officer"),
    "administrator": say("administrator"),
    "feed": say("source of readings"),
    "visitor": say("not signed in"),
    "worker": say("process of a job"),
}


def role_name(role: str) -> Message:
    """Name a role for people.

    Parameters
    ----------
    role : str
        As the policies call it; one they alone know is shown by its key.

    Examples
    --------
    >>> str(role_name("quality"))
    'quality officer'
    """
    return NAMES.get(role) or say("{name}", name=role)
