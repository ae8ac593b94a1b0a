"""Keyed names and shifted dates in the place of people's own, and how few share their traits."""
