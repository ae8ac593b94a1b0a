"""``salus replay`` and ``salus trust audit verify``: look back and check."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from salus.cli.output import told
from salus.cli.progress import progress_line
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.core.settings import Settings, read_settings
from salus.data.store.engine import DATABASE
from salus.service.context import open_context
from salus.service.replay_decision import replay_decision
from salus.service.verify_audit import verify_audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salus.core.canonical import Json
    from salus.report.words import Words


def replay_command(
    name: str, options: Mapping[str, str | None], words: Words, *, as_json: bool
) -> None:
    """Make a decision again and say that it agrees.

    Parameters
    ----------
    name : str
        Id of the decision, or its first digits.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    MismatchError
        If anything was altered or the rebuilt answer differs.
    """
    settings = recorded(options)
    with progress_line(words) as progress, open_context(settings, progress) as context:
        done = replay_decision(context, name)
    entry = done.entry
    said = say(
        "Decision {id} of {day} was made again in a new process and agrees bit by bit.",
        id=entry.id,
        day=entry.made_at,
    )
    if not done.same_code:
        other = say("Other code decided then: commit {commit}.", commit=entry.origin.commit[:12])
        said = say("{agrees} {other}", agrees=said, other=other)
    document: dict[str, Json] = {"decision": entry.id, "agrees": True, "same_code": done.same_code}
    tell(said, document, words, as_json=as_json)


def verify_command(options: Mapping[str, str | None], words: Words, *, as_json: bool) -> None:
    """Check the audit and say where it ends.

    Parameters
    ----------
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    MismatchError
        If the audit is not as it was written.
    """
    with open_context(recorded(options)) as context:
        head = verify_audit(context, "audit")
    said = say(
        "The audit is whole and ends at entry {count:,} with {digest}. Note both elsewhere.",
        count=head.sequence,
        digest=head.digest,
    )
    tell(said, {"entries": head.sequence, "head": head.digest}, words, as_json=as_json)


def recorded(options: Mapping[str, str | None]) -> Settings:
    """Read the settings of a command that looks back.

    Whoever looks back must not be shown a record that was made this moment, whole and empty.

    Parameters
    ----------
    options : mapping of str to str or None
        Settings that were given as options.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        If a setting is wrong, or nothing is recorded in the home.
    """
    settings = read_settings(os.environ, asked=options)
    if not (settings.home / DATABASE).is_file():
        what, remedy = say("nothing is recorded here"), say("name the home of the run with --home")
        raise InputError(Fault(what, Where(str(settings.home)), remedy))
    return settings


def tell(said: Message, document: Json, words: Words, *, as_json: bool) -> None:
    """Say one sentence to a person, or print a document for a program."""
    tell_lines((words(said),), document, as_json=as_json)


def tell_lines(lines: Iterable[str], document: Json, *, as_json: bool) -> None:
    """Print lines for a person, or a document for a program."""
    with told(say("send the output elsewhere")):
        for line in (json.dumps(document),) if as_json else lines:
            sys.stdout.write(line + "\n")
