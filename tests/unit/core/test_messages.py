"""A sentence keeps its template apart from its values."""

from __future__ import annotations

from datetime import date

import pytest

from salus.core.messages import Message, say


def test_the_template_stays_the_key_of_the_catalogue() -> None:
    """A translator sees the sentence, not one of its instances."""
    message = say("{beds:,.0f} beds from {day}", beds=1234.4, day=date(2026, 6, 28))
    assert message.text == "{beds:,.0f} beds from {day}"
    assert str(message) == "1,234 beds from 2026-06-28"


def test_messages_nest() -> None:
    """The name of a service is a message of its own, so that it is translated too."""
    services = (say("ward"), say("intensive care"))
    assert str(say("full: {services}", services=services)) == "full: ward, intensive care"


def test_equal_sentences_count_as_one() -> None:
    """Messages can be counted and put into sets."""
    assert len({say("{n} beds", n=1), say("{n} beds", n=1), say("{n} beds", n=2)}) == 2


def test_a_missing_value_is_an_error() -> None:
    """A template with a hole is a defect, never a sentence with a hole."""
    with pytest.raises(KeyError):
        str(Message("{beds} beds"))


def test_braces_in_a_value_are_not_a_template() -> None:
    """What came from a file is shown as it is."""
    assert str(say("found {value}", value="{seed}")) == "found {seed}"
