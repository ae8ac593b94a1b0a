"""What every floor stands on: errors, messages, time, randomness, settings, log, tables."""
