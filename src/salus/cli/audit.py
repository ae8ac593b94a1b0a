"""``salus trust audit show``: the lines of the audit, the newest first."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from salus.cli.review import recorded, tell_lines
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.service.context import open_context
from salus.service.read_audit import MOST, AuditQuery, read_audit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.domain.audit import AuditEntry
    from salus.report.words import Words


NOTHING_MORE = {"{}", '{"why":""}'}
"""Details of an entry that tell nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines a person wants to see, as they wrote it.

    Parameters
    ----------
    count, before : int
        How many, and below which number; 0 for the newest.
    who, permission, outcome, resource : str
        Only lines that have it; empty for all.
    """

    count: int
    before: int
    who: str
    permission: str
    outcome: str
    resource: str


def show_command(
    wanted: Wanted, options: Mapping[str, str | None], words: Words, *, as_json: bool
) -> None:
    """Show lines of the audit.

    Parameters
    ----------
    wanted : Wanted
        Which lines.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    InputError
        If a number is out of its range.
    ForbiddenError
        If the policy does not permit it.
    """
    if not 1 <= wanted.count <= MOST or wanted.before < 0:
        remedy = say("write a whole number from {low} to {high}", low=1, high=MOST)
        raise InputError(Fault(say("out of range"), Where("--count"), remedy, wanted.count))
    query = AuditQuery(
        wanted.count,
        before=wanted.before,
        principal=wanted.who,
        permission=wanted.permission,
        outcome=wanted.outcome,
        resource=wanted.resource,
    )
    with open_context(recorded(options)) as context:
        entries = read_audit(context, query)
    lines = [_line(entry) for entry in entries] or [words(say("No line of the audit is so."))]
    tell_lines(lines, [asdict(entry) for entry in entries], as_json=as_json)


def _line(entry: AuditEntry) -> str:
    # A record, not a sentence: names as the audit has them, the same in every language.
    moment = entry.at[:19].replace("T", " ")
    more = "" if entry.detail in NOTHING_MORE else f"\n        {entry.detail}"
    return (
        f"{entry.sequence:>6}  {moment} UTC  {entry.outcome:<9}  {entry.permission}  "
        f"{entry.resource}  {entry.principal} ({entry.role}){more}"
    )
