"""The city's plan: which cases of which district are cared for where, day by day."""
