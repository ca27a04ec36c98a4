"""What a use comes to, what covers it, and the lines that are owed for it."""
