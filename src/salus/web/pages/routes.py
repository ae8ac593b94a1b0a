"""All pages for people."""

from __future__ import annotations

from salus.web.pages import city, language, sign_in, trust

PAGES = (city.router, language.router, sign_in.router, trust.router)
