"""Detectors of what is not normal, one method per file, and the budget of false alarms."""
