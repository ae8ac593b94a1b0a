"""Equal answers have equal bytes."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.canonical import canonical, digest, digest_file, finite

if TYPE_CHECKING:
    from pathlib import Path

documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(documents)
def test_reading_back_gives_the_same_document(document: object) -> None:
    """Nothing is lost: floats come back to the last bit."""
    assert json.loads(canonical(document)) == document  # type: ignore[arg-type]  # hypothesis says object


@given(st.dictionaries(st.text("abcxyz"), st.integers(), max_size=6))
def test_the_order_of_keys_does_not_matter(document: dict[str, int]) -> None:
    """Two ways to fill a mapping have one way to be written."""
    assert canonical(document) == canonical(dict(reversed(document.items())))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_json_cannot_hold_is_refused(number: float) -> None:
    """No reader is given a document that its own parser rejects."""
    with pytest.raises(ValueError, match="JSON"):
        canonical([number])
    assert finite(number) is None


def test_finite_numbers_pass_and_nothing_stays_nothing() -> None:
    """Only the impossible numbers are taken away."""
    assert (finite(2.5), finite(0.0), finite(None)) == (2.5, 0.0, None)


def test_chinese_is_written_as_it_is_read() -> None:
    """Names are kept in UTF-8, so that a person can read the file."""
    assert canonical({"名": "医院"}) == '{"名":"医院"}'.encode()


def test_a_file_and_its_content_have_one_digest(tmp_path: Path) -> None:
    """Reading in pieces gives the published SHA-256 as reading whole does."""
    path = tmp_path / "large"
    path.write_bytes(content := bytes(range(256)) * 4096)
    assert digest_file(path) == digest(content) == hashlib.sha256(content).hexdigest()
