"""What stands inside the page cannot end its script elements."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.report.page import embedded

DOCUMENTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "]]>", "&lt;", "</ScRiPt\n>"])
def test_no_sign_of_markup_is_left(text: str) -> None:
    """Nothing that an HTML parser would act on remains, and the text comes back."""
    written = str(embedded({"name": text}))
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"name": text}


@given(DOCUMENTS)
def test_any_document_comes_back_as_it_was(document: object) -> None:
    """Escaping changes no value."""
    written = str(embedded(document))  # type: ignore[arg-type]  # a strategy of any JSON
    assert not set("<>&") & set(written)
    assert json.loads(written) == document


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_cannot_hold_is_refused(value: float) -> None:
    """A chart must say null for what does not exist."""
    with pytest.raises(ValueError, match="JSON compliant"):
        embedded([value])
