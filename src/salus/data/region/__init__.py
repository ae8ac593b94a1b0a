"""A region is a folder of CSV files: its columns, its reader, its repairs, and what it implies."""
