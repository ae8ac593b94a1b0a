"""Names in English text."""

from __future__ import annotations

import pytest

from salus.trust.masking.english import find_english_names


def found(text: str) -> list[str]:
    """List the names found in a text, each once."""
    return sorted({text[span.start : span.end] for span in find_english_names(text)})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dr. van der Berg called", "van der Berg"),
        ("Mr O'Brien-Smith left", "O'Brien-Smith"),
        ("Mrs. May was seen", "May"),
        ("Name: DOE, JANE A. DOB", "DOE, JANE A."),
        ("Patient: Jane Q. Doe", "Jane Q. Doe"),
        ("his wife, Anna Ray, drove", "Anna Ray"),
        ("Jane Doe, RN, called", "Jane Doe"),
        ("Ann Lee is a 45-year-old woman", "Ann Lee"),
        ("daughter José", "José"),
    ],
)
def test_a_title_a_field_a_cue_or_a_degree_tells_a_name(text: str, name: str) -> None:
    """The name is found whole, and nothing around it."""
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Patient Denies pain. Wife Informed.",
        "patient with Crohn's disease",
        "Father had Huntington disease",
        "the doctor said",
        "see this patient. Regards",
        "Dr Parkinson's disease",
    ],
)
def test_words_of_notes_are_no_names(text: str) -> None:
    """A capital behind a cue is not enough, and an illness is nobody."""
    assert found(text) == []
