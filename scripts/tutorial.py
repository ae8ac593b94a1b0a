"""Run what the tutorials show again, and keep the terminal's words and the pictures.

Usage: ``tutorial.py city`` runs the synthetic city; ``tutorial.py florida [FOLDER]`` runs Florida
(``../shared/data/regions/florida`` when no folder is given); ``tutorial.py weeks`` plans the
hospital of four weeks; ``tutorial.py`` runs all. City and Florida need Chromium and a font for
Chinese.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "tutorials"
FLORIDA = ROOT.parent / "shared" / "data" / "regions" / "florida"
MAIN = "from salus.cli.main import main; main()"
ENDINGS = {"en": "", "zh": "-zh"}
TOP = (1200, 1850)
SECTIONS = {
    "signals": (1000, 530),
    "queue": (1000, 600),
    "advice": (1000, 1080),
    "right": (1000, 620),
}
"""Sections of the city's page that are shown, with width and height of their picture."""

QUOTED = {
    "decision": ("decision", 0, 1),
    "signals": ("signals", 0, 2),
    "queue": ("queue", 0, 2),
    "sent": ("queue", 2, 2),
    "hospital": ("hospital", 0, 2),
    "advice": ("advice", 0, 4),
    "records": ("records", 0, 2),
    "right": ("right", 0, 2),
}
"""What of the city's output is quoted: the section, its first block and how many blocks."""

WEEKS = {"": "en", ".zh": "zh"}
COMMAND = re.compile(r"^salus (allocate hospital .+)$", re.MULTILINE)
PARTS = {
    "solve": ("solve", 0, None),
    "verify": ("verify", 0, None),
    "explain": ("explain", 1, 3),
    "waiting": ("explain", 4, 5),
    "worth": ("explain", 7, 9),
    "replan": ("replan", 0, None),
}
"""What of the hospital's output is quoted: the command, and the first and last of its blocks."""

CHROMIUM = (
    "chromium",
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--hide-scrollbars", "--virtual-time-budget=5000"),
)


def terminal(name: str, options: tuple[str, ...], folder: Path, lang: str) -> str:
    """Run a day as a reader would, and return what the terminal shows."""
    command = [sys.executable, "-c", MAIN, "run", *options]
    out = f"salus-out/{name}{ENDINGS[lang]}"
    done = subprocess.run(
        [*command, "--out", out, "--lang", lang],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip() + "\n"


def heading(page: Path, section: str) -> str:
    """Read how a section of a page is headed, without spaces."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(rf'<section id="{section}">\s*<h2>(.*?)(?: <span|</h2>)', text)
    return "".join(html.unescape(found[0]).split())


def quoted(shown: str, head: str, first: int, count: int) -> str:
    """Cut some blocks out of the output, counted from the one with this heading."""
    blocks = shown.split("\n\n")
    start = next(i for i, block in enumerate(blocks) if "".join(block.split()).startswith(head))
    return "\n\n".join(blocks[start + first : start + first + count]).strip("\n") + "\n"


def picture(page: Path, target: Path, folder: Path, size: tuple[int, int]) -> None:
    """Take a picture of the top of a page."""
    options = (f"--screenshot={target}", f"--window-size={size[0]},{size[1]}")
    profile = f"--user-data-dir={folder / 'profile'}"
    subprocess.run([*CHROMIUM, profile, *options, page.as_uri()], check=True, capture_output=True)


def only(page: Path, section: str, folder: Path) -> Path:
    """Copy a page with one section of it, without the list of findings that the words tell."""
    others = f"header, .tiles, footer, section ul, section:not(#{section})"
    hidden = f"<style>{others} {{ display: none }}</style>"
    copy = folder / f"{section}.html"
    text = page.read_text(encoding="utf-8").replace("</head>", f"{hidden}</head>", 1)
    copy.write_text(text, encoding="utf-8")
    return copy


def florida(region: Path, folder: Path) -> None:
    """Keep the words of Florida in English, and the top of its page in both languages."""
    for lang, ending in ENDINGS.items():
        shown = terminal("florida", ("--region", str(region)), folder, lang)
        if lang == "en":
            (PAGES / "florida.txt").write_text(shown, encoding="utf-8")
        page = folder / "salus-out" / f"florida{ending}" / "report.html"
        picture(page, PAGES / f"report{ending}.png", folder, TOP)


def city(folder: Path) -> None:
    """Keep the words of the city, whole and in parts, and some sections of its page."""
    for lang, ending in ENDINGS.items():
        parts = PAGES / "city" / lang
        parts.mkdir(parents=True, exist_ok=True)
        shown = terminal("city", (), folder, lang)
        (PAGES / f"city{ending}.txt").write_text(shown, encoding="utf-8")
        page = folder / "salus-out" / f"city{ending}" / "report.html"
        for part, (section, first, count) in QUOTED.items():
            cut = quoted(shown, heading(page, section), first, count)
            (parts / f"{part}.txt").write_text(cut, encoding="utf-8")
        for section, size in SECTIONS.items():
            picture(only(page, section, folder), parts / f"{section}.png", folder, size)


def told(folder: Path, page: str, lang: str) -> dict[str, str]:
    """Run the commands of a page one after the other, and return what each shows."""
    for name in ("hospital.json", "events.csv"):
        shutil.copy(PAGES / "four-weeks" / name, folder)
    shown = {}
    for command in COMMAND.findall(page):
        done = subprocess.run(
            [sys.executable, "-c", MAIN, *command.split(), "--lang", lang],
            check=True,
            capture_output=True,
            text=True,
            cwd=folder,
        )
        lines = (line.rstrip() for line in done.stdout.splitlines())
        shown[command.split()[2]] = "\n".join(lines).strip() + "\n"
    return shown


def weeks(folder: Path) -> None:
    """Keep the words and the board of the hospital of four weeks, in both languages."""
    for ending, lang in WEEKS.items():
        place, parts = folder / lang, PAGES / "four-weeks" / lang
        place.mkdir()
        parts.mkdir(exist_ok=True)
        page = (PAGES / f"four-weeks-in-one-hospital{ending}.md").read_text(encoding="utf-8")
        shown = told(place, page, lang)
        for part, (command, first, last) in PARTS.items():
            blocks = shown[command].split("\n\n")[first:last]
            text = "\n\n".join(blocks).strip("\n") + "\n"
            (parts / f"{part}.txt").write_text(text, encoding="utf-8")
        shutil.copy(place / "boards" / "beds.svg", parts / "beds.svg")


def main(asked: list[str]) -> None:
    """Write the words and the pictures of the tutorials that are asked for."""
    with tempfile.TemporaryDirectory() as place:
        if asked[:1] in ([], ["city"]):
            city(Path(place))
        if asked[:1] in ([], ["florida"]):
            florida(Path(asked[1]).resolve() if asked[1:] else FLORIDA, Path(place))
        if asked[:1] in ([], ["weeks"]):
            weeks(Path(place))


if __name__ == "__main__":
    if sys.argv[1:2] != ["weeks"] and shutil.which(CHROMIUM[0]) is None:
        sys.exit("chromium is missing: apt-get install chromium fonts-noto-cjk")
    main(sys.argv[1:])
