"""The LP format: a linear programme as people write it on paper, line by line."""
