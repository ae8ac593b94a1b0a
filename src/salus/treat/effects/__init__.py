"""What each treatment would do: one method per file, all behind the promise in ``base``."""
