"""Indicators of quality, each a record of what is counted, computed from the standard tables."""
