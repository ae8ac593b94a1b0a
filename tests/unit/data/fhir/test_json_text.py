"""JSON of an export, and what is said where its parser is not installed."""

from __future__ import annotations

import sys

import pytest

from salus.core.errors import EnvironmentFaultError
from salus.data.fhir.json_text import _orjson, parsed, written


def test_what_is_parsed_is_written_again() -> None:
    """The original of a faulty resource is kept as it means."""
    assert written(parsed('{"a":["é",1.5,null]}'.encode())) == '{"a":["é",1.5,null]}'


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"a":NaN}', b"\xef\xbb\xbf{}"])
def test_what_is_not_whole_is_refused(content: bytes) -> None:
    """Nothing is guessed about what is missing."""
    with pytest.raises(ValueError):  # noqa: PT011  # the parser's own kind, in words of its own
        parsed(content)


def test_without_the_extra_the_command_that_installs_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A core installation hears what to do."""
    _orjson.cache_clear()
    monkeypatch.setitem(sys.modules, "orjson", None)
    with pytest.raises(EnvironmentFaultError, match=r"make doors .* extras \[records\]"):
        parsed(b"{}")
    _orjson.cache_clear()
