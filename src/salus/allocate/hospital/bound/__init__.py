"""What no plan of a hospital undercuts, and why a hospital has none."""
