"""Salus: who gets which bed, whether care is still good, what is best for this patient."""
