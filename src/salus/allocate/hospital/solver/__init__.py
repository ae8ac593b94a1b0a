"""The walks through the plans of a hospital, around the compiled search."""
