"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import pytest

from salus.trust.masking.contact import find_emails, find_phones


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "+86 138-0013-8000",
        "010-62345678",
        "(0571) 8765432",
        "0755-26001234转801",
        "400-810-1234",
        "(305) 555-0187",
        "305.555.0187 ext. 12",
        "+1 305 555 0187",
        "+44 20 7946 0018",
        "555-123-4567",
    ],
)
def test_telephone_numbers_are_found_without_a_cue(number: str) -> None:
    """Chinese, American and international ones by their shape."""
    text = f"({number})" if "(" not in number else number
    assert text[min(s.start for s in find_phones(text)) :].removesuffix(")") == number


@pytest.mark.parametrize("text", ["call 5550187", "电话:8765 4321", "tel 305 555 0187"])
def test_others_are_found_by_a_cue(text: str) -> None:
    """A short number needs the word."""
    assert max(span.end for span in find_phones(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "BP 120/80",
        "138001380001",
        "2026-03-01 10:15:00",
        "1.13800138000",
        "lot 448-21",
        "200 300 4000",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    """Values, dates, longer numbers and lots are no telephones."""
    assert list(find_phones(text)) == []


def test_mail_ends_before_the_stop() -> None:
    """The full stop belongs to the sentence; Chinese before it stays."""
    text = "邮箱wang_1@mail.example.com，or o'neil+x@example.org."
    found = [text[span.start : span.end] for span in find_emails(text)]
    assert found == ["wang_1@mail.example.com", "o'neil+x@example.org"]
