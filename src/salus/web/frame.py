"""What stands around every page: the five pages, the languages, and who is reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from salus.core.messages import Message, say
from salus.web.roles import role_name

if TYPE_CHECKING:
    from starlette.requests import Request

    from salus.report.words import Words
    from salus.trust.permission import Principal

PAGES = (
    ("/", say("City")),
    ("/plan", say("Plan")),
    ("/quality", say("Quality")),
    ("/patient", say("Patient")),
    ("/trust", say("Trust")),
)
LANGUAGES = {"en": "English", "zh": "简体中文"}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the five pages.

    Parameters
    ----------
    address : str
        Where it is.
    name : Message
        What it is called.
    here : bool
        Whether it is the one that is open.
    """

    address: str
    name: Message
    here: bool


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the page can be read in.

    Parameters
    ----------
    code, name : str
        Key, and what it calls itself.
    address : str
        Where it is chosen.
    """

    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page.

    Parameters
    ----------
    tabs : tuple of Tab
        The five pages.
    languages : tuple of Language
        The other languages.
    reader : Message or None
        Who is reading, and as what; ``None`` before anybody has signed in.
    """

    tabs: tuple[Tab, ...]
    languages: tuple[Language, ...]
    reader: Message | None


def frame_of(request: Request, words: Words) -> Frame:
    """Find what stands around the page that a request asks for.

    Parameters
    ----------
    request : Request
        Whose reader may be known by now.
    words : Words
        The reader's language.

    Returns
    -------
    Frame
    """
    path = request.url.path
    principal: Principal | None = getattr(request.state, "principal", None)
    return Frame(
        tuple(Tab(address, name, _here(address, path)) for address, name in PAGES),
        tuple(
            Language(code, name, _address(code, request))
            for code, name in LANGUAGES.items()
            if code != words.lang
        ),
        None if principal is None else _reader(principal),
    )


def local(address: str) -> str:
    """Return an address if it lies on this service, else that of the first page.

    Parameters
    ----------
    address : str
        What a link or a form asks to go to.

    Examples
    --------
    >>> local("/plan?horizon=7"), local("//elsewhere.example"), local("https://elsewhere.example")
    ('/plan?horizon=7', '/', '/')
    """
    own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if own and address.isprintable() else "/"


def _here(address: str, path: str) -> bool:
    return path == address or (address != "/" and path.startswith(f"{address}/"))


def _address(code: str, request: Request) -> str:
    # A page that answers a form has no address to come back to; its first page has.
    query = f"?{request.url.query}" if request.url.query else ""
    place = f"{request.url.path}{query}" if request.method == "GET" else "/"
    return f"/language/{quote(code)}?{urlencode({'next': place})}"


def _reader(principal: Principal) -> Message:
    return say("{name}, {role}", name=principal.id, role=role_name(principal.role))
