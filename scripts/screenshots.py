"""Take the pictures of the README from a service that runs: city, plan, quality, in two languages.

Usage: ``screenshots.py [FOLDER]``; FOLDER is ``docs/pictures`` when not given. The home is made
anew in a temporary folder: the synthetic city, and Florida where the data beside the project is
(``SALUS_SHARED``). Both are planned for a week, and readings arrive over MQTT.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
FLORIDA = Path(os.environ.get("SALUS_SHARED") or ROOT.parent / "shared") / "data/regions/florida"
SALUS = (sys.executable, "-c", "from salus.cli.main import main; main()")
LINK = re.compile(r"(http://[\d.]+:\d+)/invitation/(\S+)")
PASSWORD = "correct horse battery staple"  # noqa: S105  # of an account that lives for a minute
SIZE = {"width": 1280, "height": 800}
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
A_PLAN = 600_000
"""Milliseconds that a plan may take."""


def main(folder: Path) -> None:
    """Serve, plan, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        served(Path(place) / "home") as (address, token),
        sync_playwright() as playwright,
    ):
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        root, planner, officer = (
            browser.new_context(viewport=SIZE, locale="en-GB", base_url=address).new_page()
            for _ in range(3)
        )
        entered(root, f"/invitation/{token}", "root")
        entered(planner, invited(root, "anna", "planner"), "anna")
        entered(officer, invited(root, "lin", "quality"), "lin")
        planned(planner, "")
        taken(officer, "/quality", folder, "quality")
        plan = planned(planner, loaded(planner))
        with playing(Path(place) / "home"):
            officer.goto("/")
            officer.wait_for_selector(".alerts > li", timeout=A_PLAN)
        taken(officer, "/", folder, "city")
        taken(officer, plan, folder, "plan")
        browser.close()


@contextmanager
def served(home: Path) -> Iterator[tuple[str, str]]:
    """Serve a home on a free port, and give its address and the one-time token."""
    settings = os.environ | {"SALUS_PEOPLE": "60000", "SALUS_GUESTS": "20000", "SALUS_LANG": "en"}
    process = subprocess.Popen(
        [*SALUS, "serve", "--home", str(home), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=settings,
    )
    try:
        found = next(filter(None, map(LINK.search, process.stdout or ())))
        yield found[1], found[2]
    finally:
        process.terminate()
        process.wait(40)


@contextmanager
def playing(home: Path) -> Iterator[None]:
    """Play readings into the broker of a home."""
    pace = ("--seconds", "12", "--rate", "3000")
    command = [*SALUS, "demo-feed", "--home", str(home), *pace]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield
    process.wait()


def invited(root: Page, name: str, role: str) -> str:
    """Invite somebody to see everywhere, and return the one-time link."""
    root.goto("/trust")
    root.fill("#name-new", name)
    root.select_option("#role-new", role)
    root.check("form[action='/trust/invite'] [name=everywhere]")
    root.click("form[action='/trust/invite'] button")
    return root.inner_text("#one-time-link")


def entered(page: Page, link: str, name: str) -> None:
    """Open an account."""
    page.goto(link)
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_selector(f"header >> text={name}")


def loaded(page: Page) -> str:
    """Load Florida, where it is there, and return the name of the region."""
    if not FLORIDA.is_dir():
        return ""
    page.goto("/plan")
    page.fill("#name", "Florida")
    page.set_input_files("#files", sorted(FLORIDA.glob("*.*")))
    page.click("form[action='/plan/regions'] button")
    page.wait_for_selector("[role=status]")
    return "Florida"


def planned(page: Page, region: str) -> str:
    """Plan a region for a week, and return the address of the plan."""
    page.goto("/plan")
    page.select_option("#region", region)
    page.click("form[action='/plan'] button")
    page.wait_for_selector("#decision", timeout=A_PLAN)
    return page.url


def taken(page: Page, path: str, folder: Path, name: str) -> None:
    """Take a picture of a page in each language, when its charts are drawn."""
    for lang in ("en", "zh"):
        page.goto(f"/language/{lang}")
        page.goto(path)
        page.wait_for_timeout(1000)
        target = folder / f"{name}-{lang}.png"
        page.screenshot(path=target)
        print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures")
