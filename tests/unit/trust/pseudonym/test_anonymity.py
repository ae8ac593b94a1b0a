"""How many people share their traits."""

from __future__ import annotations

import pyarrow as pa
import pytest

from salus.trust.pseudonym.anonymity import anonymity


def test_who_lacks_a_trait_is_in_a_group_too() -> None:
    """A missing value tells apart as any other does."""
    people = pa.table({"sex": ["f", None, None, "f", "m"]})
    assert anonymity(people, ["sex"]).sizes == (1, 2, 2)


def test_more_traits_never_make_groups_larger() -> None:
    """The more others know, the fewer are alike."""
    people = pa.table({"sex": list("ffmm"), "district": list("ABAA")})
    assert anonymity(people, ["sex"]).k == 2
    assert anonymity(people, ["sex", "district"]).k == 1
    assert anonymity(people, ["sex", "district"]).below(2) == 2


def test_nobody_has_no_group() -> None:
    """Of nobody there is no smallest group, rather than one of size 0."""
    assert anonymity(pa.table({"sex": pa.array([], pa.string())}), ["sex"]).k is None


@pytest.mark.parametrize("quasi", [[], ["age"]])
def test_traits_that_are_not_there_are_refused(quasi: list[str]) -> None:
    """Without a trait everybody would be alike."""
    with pytest.raises(ValueError, match="quasi must name columns"):
        anonymity(pa.table({"sex": ["f"]}), quasi)
