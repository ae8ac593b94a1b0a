"""Whatever a text holds, masking changes what it found and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salus.trust.masking.known import Known
from salus.trust.masking.mask import mask

PIECES = [
    "Dr. ",
    "Mrs ",
    "patient ",
    "患者",
    "王小明",
    "Lee",
    "医生",
    "：",
    "，",
    "(",
    "138",
    "-",
    "12 Oak St",
    "Known",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=12).map("".join)


@given(texts, st.lists(st.text(max_size=6), max_size=3))
def test_what_was_not_found_stays(text: str, names: list[str]) -> None:
    """Spans stand in order and apart, and the text between them is as it was."""
    masked = mask(text, Known(names=tuple(names)), mark=lambda _: "\0")
    at, left = 0, []
    for span in masked.spans:
        assert at <= span.start < span.end <= len(text)
        left.append(text[at : span.start])
        at = span.end
    assert masked.text == "\0".join([*left, text[at:]])


@given(st.integers(0, 10**9), texts)
def test_the_same_text_is_masked_the_same(number: int, text: str) -> None:
    """Nothing but the text decides."""
    assert mask(f"{text}{number}") == mask(f"{text}{number}")
