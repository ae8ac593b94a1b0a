"""The page of an error: what is wrong, and what to do or whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import DefectError, ForbiddenError, NotFoundError, SalusError
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.report.words import Words

TITLES: dict[type[SalusError], Message] = {
    ForbiddenError: say("You may not see or do this"),
    NotFoundError: say("This is not here"),
    DefectError: say("A defect of ours"),
}
ASK = say(
    "Who may see or do it is written in the policies of this installation. An administrator gives "
    "an account its role and its districts; a security officer keeps the policies. Ask one of "
    "them, and say for whom and why you need it. That you asked is in the audit."
)


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What the page of an error shows.

    Parameters
    ----------
    title : str
        What kind of error it is.
    faults : tuple of str
        What is wrong, and what to do.
    ask : str
        Whom to ask; empty where asking does not help.
    """

    title: str
    faults: tuple[str, ...]
    ask: str = ""


def problem_view(error: SalusError, words: Words) -> ProblemView:
    """Say an error.

    Parameters
    ----------
    error : SalusError
        With all its faults.
    words : Words
        The reader's language.

    Returns
    -------
    ProblemView
    """
    found = (title for kind, title in TITLES.items() if isinstance(error, kind))
    return ProblemView(
        words(next(found, say("This cannot be done as asked"))),
        tuple(words.fault(fault) for fault in error.faults),
        words(ASK) if isinstance(error, ForbiddenError) else "",
    )
