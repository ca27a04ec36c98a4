"""Where to look: places as people name them, what is near them, elsewhere and farther."""
