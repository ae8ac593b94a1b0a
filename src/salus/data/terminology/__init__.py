"""Codes and units: what a source calls a thing, and what we call it."""
