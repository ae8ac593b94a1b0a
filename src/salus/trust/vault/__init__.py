"""Keys, and what is kept under them: envelope encryption with a key for each sensitivity class."""
