"""Readings watched as they come: a chart for each series, a forest for each source."""
