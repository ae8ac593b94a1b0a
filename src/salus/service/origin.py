"""Which code decides: version, commit, and the hash of the pinned requirements."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from salus.core.canonical import digest
from salus.data.store.ledger_entry import Origin

CHECKOUT = Path(__file__).resolve().parents[3]


def origin(checkout: Path = CHECKOUT) -> Origin:
    """Tell which code this is.

    Parameters
    ----------
    checkout : Path
        Where the source was checked out; elsewhere the commit is not known, and the installed
        distributions stand for the pinned requirements.

    Returns
    -------
    Origin
    """
    return Origin(metadata.version("salus"), _commit(checkout / ".git"), _requirements(checkout))


def _commit(git: Path) -> str:
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        loose = git / name
        if loose.exists():
            return loose.read_text(encoding="utf-8").strip()
        packed = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {name}")), "")
    except OSError:
        return ""


def _requirements(checkout: Path) -> str:
    pinned = checkout / "requirements" / "core.txt"
    if pinned.exists():
        return digest(pinned.read_bytes())
    installed = sorted(f"{item.name}=={item.version}" for item in metadata.distributions())
    return digest("\n".join(installed).encode())
