"""What templates of every page may load."""
