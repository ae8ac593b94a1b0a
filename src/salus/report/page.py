"""The report as one self-contained page that opens offline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from salus.report.layout import SYNTHETIC
from salus.report.words import capital

if TYPE_CHECKING:
    from salus.core.canonical import Json
    from salus.report.contents import Report
    from salus.report.words import Words

HERE = Path(__file__).parent
STYLES = ("page/tokens.css", "page/report.css", "page/drawing.css")


def page(report: Report, words: Words) -> str:
    """Render the page.

    Parameters
    ----------
    report : Report
        What it shows.
    words : Words
        The reader's language.

    Returns
    -------
    str
        HTML with style, script, chart library and data inside; it fetches nothing.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[],
    )
    return environment.get_template("report.html.j2").render(
        report=report,
        words=words,
        say=words.say,
        capital=capital,
        badge=SYNTHETIC,
        data=embedded,
        drawn=drawn,
        pictured=any(not each.drawing for part in report.sections for each in part.charts),
        style=Markup().join(map(_inline, STYLES)),
        script=_inline("page/report.js"),
        library=_inline("vendor/echarts.min.js"),
    )


def embedded(document: Json) -> Markup:
    r"""Write JSON so that it can stand inside a script element and never end it.

    Parameters
    ----------
    document : JSON value
        What a chart draws.

    Returns
    -------
    markupsafe.Markup
        JSON in which ``<``, ``>`` and ``&`` are written as escapes.

    Examples
    --------
    >>> embedded("</script>")
    Markup('"\\u003c/script\\u003e"')
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  # the three signs that could end the element are escaped


def drawn(picture: str) -> Markup:
    """Take SVG that was drawn here as markup; whatever a file named in it is escaped already."""
    return Markup(picture)  # noqa: S704  # see salus.report.charts.drawing


def _inline(name: str) -> Markup:
    # Our own files and the vendored library; neither holds data.
    text = (HERE / name).read_text(encoding="utf-8")
    return Markup(text.replace("</script", "<\\/script"))  # noqa: S704
