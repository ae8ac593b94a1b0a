"""What a person reads or hears of a page, and whether it is in their language."""

from __future__ import annotations

import re
import string
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

READ_ALOUD = {"title", "aria-label", "alt", "placeholder"}
FEW_WORDS = 2


class Reader(HTMLParser):
    """Collects what a person reads or hears of a page, and the JSON beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.charts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes that are read aloud or shown on hover."""
        self.texts += [value for name, value in attrs if name in READ_ALOUD and value]
        self._inside = dict(attrs).get("type") or tag

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        del tag
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep texts and charts; style and script are nobody's reading."""
        if self._inside == "application/json":
            self.charts.append(data)
        elif self._inside not in {"script", "style"}:
            self.texts.append(" ".join(data.split()))


def english(said: str, chinese: Mapping[str, str]) -> list[str]:
    """Return the English sentences of the catalogue that stand in a text."""
    flat = " ".join(said.split())
    return [
        text
        for text, translated in chinese.items()
        if text != translated
        for literal, *_ in string.Formatter().parse(text)
        if len(re.findall(r"[A-Za-z']+", literal)) > FEW_WORDS and literal.strip() in flat
    ]


def untranslated(texts: list[str], chinese: Mapping[str, str]) -> set[str]:
    """Return the texts that are a sentence of the catalogue, and have another in Chinese."""
    return {text for text in texts if chinese.get(text, text) != text}
