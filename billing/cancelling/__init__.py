"""Until when cancelling is free, and what is kept after that."""
