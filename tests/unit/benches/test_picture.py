"""The picture of figures that grow."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from benches.drivers.picture import Series, loglog

SVG = "{http://www.w3.org/2000/svg}"


def test_powers_of_ten_are_equally_far_apart() -> None:
    """A line that grows tenfold with ten times as many is straight, and every point is drawn."""
    points = ((10.0, 0.1), (100.0, 1.0), (1000.0, 10.0))
    tree = ET.fromstring(loglog("T", "x", "y", [Series("one & all", points)]))  # noqa: S314 - ours
    dots = [
        (float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in tree.iter(f"{SVG}circle")
    ]
    assert len(dots) == 3
    assert dots[1][0] - dots[0][0] == pytest.approx(dots[2][0] - dots[1][0], abs=0.11)
    assert dots[1][1] - dots[0][1] == pytest.approx(dots[2][1] - dots[1][1], abs=0.11)


def test_names_are_written_as_they_are() -> None:
    """A name with a sign that SVG uses itself is still readable."""
    tree = ET.fromstring(loglog("T", "x", "y", [Series("a < b", ((1.0, 1.0),))]))  # noqa: S314 - ours
    assert "a < b" in [text.text for text in tree.iter(f"{SVG}text")]
