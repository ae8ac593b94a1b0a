"""What a measurement can be at all."""

from __future__ import annotations

import re

from salus.data.quality.ranges import ranges
from salus.data.synthetic.published import published


def test_ranges_are_ranges() -> None:
    """Each code stands once, with bounds, a unit and a source."""
    assert len({each.loinc for each in ranges()}) == len(ranges())
    for each in ranges():
        assert each.least < each.most
        assert re.fullmatch(r"\d+-\d", each.loinc)
        assert each.unit
        assert each.source


def test_no_range_is_narrower_than_what_an_instrument_reports() -> None:
    """A value that the synthetic city can make is never impossible, and every sign is covered."""
    known = {each.loinc: each for each in ranges()}
    for sign in published("signs")["sign"]:
        bounds = known[sign["loinc"]]
        assert bounds.unit == sign["unit"]
        assert bounds.least <= sign["least"]
        assert sign["most"] <= bounds.most
