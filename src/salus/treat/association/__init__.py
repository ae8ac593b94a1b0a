"""One association of patients with arms per file, all behind the promise in ``base``."""
