"""A structured log, one JSON object a line on stderr, that refuses patient fields."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import structlog

from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, MutableMapping

    Event = MutableMapping[str, object]
    Processor = Callable[[object, str, Event], Event]


def open_log(refused: Collection[str], level: str = "warning", out: TextIO | None = None) -> Log:
    """Open the log.

    Parameters
    ----------
    refused : collection of str
        Names of fields that describe a patient; an event that carries one is a defect.
    level : str
        ``debug``, ``info``, ``warning`` or ``error``: what is written.
    out : text stream, optional
        Where to; stderr, when not given.

    Returns
    -------
    structlog.typing.FilteringBoundLogger
        A logger of its own; nothing global is configured.

    Examples
    --------
    >>> log = open_log({"given_name"}, "info", sys.stdout)
    >>> log.info("planned", given_name="X")
    Traceback (most recent call last):
    salus.core.errors.DefectError: log event planned, column given_name: ...
    """
    logger: Log = structlog.wrap_logger(
        structlog.PrintLogger(out or sys.stderr),
        processors=[
            refuse(frozenset(refused)),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    return logger


def refuse(fields: frozenset[str]) -> Processor:
    """Make the step of the log that refuses patient fields, at any depth of the event.

    Parameters
    ----------
    fields : frozenset of str
        Names that may not appear as a key.

    Returns
    -------
    callable
        A structlog processor. It raises :class:`~salus.core.errors.DefectError`, which names
        the field and never the value.
    """

    def step(_logger: object, _method: str, event: Event) -> Event:
        for name in _keys(event):
            if name in fields:
                where = Where(
                    say("log event {event}", event=str(event.get("event", "?"))), column=name
                )
                what = say("a field that describes a patient was sent to the log")
                raise DefectError(Fault(what, where, say("log a pseudonym or a count instead")))
        return event

    return step


def _keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*map(str, value), *(key for part in value.values() for key in _keys(part))]
    if isinstance(value, list | tuple):
        return [key for part in value for key in _keys(part)]
    return []


Log = structlog.typing.FilteringBoundLogger
