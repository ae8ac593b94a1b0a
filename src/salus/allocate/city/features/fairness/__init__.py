"""Fairness between districts or groups of them: one way to strive for it a file."""
