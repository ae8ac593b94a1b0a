"""A hospital as a folder of CSV files, with dates and names."""
