"""The mail of the day before, and what its links do without signing in."""
