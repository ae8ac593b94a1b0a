"""Messages as JSON, so that a sentence can be kept and read later in any language."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from salus.core.canonical import canonical
from salus.core.messages import Message

if TYPE_CHECKING:
    from salus.core.messages import Value


def write_message(message: Message) -> str:
    """Write a message down, its values with it.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> kept = write_message(say("{beds} since {day}", beds=12, day=date(2026, 6, 27)))
    >>> str(read_message(kept))
    '12 since 2026-06-27'
    """
    return canonical(_message(message)).decode()


def read_message(text: str) -> Message:
    """Read a message that :func:`write_message` wrote.

    Raises
    ------
    ValueError
        If the text is none.
    """
    return _read_message(json.loads(text))


def _message(message: Message) -> dict[str, Any]:
    return {"text": message.text, "values": {k: _value(v) for k, v in message.values.items()}}


def _value(value: Value) -> Any:  # noqa: ANN401  # the JSON of one of several types
    if isinstance(value, Message):
        return {"message": _message(value)}
    if isinstance(value, tuple):
        return {"list": [_value(each) for each in value]}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read_message(document: Any) -> Message:  # noqa: ANN401  # JSON
    try:
        text, values = document["text"], document["values"].items()
        return Message(text, {name: _read_value(value) for name, value in values})
    except (KeyError, TypeError, AttributeError) as error:
        what = "this is no message that was written down"
        raise ValueError(what) from error


def _read_value(value: Any) -> Value:  # noqa: ANN401  # JSON
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "message":
        return _read_message(inner)
    if kind == "list":
        return tuple(_read_value(each) for each in inner)
    return datetime.fromisoformat(inner) if kind == "moment" else date.fromisoformat(inner)
