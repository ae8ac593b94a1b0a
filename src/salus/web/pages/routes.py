"""All pages for people."""

from __future__ import annotations

from salus.web.pages import city

PAGES = (city.router,)
