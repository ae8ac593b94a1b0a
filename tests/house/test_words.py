"""Whatever a person reads is said in the reader's language, in the report as in the help."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import runpy
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import typer
from rich.cells import cell_len

from salus.cli.app import app
from salus.cli.outermost import run
from tests.house.said import Reader, english, untranslated
from tests.house.source import PACKAGE, ROOT, modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from babel.messages.catalog import Catalog

TEMPLATES = sorted(PACKAGE.rglob("*.j2"))
EXPRESSION, STATEMENT = re.compile(r"\{\{.*?\}\}", re.DOTALL), re.compile(r"\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
VALUE = "\x00"
NAMES = re.compile(r"Salus|CSV|Parquet|\w+\.json|\b[HL]\b")
"""What is called the same in each language."""
FILE_ENDING = re.compile(rf"{VALUE}\.\w+")
SAYS = {"say", "phrase"}
SHOWS = {"print", "write", "Text", "Table", "add_column", "add_row", "add_task"}
HELPS = {"title", "caption", "help", "short_help", "epilog", "description"}
NAMES_OF_CHARTS = {"name", "text", "formatter", "subtext"}
SPOILED = (
    ["run", "--region", "no-such-folder", "--as-of", "soon", "--horizon", "many"],
    ["run", "--stress", "flood", "--seed", "-1"],
    ["run", "--colour"],
    ["run", "quickly"],
    ["fly"],
    ["trust"],
    ["run", "--seed"],
    ["replay"],
    ["replay", "0000", "--home", "no-such-home"],
)


class Shown(NamedTuple):
    """What a reader of Chinese gets: the terminal, the texts of the page, and its charts."""

    terminal: str
    texts: list[str]
    charts: list[object]


@pytest.fixture(scope="module")
def tools() -> Mapping[str, Any]:
    """Load the script that keeps the catalogues."""
    return runpy.run_path(str(ROOT / "scripts" / "catalogues.py"))


@pytest.fixture(scope="module")
def chinese(tools: Mapping[str, Any]) -> dict[str, str]:
    """Read the Chinese catalogue: English sentence to Chinese one."""
    catalogue: Catalog = tools["stored"](tools["FOLDER"] / "zh" / "LC_MESSAGES" / "salus.po")
    return {str(message.id): str(message.string) for message in catalogue if message.id}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Run a synthetic town in Chinese."""
    folder = tmp_path_factory.mktemp("zh")
    places = ["--home", str(folder / "home"), "--out", str(folder / "out")]
    code, terminal = listen(["run", "--lang", "zh", "--people", "6000", *places])
    assert code == 0, terminal
    reader = Reader()
    reader.feed((folder / "out" / "report.html").read_text(encoding="utf-8"))
    return Shown(terminal, reader.texts, [json.loads(chart) for chart in reader.charts])


