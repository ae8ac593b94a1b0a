"""Messages in the reader's language, from gettext catalogues."""

from __future__ import annotations

import gettext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.messages import Message
from salus.core.names import one_line
from salus.core.settings import LANGUAGES, file_language, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.errors import Fault, Where
    from salus.core.messages import Value

CATALOGUES = Path(__file__).parent / "catalogues"
DOMAIN = "salus"


class Words:
    """Renders messages in one language.

    Parameters
    ----------
    lang : str
        ``en`` or ``zh``.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> Words("en")(say("{beds:,} beds on {day}", beds=1200, day=date(2026, 6, 27)))
    '1,200 beds on 27 June 2026'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._catalogue = gettext.translation(
            DOMAIN, CATALOGUES, [lang], fallback=lang == LANGUAGES[0]
        )

    def __call__(self, message: Message) -> str:
        """Render one message."""
        template = self._catalogue.gettext(message.text)
        return template.format(**{name: self.value(v) for name, v in message.values.items()})

    def say(self, text: str, /, **values: Value) -> str:
        """Render a template of a page; the catalogue tools look for calls of this name."""
        return self(Message(text, values))

    def phrase(self, text: str) -> str:
        """Render a text without values, such as a help text."""
        return self._catalogue.gettext(text)

    def value(self, value: Value) -> object:
        """Render a value inside a message: nested messages, lists, dates."""
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, tuple):
            return ("、" if self.lang == "zh" else ", ").join(str(self.value(v)) for v in value)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, str):
            return one_line(value)
        return value

    def date(self, day: date) -> str:
        """Write a date as the language does; a moment with its zone."""
        # Babel is loaded by the first date only: `salus --help` has none.
        from babel.dates import format_date, format_datetime  # noqa: PLC0415

        locale = "zh_CN" if self.lang == "zh" else "en_GB"
        if isinstance(day, datetime):
            return format_datetime(day, "long", locale=locale)
        return format_date(day, "long", locale=locale)

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with separators; English and Chinese use the same ones."""
        text = f"{value:,.{decimals}f}"
        return text if text.strip("-0.,") else text.removeprefix("-")

    def fault(self, fault: Fault) -> str:
        """Write a fault: where, what, with which value, and what to do."""
        found = "" if fault.value is None else self.say(" (found {value})", value=fault.value)
        told = self.say(
            "{where}: {what}{found}. {remedy}.",
            where=self.where(fault.where),
            what=fault.what,
            found=found,
            remedy=sentence(self(fault.remedy)),
        )
        return told[:-1] if told[-2:-1] in {"?", "？"} else told

    def where(self, where: Where) -> str:
        """Write the place of a fault."""
        row = "" if where.row is None else self.say(", row {row}", row=where.row)
        column = "" if where.column is None else self.say(", column {name}", name=where.column)
        return f"{self.value(where.source)}{row}{column}"


def capital(text: str) -> str:
    """Begin with a capital; Chinese has none.

    Examples
    --------
    >>> capital("influenza admissions: 95 expected")
    'Influenza admissions: 95 expected'
    """
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Begin with a capital, and end without a stop.

    Examples
    --------
    >>> sentence("write 0 or more")
    'Write 0 or more'
    """
    return capital(text).rstrip(".。")


def choose_language(
    asked: str | None, environment: Mapping[str, str], folder: Path = Path()
) -> str:
    """Choose the language: ``--lang``, ``SALUS_LANG``, ``salus.toml``, the system's, English.

    What cannot be understood is passed over here, so that help and advice can always be shown;
    the command that reads the settings refuses it.

    Parameters
    ----------
    asked : str or None
        From the command line.
    environment : mapping of str to str
        Usually ``os.environ``; the system's language is in ``LC_ALL``, else in ``LANG``.
    folder : Path
        Where ``salus.toml`` is looked for.

    Returns
    -------
    str
        One of ``LANGUAGES``.

    Examples
    --------
    >>> choose_language(None, {"LANG": "zh_CN.UTF-8"})
    'zh'
    """
    named = (
        asked or "",
        environment.get("SALUS_LANG", ""),
        file_language(environment, folder),
        environment.get("LC_ALL") or environment.get("LANG", ""),
    )
    return next(filter(None, map(language, named)), LANGUAGES[0])
