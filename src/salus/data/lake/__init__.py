"""The lake: encrypted Parquet on any file system of Arrow, a key for each sensitivity class."""
