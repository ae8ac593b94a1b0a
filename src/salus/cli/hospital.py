"""``salus allocate hospital``: plans of one hospital's weeks."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from salus.allocate.hospital.files import write_plan
from salus.allocate.hospital.stop import Stop
from salus.cli.files import keep_somewhere, lost, writable
from salus.cli.hospital_forms import asked_chance
from salus.cli.output import told
from salus.cli.progress import progress_line
from salus.core.errors import Faults, Where
from salus.core.interrupts import interrupts
from salus.core.messages import say
from salus.core.settings import asked_path, read_settings
from salus.report.hospital_document import (
    planned_document,
    rules_document,
    verification_document,
)
from salus.report.sections.hospital.searched import hospital_sections
from salus.report.terminal import show, terminal
from salus.service.context import open_context
from salus.service.plan_hospital import PlanHospitalRequest, plan_hospital
from salus.service.verify_hospital import VerifyRequest, verify_hospital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.cli.files import Kept
    from salus.core.messages import Message
    from salus.report.words import Words
    from salus.service.plan_hospital import PlannedHospital

SECONDS = 60.0
"""How long a search goes on where no limit is given."""

MOST = 10**18
"""What no option may pass."""
MOST_SECONDS = 366 * 24 * 3600
"""A year."""
TWO = 2
"""How many searches go on where no number is given, also on a machine of one core."""

EVERY = 10.0
"""Seconds between two lines of progress where stderr is no terminal."""
BROKEN = 6
"""Exit code of a search that ended without a plan that keeps what it must."""


def verify_command(instance: str, solution: str, options: Mapping[str, str | None]) -> None:
    """Add up what a plan breaks and costs, and print it as one JSON document.

    Parameters
    ----------
    instance, solution : str
        Files of the competition, or folders.
    options : mapping of str to str or None
        Settings that were given as options.

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it.
    ForbiddenError
        If the policy does not permit it.
    """
    faults = Faults()
    request = VerifyRequest(
        asked_path(instance, Where("INSTANCE"), faults),
        asked_path(solution, Where("SOLUTION"), faults),
    )
    faults.stop()
    with open_context(read_settings(os.environ, asked=options)) as context:
        found = verify_hospital(context, request)
        document = verification_document(found.verification)
        if found.hospital.rules:
            document["nurse_rules"] = rules_document(found.hospital, found.breaches)
    with told(say("send the output elsewhere")):
        sys.stdout.write(json.dumps(document, indent=1, allow_nan=False) + "\n")


@dataclass(frozen=True, slots=True)
class SolveWish:
    """What a person wants of a plan, as they wrote it.

    Parameters
    ----------
    instance : str
        File of the hospital.
    seconds : float or None
        How long the search goes on.
    iterations : int or None
        How many moves each core tries.
    seed, cores : int
        Of the search.
    out : str or None
        Where the plan is written.
    warm : str or None
        File of a plan to begin with.
    overrun : str or None
        Largest chance that a day of a theatre takes longer than it may.
    """

    instance: str
    seconds: float | None
    iterations: int | None
    seed: int
    cores: int
    out: str | None
    warm: str | None
    overrun: str | None = None

    def request(self) -> PlanHospitalRequest:
        """Read it, or raise everything that is wrong with it.

        Raises
        ------
        InputError
            If a number is out of range, two limits are given, or the file to write is there
            already.
        """
        faults = Faults()
        instance = asked_path(self.instance, Where("INSTANCE"), faults)
        warm = None if self.warm is None else asked_path(self.warm, Where("--warm"), faults)
        if self.seconds is not None and not 0 < self.seconds <= MOST_SECONDS:
            remedy = say("write a number above 0, and at most {most}", most=MOST_SECONDS)
            faults.add(say("out of range"), Where("--seconds"), remedy, self.seconds)
        whole("--iterations", self.iterations, (1, MOST), faults)
        whole("--seed", self.seed, (0, MOST), faults)
        whole("--cores", self.cores, (1, max(TWO, os.cpu_count() or TWO)), faults)
        if self.seconds is not None and self.iterations is not None:
            what, remedy = say("there is a limit of seconds, too"), say("give one of the two")
            faults.add(what, Where("--iterations"), remedy, self.iterations)
        most = None
        if self.overrun is not None:
            most = asked_chance(self.overrun, Where("--overrun"), faults)
        writable("--out", self.out, (".json", ""), faults)
        faults.stop()
        seconds = SECONDS if self.iterations is None and self.seconds is None else self.seconds
        return PlanHospitalRequest(
            instance,
            Stop(seconds, self.iterations),
            self.seed,
            self.cores,
            warm,
            most,
            None if self.out is None else Path(self.out),
        )


def whole(option: str, value: int | None, bounds: tuple[int, int], faults: Faults) -> None:
    """Hold the whole number of an option to its bounds.

    Parameters
    ----------
    option : str
        The option.
    value : int or None
        What was written, if anything.
    bounds : tuple of int
        The least and the most.
    faults : Faults
        Gathers what is out of range.

    Examples
    --------
    >>> faults = Faults()
    >>> whole("--cores", 1000, (1, 2), faults)
    >>> [str(each) for each in faults]
    ['--cores: out of range (found 1000); write a whole number from 1 to 2']
    """
    low, high = bounds
    if value is not None and not low <= value <= high:
        remedy = say("write a whole number from {low} to {high}", low=low, high=high)
        faults.add(say("out of range"), Where(option), remedy, value)


def solve_command(
    wish: SolveWish, options: Mapping[str, str | None], words: Words, *, as_json: bool
) -> int:
    """Plan a hospital, write the plan, and show what it breaks and costs.

    Parameters
    ----------
    wish : SolveWish
        Which hospital, how long, and where the plan is written.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Returns
    -------
    int
        Exit code: ``BROKEN`` where no plan that keeps every rule, and the chance that was asked
        for, was found; 2 where the plan could be written nowhere.

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it, or the plan could not be written even before
        the search.
    ForbiddenError
        If the policy does not permit it.
    """
    request = wish.request()
    settings = read_settings(os.environ, asked=options)
    with interrupts(1):
        with open_context(settings) as context, progress_line(words, EVERY) as progress:
            planned = plan_hospital(context, replace(request, progress=progress))
        with interrupts(0):
            kept = None
            if wish.out is not None:
                write = partial(write_plan, planned.hospital, planned.plan)
                kept = keep_somewhere(wish.out, write)
            _show(planned, words, kept, as_json=as_json)
    broken = planned.verification.total_violations or planned.breaches or planned.late
    return lost((kept,), words) or (BROKEN if broken else 0)


def _show(planned: PlannedHospital, words: Words, kept: Kept | None, *, as_json: bool) -> None:
    with told(say("send the output elsewhere")):
        stream = sys.stderr if as_json else sys.stdout
        console = terminal(stream, os.environ)
        show(console, hospital_sections(planned), words)
        console.print(Text(words(written(kept))))
        if as_json:
            sys.stdout.write(json.dumps(planned_document(planned), indent=1) + "\n")


def written(kept: Kept | None) -> Message:
    """Say where a plan is, or that it is nowhere.

    Parameters
    ----------
    kept : Kept or None
        Where it was to be written, if anywhere.

    Returns
    -------
    Message
    """
    if kept is None:
        return say("The plan was not written: {option} writes it.", option="--out FILE")
    return kept.sentence()
