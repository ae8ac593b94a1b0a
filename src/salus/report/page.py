"""The report as one self-contained page that opens offline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.core.canonical import Json
    from salus.core.messages import Message
    from salus.report.layout import Section
    from salus.report.words import Words
    from salus.service.figures import Figure

HERE = Path(__file__).parent


def page(
    title: Message,
    subtitle: Message,
    sections: Sequence[Section],
    tiles: Sequence[Figure],
    words: Words,
) -> str:
    """Render the page.

    Parameters
    ----------
    title, subtitle : Message
        What it is about, and its as-of line.
    sections : sequence of Section
        In the order of reading; the first is the decision.
    tiles : sequence of Figure
        The few figures above the fold.
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
        title=title,
        subtitle=subtitle,
        sections=sections,
        tiles=tiles,
        words=words,
        say=words.say,
        data=embedded,
        style=_inline("page/report.css"),
        script=_inline("page/report.js"),
        library=_inline("vendor/echarts.min.js"),
    )


def embedded(document: Json) -> Markup:
    """Write JSON so that it can stand inside a script element and never end it.

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
    Markup('"\\\\u003c/script\\\\u003e"')
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  # the three signs that could end the element are escaped


def _inline(name: str) -> Markup:
    # Our own files and the vendored library; neither holds data.
    text = (HERE / name).read_text(encoding="utf-8")
    return Markup(text.replace("</script", "<\\/script"))  # noqa: S704
