"""What a person or a program meets at the command line."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from salus.data.region.sample import sample_region
from tests.fakes.folders import changed_sample, sample_text
from tests.functional.running import Made, Told, listing, process, salus, start

if TYPE_CHECKING:
    from pathlib import Path


def test_json_is_one_document_and_nothing_else(sample: Made) -> None:
    """Stdout is one line of JSON; the report for people goes to stderr."""
    assert sample.document["format"].startswith("salus-day/")
    assert sample.text.startswith("Salus: sample")


def test_piped_output_has_no_control_codes(tmp_path: Path) -> None:
    """Nobody looks, so there is no progress and no colour, not even when colour is forced off."""
    for more in ({}, {"NO_COLOR": "1"}):
        told = process("run", "--out", tmp_path / f"out{len(more)}", cwd=tmp_path, **more)
        assert told.code == 0
        assert told.err == ""
        assert "\x1b" not in told.out
        assert max(map(len, told.out.splitlines())) <= 100


def test_a_terminal_without_colour_gets_none(tmp_path: Path) -> None:
    """With NO_COLOR a terminal sees words, and no code that sets a colour."""
    ours, theirs = pty.openpty()
    running = start("trust", "--help", cwd=tmp_path, NO_COLOR="1", TERM="xterm", stdout=theirs)
    os.close(theirs)
    assert running.wait(60) == 0
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert running.stderr is not None
    running.stderr.close()
    assert "audit" in shown
    assert "\x1b[3" not in shown.replace("\x1b[3m", "")


@pytest.mark.parametrize("group", [(), ("trust",), ("data",)])
def test_a_command_that_is_not_there_is_named(group: tuple[str, ...]) -> None:
    """Whoever mistypes a command reads which word is none."""
    told = salus(*group, "foo")
    assert (told.code, "there is no command foo" in told.err) == (2, True)


def test_the_last_lines_say_what_to_do_next(tmp_path: Path) -> None:
    """A person is told what was written, where it is recorded, and what comes next."""
    last = salus("run", "--out", tmp_path / "report").out.splitlines()[-6:]
    text = " ".join(line.strip() for line in last)
    assert "Written: " in text
    assert "salus-home" in text
    assert "salus replay " in text
    assert "--home" not in text


def test_another_home_is_named_where_the_replay_is(tmp_path: Path) -> None:
    """What a person copies from the last line or from the page works as it stands."""
    told = salus("run", "--out", tmp_path / "report", "--home", "my home")
    line = " ".join(told.out.split()).rpartition("; ")[2]
    command = shlex.split(line)[:5]
    assert command[:2] + command[3:] == ["salus", "replay", "--home", "my home"]
    assert salus(*command[1:]).code == 0
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert f"salus replay {command[2]} --home &#39;my home&#39;" in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_is_shown_in_both_languages(lang: str) -> None:
    """Every command has its help, in either language."""
    for command in ((), ("run",), ("replay",), ("trust",), ("trust", "audit", "verify")):
        told = salus(*command, "--help") if lang == "en" else _help_in_chinese(*command)
        assert told.code == 0
        assert ("\u7528\u6cd5" in told.out) == (lang == "zh")


def _help_in_chinese(*command: str) -> Told:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALUS_LANG", "zh")
        return salus(*command, "--help")


def test_the_language_may_stand_in_the_settings(tmp_path: Path) -> None:
    """The file of settings chooses the language, and a faulty one is no obstacle to help."""
    settings = tmp_path / "work" / "salus.toml"
    settings.write_text('lang = "zh"\n', encoding="utf-8")
    assert "\u7528\u6cd5" in salus("--help").out
    told = salus("run", "--json", "--region", sample_region())
    assert told.err.startswith("Salus\uff1asample")
    settings.write_text('lang = "fr"\nseed = "many"\n', encoding="utf-8")
    assert salus("run", "--help").code == 0
    told = salus("run")
    assert (told.code, told.err.count("salus.toml, column ")) == (2, 2)
    assert salus("run", "--lang", "en").err.count("salus.toml, column ") == 1
    settings.write_text("lang = = ", encoding="utf-8")
    assert salus("--help").code == 0


def test_a_language_that_is_not_spoken_is_refused() -> None:
    """By name of the option, together with what else is wrong."""
    told = salus("run", "--lang", "fr", "--seed", "many")
    assert told.code == 2
    assert "--lang: Salus does not speak this language (found fr)" in told.err
    assert "--seed" in told.err


def test_nothing_asked_shows_the_help() -> None:
    """Without a command a person is told which there are."""
    told = salus()
    assert told.code == 0
    assert "replay" in told.out


def test_folders_may_be_relative_and_oddly_named(tmp_path: Path) -> None:
    """A space and Chinese in the name of a region are no obstacle, on whichever path."""
    changed_sample(tmp_path / "work" / "我的 区域")
    told = salus("run", "--region", "我的 区域", "--out", "报告 1", "--home", "./家", "--json")
    assert told.code == 0, told.err
    assert told.document["region"] == "我的 区域"
    assert {"我的 区域", "报告 1", "家"} == listing(tmp_path / "work")
    told = salus("run", "--region", tmp_path / "work" / "我的 区域", "--home", "家", "--json")
    assert told.code == 0, told.err


def test_a_region_in_gb18030_is_read(tmp_path: Path) -> None:
    """Names in the national encoding of China come out as they are, and it is said."""
    region = changed_sample(tmp_path / "coast")
    text = sample_text("districts.csv").replace("Gull Bay", "海鸥湾")
    (region / "districts.csv").write_bytes(text.encode("gb18030"))
    told = salus("run", "--region", region, "--lang", "zh", "--json")
    assert told.code == 0
    assert any(row["district"] == "海鸥湾" for row in told.document["tables"]["districts"])
    assert "海鸥湾" in told.err
    assert "GB18030" in told.err


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Control codes, line breaks and console markup in names are shown harmlessly."""
    text = sample_text("facilities.csv")
    text = text.replace("Northcape Memorial", '"\x1b[31mRed\nname"').replace("H02,", "[/bold],")
    text = text.replace("Amber University Hospital", "[/bold] Hospital")
    region = changed_sample(tmp_path / "coast", facilities=text)
    told = salus("run", "--region", region, "--stress", "close=[/bold]")
    assert told.code == 0, told.err
    assert "\x1b" not in told.out
    assert "Red name" in told.out
    assert "Closed: [/bold] Hospital" in told.out


