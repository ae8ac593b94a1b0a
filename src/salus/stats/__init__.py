"""Shared mathematics: how to cut a history, score a forecast, and put a band around it."""
