"""Shared mathematics: distances, cuts of a history, scores of a forecast, bands around it."""
