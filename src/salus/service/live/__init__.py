"""Parts of the use cases of live readings and alerts."""
