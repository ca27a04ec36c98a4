"""What people type to find and book a place."""
