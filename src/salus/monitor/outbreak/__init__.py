"""Detectors of outbreaks in weekly counts, one method per file."""
