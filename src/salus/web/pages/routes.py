"""All pages for people."""

from __future__ import annotations

from salus.web.pages import (
    alerts,
    city,
    decision,
    language,
    patient,
    plan,
    quality,
    sign_in,
    trust,
)

PAGES = (
    city.router,
    alerts.router,
    plan.router,
    decision.router,
    quality.router,
    patient.router,
    trust.router,
    language.router,
    sign_in.router,
)
