"""All routes for programs, in the order of the documentation."""

from __future__ import annotations

from salus.web.api import health

API = (health.router,)
