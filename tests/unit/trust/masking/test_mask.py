"""What tells who somebody is, replaced by marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.trust.masking.known import Known
from salus.trust.masking.mask import Masked, mask
from salus.trust.masking.span import Kind, Span

if TYPE_CHECKING:
    from salus.core.messages import Message


def test_a_text_without_anybody_is_left_as_it_is() -> None:
    """Nothing found, nothing changed."""
    text = "Blood pressure 120/80.\n血压正常。"
    assert mask(text) == Masked(text, ())
    assert mask("") == Masked("", ())


def test_spans_are_places_in_the_text_as_it_was() -> None:
    """Full-width signs and no-break spaces are read, and keep their places."""
    text = "电话：１３８００１３８０００。Mrs.\u00a0Jane\u00a0Doe"
    masked = mask(text)
    assert masked.text == "电话：[PHONE]。Mrs.\u00a0[NAME]"
    assert [text[span.start : span.end] for span in masked.spans] == [
        "１３８００１３８０００",
        "Jane\u00a0Doe",
    ]


def test_marks_are_in_the_language_of_the_reader() -> None:
    """Who shows the text says the marks."""
    chinese = {"[NAME]": "[姓名]"}

    def mark(message: Message) -> str:
        return chinese[message.text]

    assert mask("王建国医生查房", mark=mark).text == "[姓名]医生查房"


def test_a_name_found_once_is_found_again() -> None:
    """Whom a title named, the next sentence calls by the family name."""
    assert mask("Mr Okafor came. Okafor is well.").text == "Mr [NAME] came. [NAME] is well."


def test_the_name_of_an_illness_stays_though_it_is_the_patients() -> None:
    """Mr Parkinson may have Parkinson's disease."""
    known = Known(names=("John Parkinson",))
    assert mask("John Parkinson has Parkinson's disease.", known).text == (
        "[NAME] has Parkinson's disease."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Crohn's disease, Glasgow Coma Scale 15, Foley catheter, Babinski negative",
        "patient Crohn flare; Known Hodgkin lymphoma",
        "帕金森病，克罗恩病，唐氏综合征，白塞病，马方综合征",
        "患者高血压，黄疸，白细胞升高",
    ],
)
def test_clinical_words_stay(text: str) -> None:
    """Eponyms and words that begin as family names do are nobody."""
    assert mask(text).spans == ()


def test_kinds_are_counted() -> None:
    """What was found is said by kind, without a value."""
    assert mask("Dr. Lee, Mr. Ray, 305-555-0187").counts == ((Kind.NAME, 2), (Kind.PHONE, 1))


def test_overlapping_spans_leave_nothing_between() -> None:
    """An address that holds a name is masked whole."""
    assert mask("lives at 12 Dr King Street").spans == (Span(9, 26, Kind.ADDRESS),)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "Aa ",
        "A ",
        "王",
        "市区县",
        "患者王",
        "12 Oak ",
        "1-",
        "123 ",
        "MRN 1 123",
        "路1号",
        "a@",
        "é",
        "·",
    ],
)
def test_long_texts_of_one_piece_come_to_an_end(piece: str) -> None:
    """No pattern tries again and again what cannot fit: such a test would hang."""
    assert len(mask(piece * 5000).text) > 0


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("NHS 943 476 5919", "NHS [RECORD NUMBER]"),
        ("Medicare 1EG4-TE5-MK73", "Medicare [RECORD NUMBER]"),
        ("家属张伟签字", "家属[NAME]签字"),
    ],
)
def test_what_a_reader_found_left_or_eaten_is_masked_and_no_more(text: str, masked: str) -> None:
    """Numbers behind the bare name of who gave them; and what was signed stays."""
    assert mask(text).text == masked
