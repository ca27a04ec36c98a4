"""What the API reads: its lists, page by page, and what it tells of one row."""
