"""The questions a report answers, each in a file of its own."""
