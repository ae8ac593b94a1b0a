"""Cleaning of the standard tables by named rules, and what is missing in them."""
