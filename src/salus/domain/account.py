"""Who has an account, in which role, and where it sees into."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salus.core.checks import named

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
"""How an account may be called: what is easy to type and to read in the audit."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a person or of a feed.

    Parameters
    ----------
    name : str
        What it signs in with: small letters, digits, dot, dash, underscore; at most 64.
    role : str
        Role it acts in.
    districts : frozenset of str or None
        Ids of the districts it sees into; ``None`` is everywhere.
    disabled : bool
        Whether nobody may sign in with it.

    Raises
    ------
    ValueError
        If name or role is not one.

    Examples
    --------
    >>> Account("anna", "planner").districts is None
    True
    >>> Account("Anna!", "planner")
    Traceback (most recent call last):
    ValueError: an account must have a name of small letters, digits, dots or dashes
    """

    name: str
    role: str
    districts: frozenset[str] | None = None
    disabled: bool = False

    def __post_init__(self) -> None:
        """Refuse a name that is none."""
        if not is_account_name(self.name):
            message = "an account must have a name of small letters, digits, dots or dashes"
            raise ValueError(message)
        named("role", self.role)


def is_account_name(text: str) -> bool:
    """Tell whether an account may be called so.

    Examples
    --------
    >>> is_account_name("anna.b"), is_account_name("Anna B")
    (True, False)
    """
    return NAME.fullmatch(text) is not None
