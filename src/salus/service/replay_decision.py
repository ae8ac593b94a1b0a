"""Make a recorded decision again, in a new process that cannot see the stored answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.canonical import digest
from salus.core.errors import Fault, MismatchError, Where
from salus.core.messages import say
from salus.core.settings import PREFIX
from salus.data.store.ledger import Ledger
from salus.service.guarded import guarded, itself
from salus.service.origin import origin
from salus.service.witness import check_record
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.core.messages import Message
    from salus.data.store.ledger_entry import LedgerEntry
    from salus.service.context import Context

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Replay:
    """A decision that was made again and agrees to the last bit.

    Parameters
    ----------
    entry : LedgerEntry
        What was replayed.
    same_code : bool
        Whether the code that decided then is the code that replayed now.
    """

    entry: LedgerEntry
    same_code: bool


@guarded(Permission.REPLAY_DECISION, Kind.DECISION, itself)
def replay_decision(context: Context, name: str) -> Replay:
    """Make a recorded decision again from its stored inputs, and compare.

    The inputs are put into an empty folder and a new process plans them; it is told neither the
    home nor the answer. Only then is the stored answer opened.

    Parameters
    ----------
    context : Context
        What is in use.
    name : str
        Id of the decision, or its first digits.

    Returns
    -------
    Replay

    Raises
    ------
    InputError
        If there is no such decision.
    MismatchError
        If an input, the entry, the answer or the audit was altered, the audit does not name the
        entry with its moment, or the rebuilt answer differs.
    ForbiddenError
        If the policy does not permit it.
    """
    check_record(context.store, name.lower())
    ledger = Ledger(context.store)
    entry = ledger.entry(name)
    parameters = json.loads(entry.parameters)
    with tempfile.TemporaryDirectory(prefix="salus-replay-") as place:
        folder = Path(place) / parameters["region"]
        context.progress(say("restoring the inputs"), 0.0)
        ledger.open_inputs(entry, folder)
        context.progress(say("making the decision again in a new process"), 0.1)
        rebuilt = _rebuild(entry, folder, Path(place))
    context.progress(say("comparing with the stored answer"), 0.95)
    stored = ledger.answer(entry)
    if digest(rebuilt) != entry.answer_digest:
        raise MismatchError(_difference(entry, stored, rebuilt))
    return Replay(entry, same_code=entry.origin == origin())


def _rebuild(entry: LedgerEntry, folder: Path, place: Path) -> bytes:
    command = [sys.executable, "-m", "salus.service.rebuild", str(folder)]
    done = subprocess.run(  # noqa: S603  # our own module
        command,
        input=entry.parameters.encode(),
        capture_output=True,
        check=False,
        cwd=place,
        # No setting is inherited: least of all where the home is, in which the answer lies.
        # What the process leaves when it is stopped goes with our own folder.
        env={
            **{name: text for name, text in os.environ.items() if not name.startswith(PREFIX)},
            "TMPDIR": str(place),
        },
    )
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        what = say("the decision could not be made again: {reason}", reason=last)
        raise MismatchError(Fault(what, Where(say("decision {id}", id=entry.id)), _advice(entry)))
    return done.stdout


def _difference(entry: LedgerEntry, stored: bytes, rebuilt: bytes) -> Fault:
    before, now = (json.loads(document)["figures"] for document in (stored, rebuilt))
    keys = [key for key in {**before, **now} if before.get(key) != now.get(key)]
    figures = tuple(keys[:SHOWN]) or (say("no figure, but rows of the tables"),)
    what = say("the rebuilt answer differs from the stored one in {figures}", figures=figures)
    return Fault(what, Where(say("decision {id}", id=entry.id)), _advice(entry))


def _advice(entry: LedgerEntry) -> Message:
    if entry.origin == origin():
        return say("the same code decided: find out who could write the home folder")
    return say(
        "other code decided (version {version}, commit {commit}): replay with that code",
        version=entry.origin.code_version,
        commit=entry.origin.commit[:12] or "?",
    )
