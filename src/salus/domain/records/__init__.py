"""The standard tables: what data writes and service reads, each field with its sensitivity."""
