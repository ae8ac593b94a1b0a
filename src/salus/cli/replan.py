"""``salus allocate hospital replan``: a plan after something has happened."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from salus.allocate.hospital.beyond_json import unwritten
from salus.allocate.hospital.files import write_hospital, write_plan
from salus.allocate.hospital.keep import Perturbation
from salus.cli.files import Kept, keep_somewhere, lost, writable
from salus.cli.hospital import BROKEN, EVERY, SolveWish, written
from salus.cli.output import told
from salus.cli.progress import progress_line
from salus.core.errors import Faults, InputError, Where
from salus.core.interrupts import interrupts
from salus.core.messages import say
from salus.core.settings import asked_path, read_settings
from salus.report.replanned_document import replanned_document
from salus.report.sections.hospital.replanned import replanned_sections
from salus.report.terminal import show, terminal
from salus.service.context import open_context
from salus.service.replan_hospital import ReplanHospitalRequest, replan_hospital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.report.words import Words
    from salus.service.replan_hospital import ReplannedHospital

SECONDS = 10.0
"""How long a search goes on where no limit is given."""

MOST = 1_000_000
"""No change weighs more: sums of weights stay exact."""


def weights_of(text: str, faults: Faults) -> Perturbation:
    """Read what each change weighs.

    Parameters
    ----------
    text : str
        Such as ``day=100,nurse=0``; what is not named has its default.
    faults : Faults
        Gathers what is wrong.

    Returns
    -------
    Perturbation

    Examples
    --------
    >>> weights_of("day=100, nurse=0", Faults())
    Perturbation(day=100, room=20, theatre=10, nurse=0)
    """
    names = tuple(each.name for each in fields(Perturbation))
    where, found = Where("--keep-weight"), dict[str, int]()
    for part in text.split(","):
        name, _, number = (each.strip() for each in part.partition("="))
        if name in found:
            faults.add(say("this change is named twice"), where, say("keep one of them"), name)
        elif name not in names:
            remedy = say("name one of {names}", names=names)
            faults.add(say("no change has this name"), where, remedy, name)
        elif (weight := _number(number)) is None:
            remedy = say("write a whole number from {low} to {high}", low=0, high=MOST)
            faults.add(say("this is no weight"), where, remedy, part.strip())
        else:
            found[name] = weight
    return replace(Perturbation(), **found)


def _number(text: str) -> int | None:
    short = text.isascii() and text.isdigit() and len(text) <= len(str(MOST))
    number = int(text) if short else None
    return None if number is None or number > MOST else number


@dataclass(frozen=True, slots=True)
class ReplanWish:
    """What a person wants of a plan that something has upset, as they wrote it.

    Parameters
    ----------
    search : SolveWish
        Which hospital, how long the search goes on, and where the plan is written.
    solution, events : str
        Files of the plan and of what has happened.
    today : str
        First day that may change.
    keep_weight : str or None
        What each change weighs.
    write : str or None
        Where the hospital after the events is written.
    """

    search: SolveWish
    solution: str
    events: str
    today: str
    keep_weight: str | None
    write: str | None

    def request(self) -> ReplanHospitalRequest:
        """Read it, or raise everything that is wrong with it.

        Raises
        ------
        InputError
            If an option is out of range, or a file to write is there already.
        """
        faults = Faults()
        open_end = self.search.seconds is None and self.search.iterations is None
        wish = replace(self.search, seconds=SECONDS) if open_end else self.search
        solution = asked_path(self.solution, Where("PLAN"), faults)
        events = asked_path(self.events, Where("EVENTS"), faults)
        weights = None if self.keep_weight is None else weights_of(self.keep_weight, faults)
        today = _day(self.today, faults)
        writable("--write", self.write, (".json", ""), faults)
        if self.write is not None and self.search.out is not None:
            _refuse_one_place(self.search.out, self.write, faults)
        try:
            search = wish.request()
        except InputError as error:
            faults.extend(error.faults)
        faults.stop()
        return ReplanHospitalRequest(
            search.instance,
            solution,
            events,
            today,
            search.stop,
            search.seed,
            search.cores,
            weights,
            search.out,
        )


def _refuse_one_place(out: str, write: str, faults: Faults) -> None:
    one, two = Path(out).absolute(), Path(write).absolute()
    if one == two or one in two.parents or two in one.parents:
        what, remedy = say("the plan would be written there, too"), say("name another place")
        faults.add(what, Where("--write"), remedy, write)


def _day(text: str, faults: Faults) -> int | date:
    number = _number(text)
    if number is not None:
        return number
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = say("write its number, from 0, or a date such as 2026-03-02")
        faults.add(say("this is no day"), Where("--today"), remedy, text)
        return 0


def replan_command(
    wish: ReplanWish, options: Mapping[str, str | None], words: Words, *, as_json: bool
) -> int:
    """Plan anew, write the plan and the hospital, and show what has changed and why.

    Parameters
    ----------
    wish : ReplanWish
        Which plan, what has happened, and what is written.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Returns
    -------
    int
        Exit code: ``BROKEN`` where no plan that keeps every rule was found; 2 where a file
        could be written nowhere.

    Raises
    ------
    InputError
        If a file states no hospital, no plan of it or events that cannot be, or a file could not be
        written even before the search.
    ForbiddenError
        If the policy does not permit it.
    """
    request = wish.request()
    settings = read_settings(os.environ, asked=options)
    with interrupts(1):
        with open_context(settings) as context, progress_line(words, EVERY) as progress:
            found = replan_hospital(context, replace(request, progress=progress))
        with interrupts(0):
            kept = _keep(found, wish)
            _show(found, words, *kept, as_json=as_json)
    broken = found.replanned.after.total_violations or found.breaches
    return lost(kept, words) or (BROKEN if broken else 0)


def _keep(found: ReplannedHospital, wish: ReplanWish) -> tuple[Kept | None, Kept | None]:
    """Write plan and hospital, as far as they are wanted."""
    hospital, out, write = found.hospital, wish.search.out, wish.write
    keep_plan = partial(write_plan, hospital, found.replanned.plan)
    return (
        None if out is None else keep_somewhere(out, keep_plan),
        None if write is None else keep_somewhere(write, partial(write_hospital, hospital)),
    )


def _show(
    found: ReplannedHospital,
    words: Words,
    plan: Kept | None,
    hospital: Kept | None,
    *,
    as_json: bool,
) -> None:
    with told(say("send the output elsewhere")):
        stream = sys.stderr if as_json else sys.stdout
        console = terminal(stream, os.environ)
        show(console, replanned_sections(found), words)
        console.print(Text(words(written(plan))))
        document = replanned_document(found)
        if hospital is not None:
            console.print(Text(words(hospital.sentence())))
            if hospital.place and (parts := unwritten(found.hospital, Path(hospital.place))):
                what = say("{file} has no place for: {parts}.", file=hospital.place, parts=parts)
                console.print(Text(words(what)))
                document["lost"] = [str(each) for each in parts]
        if as_json:
            sys.stdout.write(json.dumps(document, indent=1) + "\n")
