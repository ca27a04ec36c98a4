"""What is free: read, told and shown; nothing here writes."""