def listen(arguments: list[str]) -> tuple[int, str]:
    """Run a command in this process and keep all that it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        code = run(arguments)
    return code, out.getvalue()


def test_every_sentence_is_translated(
    tools: Mapping[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """No sentence is missing, empty, left over or short of a value, and none is stale."""
    assert tools["check"]() == 0, capsys.readouterr().out


def test_chinese_sentences_have_chinese_stops(chinese: Mapping[str, str]) -> None:
    """A sentence ends as its original does, with the stop of its own language."""
    wrong = [
        text
        for text, said in chinese.items()
        if text.endswith(".") != said.endswith("。") and "{other}" not in text
    ]
    assert wrong == []


def test_the_glossary_agrees_with_the_catalogue(chinese: Mapping[str, str]) -> None:
    """A term of the glossary is called in Chinese what the report calls it."""
    rows = [
        [cell.strip() for cell in line.split("|")[1:3]]
        for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    found = {term: said for english, said in rows for term in english.split(", ")}
    wrong = {
        term: (said, chinese[term])
        for term, said in found.items()
        if term in chinese and chinese[term] not in [said, *re.split(r"[、（）]", said)]
    }
    assert wrong == {}


def test_each_sentence_is_marked_where_it_is_said() -> None:
    """What is said is a literal, so that the catalogue tools find it."""
    wrong = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in SAYS
        and not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert wrong == []


def test_a_fault_names_its_place_or_says_it() -> None:
    """A place is a file, an option or a program by its name; any other word of it is said."""
    wrong = [
        f"{module.name}:{text.lineno} {text.value!r}"
        for module in modules()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Where" and call.args
        for text in _literals(call.args[0])
        if re.match(r"[a-z]+( |$)", str(text.value)) and text.value != "salus"
    ]
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_text_of_its_own(path: Path) -> None:
    """The templates of all pages say everything through the catalogue, names of things aside."""
    reader = Reader()
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    reader.feed(STATEMENT.sub("", EXPRESSION.sub(VALUE, text)))
    texts = [NAMES.sub("", FILE_ENDING.sub("", text)) for text in reader.texts]
    assert [text for text in texts if re.search(r"[^\W\d_]", text)] == []


def test_the_faces_show_no_text_of_their_own() -> None:
    """No literal of command line, report or console reaches a reader unmarked."""
    wrong = [
        f"{module.name}:{text.lineno} {text.value!r}"
        for face in ("cli", "report", "web")
        for module in modules(PACKAGE / face)
        if "web/api/" not in module.name  # programmers read its documentation
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call)
        for text in _shown(call)
        if re.search(r"[^\W\d_]{2}", str(text.value).removeprefix("Salus"))
    ]
    assert wrong == []


def test_the_report_in_chinese_holds_noenglish(shown: Shown, chinese: Mapping[str, str]) -> None:
    """Terminal and page of the sample region hold no sentence of the English catalogue."""
    assert english(shown.terminal, chinese) == []
    assert english(" ".join(shown.texts), chinese) == []
    assert untranslated(shown.texts, chinese) == set()


def test_the_charts_in_chinese_hold_noenglish(shown: Shown, chinese: Mapping[str, str]) -> None:
    """What a picture of the page names is translated too."""
    names = [name for chart in shown.charts for name in _names(chart)]
    assert len(names) > len(shown.charts)
    assert english(" ".join(names), chinese) == []
    assert untranslated(names, chinese) == set()


def test_the_terminal_in_chinese_is_at_most_100_columns_wide(shown: Shown) -> None:
    """No line is wider than a terminal, where a Chinese sign takes two cells."""
    assert [line for line in shown.terminal.splitlines() if cell_len(line) > 100] == []


def _commands() -> list[list[str]]:
    def below(command: object, path: list[str]) -> Iterator[list[str]]:
        yield path
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(inner, [*path, name])

    return list(below(typer.main.get_command(app), []))


@pytest.mark.parametrize("path", _commands(), ids=" ".join)
def test_the_help_in_chinese_holds_noenglish(
    path: list[str], chinese: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help of every command is in the reader's language."""
    monkeypatch.setenv("SALUS_LANG", "zh")
    code, said = listen([*path, "--help"])
    assert code == 0
    assert "用法" in said
    assert english(said, chinese) == []


@pytest.mark.parametrize("arguments", SPOILED, ids=" ".join)
def test_faults_in_chinese_hold_noenglish(
    arguments: list[str], chinese: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with a command line is said in the reader's language."""
    monkeypatch.setenv("SALUS_LANG", "zh")
    code, said = listen(arguments)
    assert code == 2
    assert "错误：" in said
    assert re.findall(r"[a-z]+ [a-z]+ [a-z]+", said) == []
    assert english(said, chinese) == []


def _shown(call: ast.Call) -> Iterator[ast.Constant]:
    name = ast.unparse(call.func).rpartition(".")[2]
    for argument in call.args if name in SHOWS else []:
        yield from _literals(argument)
    for keyword in call.keywords:
        if keyword.arg in HELPS:
            yield from _literals(keyword.value)


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    # A call makes a text of its own, and is judged where it stands.
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif not isinstance(node, ast.Call):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.expr):
                yield from _literals(inner)


def _names(chart: object) -> Iterator[str]:
    if isinstance(chart, list):
        for inner in chart:
            yield from _names(inner)
    elif isinstance(chart, dict):
        for key, inner in chart.items():
            if key in NAMES_OF_CHARTS and isinstance(inner, str):
                yield inner
            yield from _names(inner)
