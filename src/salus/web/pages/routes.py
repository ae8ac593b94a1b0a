"""All pages for people."""

from __future__ import annotations

from salus.web.pages import city, decision, language, plan, sign_in, trust

PAGES = (city.router, plan.router, decision.router, language.router, sign_in.router, trust.router)
