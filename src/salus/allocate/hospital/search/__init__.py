"""Search for a hospital's plan: annealing over all four decisions at once, compiled."""
