"""The tutorials show what the days of Florida and of the synthetic city really print."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from salus.core.settings import Settings
from salus.data.store.audit_log import AuditLog
from salus.data.synthetic.spec import CitySpec
from salus.report.contents import lay_out
from salus.report.sections.basis import RunFacts
from salus.report.terminal import heading, show, terminal
from salus.report.words import Words
from salus.service.context import open_context
from salus.service.make_city import make_city
from salus.service.request import DayRequest
from salus.service.run_day import Decided, run_day
from tests.functional.running import made
from tests.house.source import ROOT

PAGES = ROOT / "docs" / "tutorials"
CITY = {"en": "city.txt", "zh": "city-zh.txt"}
TOLD = {"en": "a-day-in-a-city.md", "zh": "a-day-in-a-city.zh.md"}
LARGEST_PICTURE = 150_000
# What differs from run to run: places, the decision and the audit, time and memory.
VARYING = re.compile(
    r"^(Written|On the record|Next|.*replay|.*audit|  rewrites|  [0-9a-f]{20,}"
    r"|  Noted elsewhere|  审计记录止于|  行记下)"
)
TAKEN = re.compile(r"^ (time until the report|memory at most|启动后至生成报告的用时|内存峰值)")


@pytest.mark.shared
def test_the_output_is_what_the_terminal_prints(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, but for places, the decision, the audit, time and memory."""
    monkeypatch.delenv("SALUS_GUESTS")
    run = made(tmp_path, "--region", shared / "regions" / "florida", lang="en")
    assert _steady(run.text) == _steady(_kept("florida.txt"))


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Decided, RunFacts]:
    """Run the day of the default city, once for both languages."""
    settings = Settings(home=tmp_path_factory.mktemp("day") / "home")
    spec = CitySpec(settings.people, settings.seed)
    folder = settings.home / "cities" / f"synthetic-{spec.people}-{spec.seed}"
    with open_context(settings) as context:
        make_city(context, folder, spec)
        decided = run_day(context, DayRequest(folder, guests=settings.guests))
        head = AuditLog(context.store).head()
    return decided, RunFacts(decided.decision, head, 40.0, 1500.0, settings.home, Path("out"))


@pytest.mark.parametrize("lang", CITY)
def test_the_city_s_output_is_what_the_terminal_prints(
    day: tuple[Decided, RunFacts], lang: str
) -> None:
    """Line by line in both languages, but for what Florida leaves out too."""
    words, out = Words(lang), io.StringIO()
    report = lay_out(*day, words)
    console = terminal(out, {})
    console.print(heading(report.title, words, synthetic=report.synthetic))
    show(console, report.sections, words)
    assert _steady(out.getvalue()) == _steady(_kept(CITY[lang]))


@pytest.mark.parametrize("lang", CITY)
def test_a_page_quotes_what_the_city_s_output_says(lang: str) -> None:
    """Each quoted part stands in the whole, word by word, and the page shows all of them."""
    parts = sorted((PAGES / "city" / lang).glob("*.txt"))
    whole, page = _kept(CITY[lang]), _kept(TOLD[lang])
    assert [part.name for part in parts if part.read_text("utf-8") not in whole] == []
    assert [part.name for part in parts if f"city/{lang}/{part.name}" not in page] == []


def test_the_pictures_are_small() -> None:
    """A reader on a telephone can load the page."""
    pictures = (PAGES / "city").rglob("*.png")
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE] == []


def _kept(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def _steady(text: str) -> list[str]:
    whole = re.split(r"^(?:Written: |已写入)", text, maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line.rstrip() for line in whole.strip().splitlines()]
    return [line for line in lines if not (VARYING.match(line) or TAKEN.match(line))]
