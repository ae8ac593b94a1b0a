"""From the name of a genotype to what it means for a medicine."""
