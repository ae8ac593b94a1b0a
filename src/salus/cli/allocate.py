"""``salus allocate lp``: solve a programme in a file, and show what it says."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from salus.allocate.lp.files import program_text
from salus.allocate.lp.solution import Status
from salus.allocate.lp.stop import Stop
from salus.cli.files import Kept, keep, keep_somewhere, lost, writable
from salus.cli.output import told
from salus.core.errors import Faults, MismatchError, Where
from salus.core.messages import say
from salus.core.settings import asked_path, read_settings
from salus.report.program_document import program_document, program_table
from salus.report.sections.program import program_sections
from salus.report.terminal import show, terminal
from salus.service.context import open_context
from salus.service.solve_program import ProgramRequest, solve_program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.report.words import Words
    from salus.service.solve_program import SolvedProgram

ENDS = {
    Status.OPTIMAL: 0,
    Status.INFEASIBLE: 4,
    Status.UNBOUNDED: 5,
    Status.TIME_LIMIT: 6,
    Status.FAILED: 7,
}
"""Exit code of each ending, beside those of the errors."""
OUTS, WRITES = (".json", ".csv"), (".mps", ".lp")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of a programme, as they wrote it.

    Parameters
    ----------
    path : str
        File of the programme.
    seconds, gap : float or None
        Limits.
    out : str or None
        Where all figures are written.
    write : str or None
        Where the programme is written.
    """

    path: str
    seconds: float | None
    gap: float | None
    out: str | None
    write: str | None

    def request(self) -> ProgramRequest:
        """Read it, or raise everything that is wrong with it.

        Raises
        ------
        InputError
            If a limit is negative, an ending is none, or a file to write is there already.
        """
        faults = Faults()
        path = asked_path(self.path, Where("FILE"), faults)
        for option, value in (("--seconds", self.seconds), ("--gap", self.gap)):
            if value is not None and not value >= 0:
                remedy = say("write 0 or a number above it")
                faults.add(say("out of range"), Where(option), remedy, value)
        writable("--out", self.out, OUTS, faults)
        writable("--write", self.write, WRITES, faults)
        faults.stop()
        return ProgramRequest(path, Stop(self.seconds, self.gap))


def lp_command(
    wish: Wish, options: Mapping[str, str | None], words: Words, *, as_json: bool
) -> int:
    """Solve a programme, write what was asked for, and show what it says.

    Parameters
    ----------
    wish : Wish
        Which programme, how long, and what to write.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Returns
    -------
    int
        Exit code: how the programme ended, that the check found the answer wrong, or that
        something could be written nowhere.

    Raises
    ------
    InputError
        If the file states no programme, or what was asked for could not be written even before it
        was solved.
    ForbiddenError
        If the policy does not permit it.
    """
    request = wish.request()
    with open_context(read_settings(os.environ, asked=options)) as context:
        solved = solve_program(context, request)
    kept = tuple(_keep(wish, solved))
    with told(say("send the output elsewhere")):
        console = terminal(sys.stderr if as_json else sys.stdout, os.environ)
        show(console, program_sections(solved), words)
        for each in kept:
            console.print(Text(words(each.sentence())))
        if as_json:
            sys.stdout.write(_document(solved))
    if not solved.verification.right:
        return MismatchError.exit_code
    return lost(kept, words) or ENDS[solved.solution.status]


def _keep(wish: Wish, solved: SolvedProgram) -> Iterator[Kept]:
    if wish.write is not None:
        yield keep_somewhere(wish.write, partial(keep, program_text(solved.program, wish.write)))
    if wish.out is not None:
        table = Path(wish.out).suffix.lower() == ".csv"
        text = program_table(solved) if table else _document(solved)
        yield keep_somewhere(wish.out, partial(keep, text))


def _document(solved: SolvedProgram) -> str:
    return json.dumps(program_document(solved), allow_nan=False) + "\n"
