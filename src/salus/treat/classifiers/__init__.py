"""One classification method per file, all behind the promise in ``base``."""
