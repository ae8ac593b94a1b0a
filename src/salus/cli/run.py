"""``salus run``: ask, run, show, write."""

from __future__ import annotations

import json
import os
import resource
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from salus.cli.output import told
from salus.cli.place import PARENT, own_place, refuse_place
from salus.cli.progress import progress_line
from salus.core.clock import Clock, SystemClock
from salus.core.errors import Fault, Faults, InputError, SalusError, Where
from salus.core.messages import say
from salus.core.settings import Settings, asked_path, read_settings
from salus.data.region.folder import region_name
from salus.data.store.audit_log import AuditLog
from salus.data.synthetic.spec import CitySpec
from salus.report.contents import lay_out
from salus.report.sections.basis import RunFacts
from salus.report.terminal import heading, show, terminal
from salus.report.write import write_report
from salus.service.context import open_context
from salus.service.make_city import make_city
from salus.service.request import DayRequest
from salus.service.rules import PlanningRules
from salus.service.run_day import run_day
from salus.service.stress import parse_stresses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from salus.report.contents import Report
    from salus.report.words import Words
    from salus.service.run_day import Decided

    Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for, as it was written.

    Parameters
    ----------
    region, as_of, out : str or None
        Folder, day and output folder; ``None`` where nothing was said.
    stresses : tuple of str
        Every ``--stress``.
    force, as_json : bool
        Whether an existing folder may be replaced, and whether a program reads stdout.
    """

    region: str | None
    as_of: str | None
    stresses: tuple[str, ...]
    out: str | None
    force: bool
    as_json: bool


def run_command(asked: Asked, options: Mapping[str, str | None], words: Words) -> None:
    """Run the day, show it and write the report.

    Parameters
    ----------
    asked : Asked
        The command's own options.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.

    Raises
    ------
    SalusError
        If anything that was asked cannot be done; all faults of the command line together.
    """
    clock = SystemClock()
    began = clock.ticks()
    settings, request, city = _read(asked, options, clock)
    with (
        progress_line(words) as progress,
        open_context(settings, progress, clock) as context,
    ):
        reports: list[tuple[Report, RunFacts]] = []

        def deliver(decided: Decided) -> Path:
            progress(say("writing the report"), 0.95)
            with _place(asked, request, clock) as out:
                seconds = round(clock.ticks() - began, 3)
                head = AuditLog(context.store).head()
                facts = RunFacts(
                    decided.decision, head, seconds, round(_memory_mb(), 1), settings.home, out
                )
                report = lay_out(decided, facts, words)
                write_report(report, out, words, replace=asked.force or asked.out is None)
                reports.append((report, facts))
                return out

        if city is not None:
            make_city(context, request.region, city)
        run_day(context, request, deliver)
    for report, facts in reports:
        out = str(facts.out)
        with told(say("the report is written in {out}; send the output elsewhere", out=out)):
            _show(report, facts, asked, words)


def _read(
    asked: Asked, options: Mapping[str, str | None], clock: Clock
) -> tuple[Settings, DayRequest, CitySpec | None]:
    faults = Faults()
    settings = _gather(faults, lambda: read_settings(os.environ, asked=options), Settings())
    rules = _gather(faults, lambda: PlanningRules.of(settings), PlanningRules())
    as_of = _gather(faults, lambda: _day(asked.as_of), None)
    stresses = _gather(faults, lambda: parse_stresses(asked.stresses) or None, None)
    city = CitySpec(settings.people, settings.seed)
    region = _folder(asked.region, "--region", _home_of(city, settings.home), faults)
    out = _folder(asked.out, "--out", _stem(region, clock), faults)
    replace = asked.force or asked.out is None
    _gather(faults, lambda: refuse_place(out, (region, settings.home), replace=replace), None)
    faults.stop()
    return (
        settings,
        DayRequest(
            region, as_of, settings.seed, settings.horizon, stresses, rules, settings.guests
        ),
        city if asked.region is None else None,
    )


def _home_of(city: CitySpec, home: Path) -> Path:
    return home / "cities" / f"synthetic-{city.people}-{city.seed}"


def _gather(faults: Faults, read: Callable[[], Read], otherwise: Read) -> Read:
    try:
        return read()
    except SalusError as error:
        faults.extend(error.faults)
        return otherwise


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        remedy = say("write it like 2026-06-27")
        raise InputError(Fault(say("not a date"), Where("--as-of"), remedy, text)) from error


def _folder(text: str | None, option: str, otherwise: Path, faults: Faults) -> Path:
    return otherwise if text is None else asked_path(text, Where(option), faults)


def _stem(region: Path, clock: Clock) -> Path:
    return PARENT / f"{region_name(region)}-{clock.now():%Y%m%d-%H%M%S}"


def _place(asked: Asked, request: DayRequest, clock: Clock) -> AbstractContextManager[Path]:
    if asked.out is not None:
        return nullcontext(Path(asked.out))
    return own_place(_stem(request.region, clock))


def _memory_mb() -> float:
    # The peak of this process and the largest of its children, which run one after another.
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) / 1024


def _show(report: Report, facts: RunFacts, asked: Asked, words: Words) -> None:
    console = terminal(sys.stderr if asked.as_json else sys.stdout, os.environ)
    console.print(heading(report.title, words, synthetic=report.synthetic))
    show(console, report.sections, words)
    _last_lines(console.print, facts, words)
    if asked.as_json:
        text = json.dumps(report.document, allow_nan=False)
        sys.stdout.write(text + "\n")


def _last_lines(print_: Callable[[Text], None], facts: RunFacts, words: Words) -> None:
    lines = (
        say("Written: {out}: report.html, plan.json, forecast.json, tables/.", out=str(facts.out)),
        say("On the record: decision {id} in {home}.", id=facts.decision.id, home=str(facts.home)),
        say(
            "Next: open {page} in a browser; {command} rebuilds this decision.",
            page=str(facts.out / "report.html"),
            command=facts.replay,
        ),
    )
    print_(Text())
    for line in lines:
        print_(Text(words(line)))
