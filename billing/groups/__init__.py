"""Customer groups that people belong to, and who says so."""
