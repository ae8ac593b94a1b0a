"""All pages for people."""

from __future__ import annotations

from salus.web.pages import city, decision, language, patient, plan, sign_in, trust

PAGES = (
    city.router,
    plan.router,
    decision.router,
    patient.router,
    language.router,
    sign_in.router,
    trust.router,
)
