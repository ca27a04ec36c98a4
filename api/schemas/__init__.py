"""What is sent (…In) and what is answered (…Out), field by field."""
