"""Where people live."""

from __future__ import annotations

import pytest

from salus.trust.masking.address import find_addresses
from salus.trust.masking.span import joined


def found(text: str) -> list[str]:
    """List the addresses found in a text."""
    return [text[span.start : span.end] for span in joined(find_addresses(text))]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("at 221B Baker Street, London.", "221B Baker Street, London"),
        ("mail to P.O. Box 471 today", "P.O. Box 471"),
        ("from Springfield, IL 62701-1234", "Springfield, IL 62701-1234"),
        ("居住于和平区自由道12号院4号楼,独居", "和平区自由道12号院4号楼"),
        ("住在仪陇县新政镇石桥村", "仪陇县新政镇石桥村"),
        ("住址:城东老粮站旁", "城东老粮站旁"),
        ("邮编:100020", "100020"),
    ],
)
def test_addresses_are_found_whole(text: str, address: str) -> None:
    """From the region or the number to the door, without what was said before."""
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Day 2 Street clothes",
        "转入杭州市第一人民医院",
        "1号染色体",
        "3 Way stopcock",
        "胆道三组病例",
    ],
)
def test_other_places_are_left(text: str) -> None:
    """A hospital, a chromosome and a stopcock are nobody's home."""
    assert found(text) == []
