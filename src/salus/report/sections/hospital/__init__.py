"""Sections about a plan of a hospital: what it costs and why, who waits, what would help."""
