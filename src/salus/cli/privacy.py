"""``salus trust mask``, ``statistic`` and ``budget``: what may leave the house."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from salus.cli.output import told
from salus.cli.review import recorded, tell, tell_lines
from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.files import disk_faults
from salus.core.messages import say
from salus.core.settings import read_settings
from salus.service.context import open_context
from salus.service.grant_budget import Grant, grant_budget
from salus.service.list_budgets import list_budgets
from salus.service.mask_text import MaskRequest, mask_text
from salus.service.release_statistic import release_statistic
from salus.service.statistic.request import Statistic, StatisticRequest
from salus.trust.masking.known import Known
from salus.trust.permission import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

    from salus.core.canonical import Json
    from salus.report.words import Words

OPTIONS = {
    **{name: f"--{name}" for name in ("epsilon", "rows", "step", "low", "high")},
    "bounds": "--low, --high, --step",
}
"""Where a person writes the number that a message begins with."""

Made = TypeVar("Made")
Chosen = TypeVar("Chosen", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks of the records, as they wrote it.

    Parameters
    ----------
    what : str
        Which statistic.
    data : str or None
        Name of the records.
    table : str
        Standard table.
    epsilon : float or None
        What the answer may tell.
    column : str
        What is summed, or counted by category.
    low, high, step : float
        Bounds and step of a sum.
    categories : tuple of str
        Of a histogram.
    where : tuple of str
        Each a column, an equals sign and a value.
    rows : int
        Rows of one person that count at most.
    purpose : str
        What it is for.
    """

    what: str
    data: str | None
    table: str
    epsilon: float | None
    column: str
    low: float
    high: float
    step: float
    categories: tuple[str, ...]
    where: tuple[str, ...]
    rows: int
    purpose: str

    def request(self) -> StatisticRequest:
        """Read it, or raise everything that is wrong with it.

        Raises
        ------
        InputError
            If a name is none, something is missing, or a number is out of its range.
        """
        faults = Faults()
        statistic = _one_of(Statistic, self.what, "WHAT", faults)
        purpose = _one_of(Purpose, self.purpose, "--purpose", faults)
        if not self.data:
            faults.add(
                say("the data are missing"),
                Where("--data"),
                say("name a city of the home, or loaded records"),
            )
        if self.epsilon is None:
            remedy = say("write a number from {low} to {high}", low=0.001, high=10)
            faults.add(say("the epsilon is missing"), Where("--epsilon"), remedy)
        for text in self.where:
            if not text.partition("=")[0] or "=" not in text:
                faults.add(say("not COLUMN=TEXT"), Where("--where"), say("write COLUMN=TEXT"), text)
        faults.stop()
        pairs = tuple((name, value) for name, _, value in (w.partition("=") for w in self.where))
        return _made(
            lambda: StatisticRequest(
                self.data or "",
                self.table,
                statistic,
                self.epsilon or 0.0,
                self.column,
                self.low,
                self.high,
                self.step,
                self.categories,
                pairs,
                self.rows,
                purpose,
            )
        )


def mask_command(
    names: tuple[str, ...], out: str | None, options: Mapping[str, str | None], words: Words
) -> None:
    """Mask the text on stdin, and write it to stdout or a file.

    Parameters
    ----------
    names : tuple of str
        Names that the text may hold.
    out : str or None
        The file; stdout, when not given.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language, in which the marks are written.

    Raises
    ------
    InputError
        If stdin is no text in UTF-8, or the file is there already.
    ForbiddenError
        If the policy does not permit it.
    """
    request = MaskRequest(_stdin(), Known(names=names))
    with open_context(read_settings(os.environ, asked=options)) as context:
        masked = mask_text(context, request, words)
    warning = say("Read it before you pass it on; names without a cue may remain.")
    sys.stderr.write(f"{words(warning)}\n")
    if out is None:
        with told(say("send the output elsewhere")):
            sys.stdout.write(masked.text)
        return
    path = Path(out)
    with disk_faults(path):
        try:
            with path.open("x", encoding="utf-8", newline="") as stream:
                stream.write(masked.text)
        except FileExistsError as error:
            what, remedy = say("the file is there already"), say("name another file")
            raise InputError(Fault(what, Where("--out"), remedy, out)) from error


def statistic_command(
    question: Question, options: Mapping[str, str | None], words: Words, *, as_json: bool
) -> None:
    """Ask for a statistic, and print the answer.

    Parameters
    ----------
    question : Question
        What is asked.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    InputError
        If the question cannot be asked.
    ForbiddenError
        If the policy does not permit it, or the budget does not allow it.
    """
    request = question.request()
    with open_context(recorded(options)) as context:
        released = release_statistic(context, request)
    document: dict[str, Json] = {
        "labels": list(released.labels),
        "values": list(released.values),
        "half_width": released.half_width,
        "sure": 0.95,
        "epsilon": released.loss.epsilon,
        "left": released.left.epsilon,
        "again": released.again,
    }
    tell_lines([words(each) for each in released.said], document, as_json=as_json)


def grant_command(
    data: str, epsilon: float, purpose: str, options: Mapping[str, str | None], words: Words
) -> None:
    """Grant a budget, and say what it is now.

    Parameters
    ----------
    data : str
        Name of the records.
    epsilon : float
        How much more.
    purpose : str
        What it is for.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.

    Raises
    ------
    InputError
        If a name is none or the epsilon out of its range.
    ForbiddenError
        If the policy does not permit it.
    """
    faults = Faults()
    chosen = _one_of(Purpose, purpose, "--purpose", faults)
    faults.stop()
    grant = _made(lambda: Grant(data, epsilon, chosen))
    with open_context(recorded(options)) as context:
        budget = grant_budget(context, grant)
    said = say(
        "Budget of {data} for {purpose}: epsilon {granted:g} granted, {left:g} left.",
        data=data,
        purpose=purpose,
        granted=budget.granted.epsilon,
        left=budget.left.epsilon,
    )
    tell(said, None, words, as_json=False)


def budgets_command(options: Mapping[str, str | None], words: Words, *, as_json: bool) -> None:
    """List the budgets.

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
    ForbiddenError
        If the policy does not permit it.
    """
    with open_context(recorded(options)) as context:
        budgets = list_budgets(context, "all")
    lines = [words(each.said) for each in budgets] or [words(say("No budget was granted."))]
    document: list[Json] = [
        {
            "data": each.data,
            "purpose": each.purpose,
            "granted": each.budget.granted.epsilon,
            "left": each.budget.left.epsilon,
            "answers": each.answers,
        }
        for each in budgets
    ]
    tell_lines(lines, document, as_json=as_json)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        what, remedy = say("this is no text in UTF-8"), say("send a text in UTF-8")
        raise InputError(Fault(what, Where(say("standard input")), remedy)) from error


def _one_of(kind: type[Chosen], text: str, option: str, faults: Faults) -> Chosen:
    if text in list(kind):
        return kind(text)
    remedy = say("use one of: {names}", names=", ".join(kind))
    faults.add(say("there is no such choice"), Where(option), remedy, text)
    return next(iter(kind))


def _made(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except ValueError as error:
        said, remedy = str(error), say("write a number in this range")
        where = Where(OPTIONS.get(said.partition(" ")[0], "salus"))
        raise InputError(Fault(say("out of range"), where, remedy, said)) from error