def test_a_name_cannot_steer_a_spreadsheet(tmp_path: Path) -> None:
    """No cell of any table begins a formula; a number may begin with its sign."""
    formula = '=HYPERLINK(""http://example.org"")'
    text = sample_text("facilities.csv").replace("Northcape Memorial", f'"{formula}"')
    text = text.replace("PSYCHIATRIC", "@SPA").replace("KINGBRIDGE", "-KINGBRIDGE")
    head, *rows = text.splitlines()
    text = "\n".join([f"{head},+mayor", *(f"{row}," for row in rows)])
    region = changed_sample(tmp_path / "coast", facilities=text)
    told = salus("run", "--region", region, "--out", tmp_path / "report")
    assert told.code == 0, told.err
    found = list((tmp_path / "report" / "tables").glob("*.csv"))
    cells = [
        cell for path in found for row in csv.reader(path.read_text().splitlines()) for cell in row
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if re.match(r"[=+@]|-(?!\d)", cell)] == []


def test_what_a_terminal_cannot_show_is_no_failure(tmp_path: Path) -> None:
    """A terminal that knows no Chinese gets marks of its own instead of an error."""
    run = ("run", "--region", sample_region(), "--lang", "zh")
    told = process(*run, cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert told.code == 0
    assert "salus replay" in told.out
    told = process(*run, "--json", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert json.loads(told.out)["region"] == "sample"
