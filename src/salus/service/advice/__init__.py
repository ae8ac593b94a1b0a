"""Who is learned from, who is judged, and who is advised: the parts of the use case."""
