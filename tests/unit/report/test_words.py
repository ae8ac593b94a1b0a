"""Messages in the reader's language: numbers, dates, lists, places, and odd names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import Fault, Where
from salus.core.messages import Message, say
from salus.report.words import Words, choose_language

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH, CHINESE = Words("en"), Words("zh")
DAY = date(2026, 6, 27)


@pytest.mark.parametrize(
    ("asked", "environment", "found"),
    [
        ("zh", {"SALUS_LANG": "en"}, "zh"),
        (None, {"SALUS_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        (None, {"SALUS_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ("fr", {"SALUS_LANG": "zh"}, "zh"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_chosen_in_order(
    asked: str | None, environment: dict[str, str], found: str
) -> None:
    """What was asked for, then SALUS_LANG, then the system, then English, if it is spoken."""
    assert choose_language(asked, environment) == found


@pytest.mark.parametrize(
    ("content", "environment", "found"),
    [
        (b'lang = "zh"', {"LANG": "en_GB.UTF-8"}, "zh"),
        (b'lang = "zh"', {"SALUS_LANG": "en"}, "en"),
        (b'lang = "zh"', {"SALUS_LANG": "de"}, "zh"),
        (b'lang = "fr"', {"LANG": "zh_CN.UTF-8"}, "zh"),
        (b"lang = 3", {}, "en"),
        (b"lang = = 3", {"LANG": "zh_CN.UTF-8"}, "zh"),
        (b"\xff", {}, "en"),
    ],
)
def test_the_settings_come_between_the_environment_and_the_system(
    tmp_path: Path, content: bytes, environment: dict[str, str], found: str
) -> None:
    """The file names a language too; what cannot be read or is not spoken is passed over."""
    (tmp_path / "salus.toml").write_bytes(content)
    assert choose_language(None, environment, tmp_path) == found
    assert choose_language("en", environment, tmp_path) == "en"


def test_dates_and_lists_follow_the_language() -> None:
    """Both languages write a day and a list in their own way, a moment with its zone."""
    message = Message("{day}: {names}", {"day": DAY, "names": ("A", "B")})
    assert ENGLISH(message) == "27 June 2026: A, B"
    assert CHINESE(message) == "2026年6月27日: A、B"
    assert "UTC" in ENGLISH.date(datetime(2026, 6, 27, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1,234.5"),
        (-0.04, 1, "0.0"),
        (-0.0, 0, "0"),
        (-1234.5, 0, "-1,234"),
        (0.0005, 3, "0.001"),
    ],
)
def test_numbers_have_separators_and_no_minus_zero(value: float, decimals: int, text: str) -> None:
    """A number reads the same in both languages."""
    assert ENGLISH.number(value, decimals) == text
    assert CHINESE.number(value, decimals) == text


@pytest.mark.parametrize("sign", ["\x1b", "\n", "\r", "\x07", "\x9b", "\u202e", "\u2066", "\u2028"])
def test_a_name_cannot_steer_what_shows_it(sign: str) -> None:
    """Controls of terminals, lines and reading order become spaces, however deep they stand."""
    inner = say("{name} is full", name=f"a{sign}b")
    assert ENGLISH(say("{what} ({where})", what=inner, where=(f"c{sign}d",))) == "a b is full (c d)"


def test_braces_and_percent_signs_in_a_name_are_signs() -> None:
    """A name is never a template."""
    assert ENGLISH(say("{name}", name="{0} {name} %s")) == "{0} {name} %s"


def test_a_fault_reads_as_advice() -> None:
    """Place, finding, value and remedy make one line that ends with a stop."""
    where = Where("f.csv", 3, "beds")
    fault = Fault(say("this number is negative"), where, say("write 0 or more."), -4)
    line = ENGLISH.fault(fault)
    assert line == "f.csv, row 3, column beds: this number is negative (found -4). Write 0 or more."
    assert CHINESE.fault(fault).startswith("f.csv")


def test_phrases_of_the_help_are_translated() -> None:
    """A text without values is looked up as it is."""
    assert ENGLISH.phrase("Commands") == "Commands" != CHINESE.phrase("Commands")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (ENGLISH, "--stress: no facility has this key (found H9). Did you mean H1?"),
        (CHINESE, "--stress：没有机构使用该编号（实际为 H9）。您是不是想写 H1？"),
    ],
)
def test_a_question_ends_without_a_stop(words: Words, told: str) -> None:
    """What to do may be a question."""
    remedy = say("did you mean {names}?", names=("H1",))
    assert (
        words.fault(Fault(say("no facility has this key"), Where("--stress"), remedy, "H9")) == told
    )
