"""``salus allocate hospital explain``: read, explain, show and write."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from salus.cli.files import Kept, keep, keep_somewhere, lost, writable
from salus.cli.output import told
from salus.cli.progress import progress_line
from salus.core.errors import Faults, Where
from salus.core.files import whole_folder
from salus.core.messages import say
from salus.core.settings import asked_path, read_settings
from salus.report.charts.drawing import picture_file
from salus.report.hospital_contents import lay_out_hospital
from salus.report.page import page
from salus.report.terminal import heading, show, terminal
from salus.service.context import open_context
from salus.service.explain_hospital import ExplainRequest, explain_hospital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.report.contents import Report
    from salus.report.layout import Chart
    from salus.report.words import Words

PAGE_OPTION = "--html"


@dataclass(frozen=True, slots=True)
class Explaining:
    """What is asked for, as it was written.

    Parameters
    ----------
    instance, solution : str
        Files of the competition, or folders.
    html, pictures : str or None
        The page and the folder of pictures to write.
    """

    instance: str
    solution: str
    html: str | None
    pictures: str | None

    def request(self) -> ExplainRequest:
        """Read it, or raise everything that is wrong with it.

        Raises
        ------
        InputError
            If a file cannot be named so, or what is to be written is there already.
        """
        faults = Faults()
        request = ExplainRequest(
            asked_path(self.instance, Where("INSTANCE"), faults),
            asked_path(self.solution, Where("SOLUTION"), faults),
        )
        writable(PAGE_OPTION, self.html, (".html",), faults)
        writable("--pictures", self.pictures, ("",), faults)
        faults.stop()
        return request


def explain_command(
    asked: Explaining, options: Mapping[str, str | None], words: Words, *, as_json: bool
) -> int:
    """Explain a plan, write what was asked for, and show what it says.

    Parameters
    ----------
    asked : Explaining
        Which plan, and what to write.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Returns
    -------
    int
        Exit code: 0, or 2 where something could be written nowhere.

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it, or what was asked could not be written even
        before the work.
    ForbiddenError
        If the policy does not permit it.
    """
    request = asked.request()
    settings = read_settings(os.environ, asked=options)
    with progress_line(words) as progress, open_context(settings, progress) as context:
        report = lay_out_hospital(explain_hospital(context, request), words)
    kept = list(_kept(report, asked, words))
    with told(say("send the output elsewhere")):
        console = terminal(sys.stderr if as_json else sys.stdout, os.environ)
        console.print(heading(report.title, words, synthetic=report.synthetic))
        show(console, report.sections, words, asked.html or PAGE_OPTION)
        console.print()
        for each in kept:
            console.print(Text(words(each.sentence())))
        if not kept:
            console.print(
                Text(
                    words(
                        say(
                            "Next: {option} writes all of it as one page, with pictures.",
                            option=f"{PAGE_OPTION} FILE",
                        )
                    )
                )
            )
        if as_json:
            sys.stdout.write(json.dumps(report.document, allow_nan=False) + "\n")
    return lost(kept, words)


def _kept(report: Report, asked: Explaining, words: Words) -> Iterator[Kept]:
    if asked.html is not None:
        yield keep_somewhere(asked.html, partial(keep, page(report, words)))
    if asked.pictures is not None:
        folder = keep_somewhere(asked.pictures, partial(_keep_pictures, report, words))
        if folder.error is None:
            names = (str(Path(folder.asked) / _file(each)) for each in _charts(report))
            yield from (Kept(name, name) for name in names)
        else:
            yield folder


def _keep_pictures(report: Report, words: Words, place: Path) -> None:
    with whole_folder(place) as folder:
        for chart in _charts(report):
            keep(picture_file(chart, words), folder / _file(chart))


def _charts(report: Report) -> Iterator[Chart]:
    return (chart for section in report.sections for chart in section.charts)


def _file(chart: Chart) -> str:
    return f"{chart.id}.svg"
