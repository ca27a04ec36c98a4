"""What the database itself refuses, whatever the code above it does."""
