"""What may be asked of the records with noise: the question, its rows, and the answer in words."""
