"""JSON in and out by orjson, which takes nothing but whole JSON in UTF-8; needs ``[records]``."""

from __future__ import annotations

from functools import cache
from typing import Any

from salus.core.extras import lacking

EXTRA = "records"


def parsed(content: bytes) -> object:
    """Parse JSON.

    Raises
    ------
    ValueError
        If it is not whole JSON in UTF-8.
    EnvironmentFaultError
        If the extra ``[records]`` is not installed.

    Examples
    --------
    >>> parsed(b'{"a": [1]}')
    {'a': [1]}
    """
    return _orjson().loads(content)


def written(value: object) -> str:
    """Write what was parsed as JSON.

    Examples
    --------
    >>> written({"a": [1]})
    '{"a":[1]}'
    """
    text: bytes = _orjson().dumps(value)
    return text.decode()


@cache
def _orjson() -> Any:  # noqa: ANN401 - a module
    try:
        import orjson  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise lacking(EXTRA, error) from error
    return orjson
