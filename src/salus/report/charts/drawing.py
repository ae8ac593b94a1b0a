"""A picture that is drawn here as SVG, in the colours of the page or of a file of its own."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from salus.report.layout import Chart
    from salus.report.words import Words

PAGE = Path(__file__).parents[1] / "page"
SMALL, LETTER, CAPITAL, SLIM, WIDE = 11, 0.64, 0.82, 0.4, 1.02
"""Height of small text, and the widths of its signs by it; a Chinese one is wide."""
CAPITALS, BROADEST, SLIMS = "ABCDGHKNOQRUVXYZ+%", "WMmw@", "ijlfrtIJ.,:;·'|-() "
HEAD, FOOT, MARGIN = 34, 26, 16
"""What a file of its own has above and below the picture, and beside it."""


class Drawing:
    """Gathers marks; what each looks like says ``page/drawing.css`` by its class.

    Parameters
    ----------
    key : str
        Key of the picture within its page.
    width, height : float
        In pixels.

    Examples
    --------
    >>> drawing = Drawing("beds", 100, 20)
    >>> drawing.box(0, 0, 10, 10, "free", hover="a < b")
    >>> "a &lt; b" in drawing.svg("Beds")
    True
    """

    def __init__(self, key: str, width: float, height: float) -> None:
        self._key, self.width, self.height = key, width, height
        self._marks: list[str] = []

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        look: str,
        *,
        depth: float | None = None,
        corner: float = 0,
        hover: str = "",
    ) -> None:
        """Draw a box.

        Parameters
        ----------
        x, y, width, height : float
            Left, top and size.
        look : str
            Classes of the style sheet.
        depth : float or None
            How much of the colour its inside shows, up to 1; ``None`` leaves it to the style.
        corner : float
            Radius of the corners.
        hover : str
            What is said on hover.
        """
        round_ = f' rx="{_short(corner)}"' if corner else ""
        inside = "" if depth is None else f' fill-opacity="{_short(depth)}"'
        place = f'x="{_short(x)}" y="{_short(y)}" width="{_short(max(width, 0))}"'
        self._add("rect", f'{place} height="{_short(height)}"{round_}{inside}', look, hover)

    def hatch(self, x: float, y: float, width: float, height: float, look: str) -> None:
        """Draw slanted lines over a box.

        Parameters
        ----------
        x, y, width, height : float
            Left, top and size.
        look : str
            Classes of the lines.
        """
        steps = int((width + height) // 6)
        lines = []
        for step in range(1, steps + 1):
            at = 6 * step
            left, right = max(0.0, at - height), min(width, float(at))
            if right > left:
                ends = _short(x + left), _short(y + at - left), _short(x + right)
                lines.append(f"M{ends[0]} {ends[1]}L{ends[2]} {_short(y + at - right)}")
        self._add("path", f'd="{"".join(lines)}"', look)

    def line(self, x: float, y: float, to_x: float, to_y: float, look: str) -> None:
        """Draw a line from one point to another.

        Parameters
        ----------
        x, y, to_x, to_y : float
            Its ends.
        look : str
            Classes of the style sheet.
        """
        ends = f'x1="{_short(x)}" y1="{_short(y)}" x2="{_short(to_x)}" y2="{_short(to_y)}"'
        self._add("line", ends, look)

    def shape(self, points: str, look: str) -> None:
        """Draw a polygon, its points as SVG writes them."""
        self._add("polygon", f'points="{points}"', look)

    def text(self, x: float, y: float, said: str, look: str = "", *, room: float = 0) -> None:
        """Write a text, its base line at ``y``.

        Parameters
        ----------
        x, y : float
            Where it stands; classes say whether it begins, ends or has its middle there.
        said : str
            In the reader's language.
        look : str
            Classes of the style sheet.
        room : float
            Pixels that it may take; what is longer loses its middle. 0 leaves it whole.
        """
        shown = fitted(said, room) if room else said
        if shown:
            place = f'x="{_short(x)}" y="{_short(y)}"'
            self._marks.append(f"<text {place}{_class(look)}>{escape(shown)}</text>")

    def svg(self, title: str) -> str:
        """Write the picture as an element of a page.

        Parameters
        ----------
        title : str
            What is read aloud.

        Returns
        -------
        str
            SVG without colours: the style sheet of the page has them.
        """
        size = f'width="{_short(self.width)}" height="{_short(self.height)}"'
        view = f'viewBox="0 0 {_short(self.width)} {_short(self.height)}"'
        name = f'role="img" aria-label="{escape(title)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn" {size} {view} {name}>'
        return f"{head}{''.join(self._marks)}</svg>"

    def _add(self, tag: str, place: str, look: str, hover: str = "") -> None:
        inside = f"<title>{escape(hover)}</title>" if hover else ""
        self._marks.append(f"<{tag} {place}{_class(look)}>{inside}</{tag}>")


def fitted(said: str, room: float) -> str:
    """Leave out the middle of a small text that does not fit: names often differ in their ends.

    Parameters
    ----------
    said : str
        The text.
    room : float
        Pixels that it may take.

    Returns
    -------
    str
        Empty where not even a sign fits on either side.

    Examples
    --------
    >>> fitted("p12", 30), fitted("Margaret", 45), fitted("p12", 8)
    ('p12', 'Mar…et', '')
    """
    if text_width(said) <= room:
        return said
    for kept in range(len(said) - 1, 1, -1):
        cut = f"{said[: (kept + 1) // 2]}…{said[-(kept // 2) :]}"
        if text_width(cut) <= room:
            return cut
    return ""


def text_width(said: str) -> float:
    """Estimate how wide a small text is, in pixels."""
    return SMALL * sum(map(_sign_width, said))


def _sign_width(sign: str) -> float:
    if east_asian_width(sign) in "WF" or sign in BROADEST:
        return WIDE
    return CAPITAL if sign in CAPITALS else SLIM if sign in SLIMS else LETTER


def picture_file(chart: Chart, words: Words) -> str:
    """Write a drawn chart as a file of its own, with title, source and both themes inside.

    Parameters
    ----------
    chart : Chart
        One that has a drawing.
    words : Words
        The reader's language, the same as that of the drawing.

    Returns
    -------
    str
        SVG.
    """
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', chart.drawing)
    width, height = (float(size) for size in found.groups()) if found else (0.0, 0.0)
    wide, high = width + 2 * MARGIN, height + HEAD + FOOT
    place = f'<svg x="{MARGIN}" y="{HEAD}"'
    inner = chart.drawing.replace("<svg", place, 1)
    title, source = (escape(words(each)) for each in (chart.title, chart.source))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="drawn" '
        f'width="{_short(wide)}" height="{_short(high)}" '
        f'viewBox="0 0 {_short(wide)} {_short(high)}">'
        f'<style>{_style()}</style><rect class="sheet" width="100%" height="100%"></rect>'
        f'<text x="{MARGIN}" y="22" class="head">{title[:1].upper()}{title[1:]}</text>{inner}'
        f'<text x="{MARGIN}" y="{_short(high - 8)}" class="soft">{source}</text></svg>\n'
    )


def _style() -> str:
    # Programs that show such files know no custom properties, so each theme is written out.
    tokens = (PAGE / "tokens.css").read_text(encoding="utf-8")
    rules = (PAGE / "drawing.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", tokens, re.DOTALL)
    light, dark = (dict(re.findall(r"--(\w+):\s*([^;]+);", block)) for block in blocks[:2])
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    day, night = _coloured(rules, light), _coloured(rules, light | dark)
    return f"{day}@media (prefers-color-scheme: dark) {{{night}}}"


def _coloured(rules: str, tokens: dict[str, str]) -> str:
    written = re.sub(r"var\(--(\w+)\)", lambda found: tokens[found[1]], rules)
    return " ".join(written.replace("<", "").split())


def _class(look: str) -> str:
    return f' class="{escape(look)}"' if look else ""


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
