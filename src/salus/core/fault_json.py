"""Faults as JSON, so that they can be kept and read later in any language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salus.core.canonical import canonical
from salus.core.errors import Fault, Where
from salus.core.message_json import read_message, write_message
from salus.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_faults(faults: Iterable[Fault]) -> str:
    """Write faults down.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> fault = Fault(say("no rows"), Where("districts.csv", 2), say("list a district"), 0)
    >>> read_faults(write_faults([fault])) == (fault,)
    True
    """
    return canonical([_fault(fault) for fault in faults]).decode()


def read_faults(text: str) -> tuple[Fault, ...]:
    """Read the faults that :func:`write_faults` wrote."""
    return tuple(_read(document) for document in json.loads(text))


def _fault(fault: Fault) -> dict[str, Any]:
    where = fault.where
    said = isinstance(where.source, Message)
    return {
        "what": write_message(fault.what),
        "remedy": write_message(fault.remedy),
        "value": fault.value,
        "said": said,
        "source": write_message(where.source)
        if isinstance(where.source, Message)
        else where.source,
        "row": where.row,
        "column": where.column,
    }


def _read(document: dict[str, Any]) -> Fault:
    source = read_message(document["source"]) if document["said"] else document["source"]
    return Fault(
        read_message(document["what"]),
        Where(source, document["row"], document["column"]),
        read_message(document["remedy"]),
        document["value"],
    )
