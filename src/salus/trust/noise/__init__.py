"""Differential privacy: answers with noise, and the budget that each of them costs."""
