"""Run Florida again and keep what the tutorial shows: the terminal's words and the pictures.

Usage: ``tutorial.py [FOLDER]`` with the folder of the region (``../shared/data/regions/florida``
when not given). Needs Chromium and a font for Chinese.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "tutorials"
FLORIDA = ROOT.parent / "shared" / "data" / "regions" / "florida"
PICTURES = {"en": "report", "zh": "report-zh"}
HEIGHT = 1850
CHROMIUM = (
    "chromium",
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--hide-scrollbars", "--virtual-time-budget=5000"),
)


def terminal(region: Path, folder: Path, lang: str) -> str:
    """Run the region as a reader would, and return what the terminal shows."""
    command = [sys.executable, "-c", "from salus.cli.main import main; main()", "run"]
    options = ["--region", str(region), "--out", f"salus-out/{lang}", "--lang", lang]
    done = subprocess.run(
        [*command, *options], check=True, capture_output=True, text=True, cwd=folder
    )
    shown = done.stdout.replace(f"salus-out/{lang}", "salus-out/florida")
    return "\n".join(line.rstrip() for line in shown.splitlines()).strip() + "\n"


def picture(page: Path, target: Path, folder: Path) -> None:
    """Take a picture of the top of a page."""
    options = (f"--screenshot={target}", f"--window-size=1200,{HEIGHT}")
    profile = f"--user-data-dir={folder / 'profile'}"
    subprocess.run([*CHROMIUM, profile, *options, page.as_uri()], check=True, capture_output=True)


def main(region: Path) -> None:
    """Write the words and the pictures of the tutorial."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for lang, name in PICTURES.items():
            shown = terminal(region, folder, lang)
            if lang == "en":
                (PAGES / "florida.txt").write_text(shown, encoding="utf-8")
            picture(folder / "salus-out" / lang / "report.html", PAGES / f"{name}.png", folder)


if __name__ == "__main__":
    if shutil.which(CHROMIUM[0]) is None:
        sys.exit("chromium is missing: apt-get install chromium fonts-noto-cjk")
    main(Path(sys.argv[1]).resolve() if sys.argv[1:] else FLORIDA)
