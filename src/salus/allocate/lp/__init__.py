"""The general linear programme: stated, written, solved exactly and checked."""
